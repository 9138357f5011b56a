// What can be taken along: the answer as text, Markdown and HTML, the reply as JSON, a link, and the request as code.

import { apiAddress, hasKey } from "./api.js";
import { byId } from "./dom.js";
import { snippets } from "./snippets.js";
import { counted } from "./wording.js";

const [HEAD, TAIL] = [12_000, 2_000]; // characters of code that are shown where it is longer than both
const REST_MILLISECONDS = 200; // after the last move of a slider the code is written: it holds the whole text

const HTML = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;" };
const escaped = (text) => text.replace(/[&<>"']/g, (mark) => HTML[mark]);
// the same marks as service/summary/rendering.py escapes
const markdown = (text) => text.replace(/[\\`*_[\]<>#|~]/g, "\\$&").replace(/^([-+=]|\d{1,9}[.)])/, "\\$1");

const stacked = (write) => ({ highlights, summary }) =>
  `${[highlights.map(({ text }) => `- ${write(text)}`).join("\n"), write(summary)].filter(Boolean).join("\n\n")}\n`;

export const formats = {
  text: stacked((text) => text),
  markdown: stacked(markdown),
  html: ({ highlights, summary }, language) => {
    const told = ` lang="${escaped(language)}" dir="auto"`;
    const items = highlights.map(({ text }) => `  <li>${escaped(text)}</li>\n`).join("");
    const list = items && `<ul${told}>\n${items}</ul>\n`;
    return list + (summary && `<p${told}>${escaped(summary)}</p>\n`);
  },
};

/** Wire the buttons; `current` returns what the page shows now. */
export function start(current) {
  for (const node of document.querySelectorAll("[data-copy]")) {
    node.addEventListener("click", () => {
      const { chosen, story } = current();
      copy(formats[node.dataset.copy](chosen, story.reply.language), `Copied as ${node.textContent}.`);
    });
  }
  byId("copy-link").addEventListener("click", () => copy(...current().link()));
  byId("download").addEventListener("click", () => download(current().source));
  const code = () => snippets[languageOfCode()](apiAddress(), current().request(), hasKey());
  const redraw = () => {
    if (byId("code-panel").open) showCode(code());
  };
  byId("copy-code").addEventListener("click", () => copy(code(), "Copied.", byId("code-copied")));
  byId("code-panel").addEventListener("toggle", redraw);
  for (const node of document.getElementsByName("code-language")) node.addEventListener("change", redraw);
  return rested(redraw);
}

/** Show code; of a long text its middle is left out, which a browser would take long to break into lines. */
function showCode(code) {
  const left = code.length - HEAD - TAIL;
  byId("code").textContent = left > 0 ? `${code.slice(0, HEAD)}…${code.slice(-TAIL)}` : code;
  const note = `Left out here, at “…”: ${counted(left, "character")} of the text. Copy takes the whole.`;
  byId("code-note").textContent = left > 0 ? note : "";
}

const languageOfCode = () => document.querySelector("[name=code-language]:checked").value;

/** `action`, done once nobody has asked for it for a while. */
function rested(action) {
  let timer = null;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(action, REST_MILLISECONDS);
  };
}

async function copy(text, told, place = byId("copied")) {
  place.textContent = (await written(text)) ? told : "The browser did not allow copying.";
}

async function written(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copiedByHand(text); // there is no clipboard on plain HTTP, but on this machine's own address
  }
}

function copiedByHand(text) {
  const area = document.createElement("textarea");
  const before = document.activeElement;
  area.value = text;
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  before?.focus();
  return done;
}

function download(source) {
  const address = URL.createObjectURL(new Blob([source], { type: "application/json" }));
  const anchor = document.createElement("a");
  Object.assign(anchor, { href: address, download: "nutgraf.json" });
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}
