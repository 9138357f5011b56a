// Why this sentence: its scores, rank and place, and the sentences most like it with the words they share.

import { byId, button, element } from "./dom.js";
import { choose, onChoice, release } from "./linking.js";
import { nodeOf } from "./story.js";
import { counted, ordinal, percent } from "./wording.js";

const panel = byId("why");
const PARTS = [["score", "Score"], ["textrank", "TextRank"], ["lexrank", "LexRank"], ["position", "Position"]];
// what service/ranking does; a test reads both
const JOINED = {
  fusion: "The score is TextRank and LexRank together, times the position, with up to 30 % on top for words of the title. "
    + "The less the text is written as news, the more it is TextRank alone. The best sentence has 1.",
  textrank: "The score is TextRank’s; the best sentence has 1.",
  lexrank: "The score is LexRank’s; the best sentence has 1.",
  lead: "The score is the position’s: the first sentence has 1, the second a half, the third a third.",
};
let story = null;
let chosen = null;
let index = null;
let returnTo = null;

export function start() {
  onChoice(open);
  byId("why-close").addEventListener("click", close);
  byId("why-before").addEventListener("click", () => choose(index - 1));
  byId("why-after").addEventListener("click", () => choose(index + 1));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !panel.hidden) close();
  });
}

/** Take the reasons from a new story; the panel closes. */
export function forget(newStory) {
  story = newStory;
  panel.hidden = true;
  release();
}

/** Say anew what the sliders changed. */
export function show(newlyChosen) {
  chosen = newlyChosen;
  if (!panel.hidden) verdict(story.sentences[index]);
}

function open(at, byKeyboard) {
  const one = story?.sentences[at];
  if (!one) return;
  if (panel.hidden) returnTo = document.activeElement;
  index = at;
  byId("why-title").textContent = `Sentence ${(at + 1).toLocaleString("en")} of ${story.sentences.length.toLocaleString("en")}`;
  byId("why-quote").lang = story.reply.language;
  byId("why-quote").textContent = one.text;
  byId("why-scores").replaceChildren(...scores(one));
  const { algorithm } = story.reply;
  byId("why-how").textContent = JOINED[algorithm] ?? `The score is that of ${algorithm}; the best sentence has 1.`;
  byId("why-neighbours").replaceChildren(...neighbours(one));
  const focused = document.activeElement;
  byId("why-before").disabled = at === 0;
  byId("why-after").disabled = at === story.sentences.length - 1;
  panel.hidden = false;
  verdict(one);
  panel.scrollTop = 0;
  panel.scrollIntoView({ block: "nearest" });
  if (byKeyboard || focused.disabled) byId("why-title").focus(); // a button at its end loses the focus
}

function close() {
  const inside = panel.contains(document.activeElement);
  panel.hidden = true;
  release();
  if (inside) (returnTo?.isConnected && returnTo !== document.body ? returnTo : nodeOf(index))?.focus();
}

function verdict(one) {
  const summed = chosen.sentences.some(({ index: at }) => at === one.index);
  const bulleted = chosen.highlights.some(({ sentence }) => sentence === one.index);
  const rank = `${ordinal(one.rank)} of ${story.sentences.length.toLocaleString("en")} by score`;
  const entry = one.pick === null ? "it repeats a better sentence, so it is never chosen"
    : `it enters a summary of ${counted(one.pick, "sentence")} or more`;
  const said = summed ? [`In the summary${bulleted ? " and the highlights" : ""}: ${rank}.`]
    : bulleted ? [`In the highlights: ${rank}.`, `Not in the summary: ${entry}.`]
    : [`Left out: ${rank}; ${entry}.`];
  byId("why-verdict").textContent = said.join(" ");
}

function scores(one) {
  return PARTS.filter(([name]) => one[name] !== undefined).flatMap(([name, label]) => {
    const meter = element("meter", { min: 0, max: 1, value: one[name], "aria-label": label }, one[name].toFixed(2));
    return [element("dt", {}, label), element("dd", {}, meter, element("span", {}, one[name].toFixed(2)))];
  });
}

function neighbours(one) {
  if (!one.neighbours.length) return [element("li", {}, "It shares no telling word with another sentence.")];
  return one.neighbours.map((near) => {
    const quote = element("p", { dir: "auto", lang: story.reply.language }, story.sentences[near.index].text);
    const words = near.words.slice(0, 8).map((word) => element("b", { dir: "auto", lang: story.reply.language }, word));
    const shared = words.flatMap((word, at) => (at ? [", ", word] : [word]));
    return element(
      "li", {},
      button(`Sentence ${near.index + 1}`, (event) => choose(near.index, event.detail === 0)),
      ` ${percent(near.similarity)} alike, by `, ...shared, quote,
    );
  });
}
