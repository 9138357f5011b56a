// Four rankings of the same story side by side, and what they agree on.

import { Problem, summarize } from "./api.js";
import { byId, element } from "./dom.js";

const RANKINGS = [["fusion", "Fusion"], ["textrank", "TextRank"], ["lexrank", "LexRank"], ["lead", "Lead"]];
const place = byId("comparison");
const note = byId("compare-note");
let replies = [];
let story = null;
let view = null;
let controller = null;

/** Start anew with another story, at the length of `newView`: what was compared is gone. */
export function forget(newStory, newView) {
  controller?.abort();
  story = newStory;
  view = newView;
  replies = [];
  place.replaceChildren();
  note.textContent = "Fusion, TextRank, LexRank and the first sentences, beside each other.";
}

/** Show the lists at the length of `newView`. */
export function show(newView) {
  view = newView;
  if (replies.length) draw();
}

/** Ask for all four, one after the other, so that one page takes one of the server's slots. */
export async function run(request) {
  controller?.abort();
  const mine = (controller = new AbortController());
  note.textContent = "Comparing…";
  const found = [];
  try {
    for (const [name, label] of RANKINGS) {
      const length = { sentences: Math.max(1, byId("sentences-slider").max) };
      const asked = { ...request, algorithm: name, length, highlights: { count: 0 }, include: [] };
      const { reply } = await summarize(asked, mine.signal);
      found.push({ label, picks: [...reply.sentences].sort((a, b) => a.pick - b.pick) });
    }
  } catch (error) {
    if (error instanceof Problem) note.textContent = `${error.title}. ${error.message}`;
    else if (error.name !== "AbortError") throw error;
    return;
  }
  if (mine !== controller) return;
  replies = found;
  draw();
}

function draw() {
  const lists = replies.map(({ label, picks }) => ({ label, chosen: picks.slice(0, view.sentences) }));
  const votes = new Map();
  for (const { chosen } of lists) for (const { index } of chosen) votes.set(index, (votes.get(index) ?? 0) + 1);
  place.replaceChildren(...lists.map((list) => column(list, votes)));
  const agreed = [...votes].filter(([, count]) => count === lists.length).map(([index]) => index + 1).sort((a, b) => a - b);
  const names = new Intl.ListFormat("en").format(agreed.map(String));
  note.textContent = agreed.length
    ? `All four chose ${agreed.length === 1 ? "sentence" : "sentences"} ${names}.`
    : "No sentence was chosen by all four.";
}

function column({ label, chosen }, votes) {
  const ordered = view.order === "document" ? [...chosen].sort((a, b) => a.index - b.index) : chosen;
  const items = ordered.map(({ index, text }) => {
    const count = votes.get(index);
    const agreement = `${count} of ${RANKINGS.length}`;
    const badge = element("span", { class: `votes votes-${count}`, title: "So many rankings chose it" }, agreement);
    const words = element("span", { class: "words", lang: story.reply.language }, text);
    const number = element("span", { class: "number" }, `${index + 1}`);
    return element("li", { "data-sentence": index, dir: "auto" }, number, words, " ", badge);
  });
  return element("section", { class: "column" }, element("h3", {}, label), element("ul", {}, ...items));
}
