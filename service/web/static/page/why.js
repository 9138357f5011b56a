// Why this sentence: its scores, rank and place, and the sentences most like it with the words they share.

import { byId, button, element } from "./dom.js";
import { choose, onChoice, release } from "./linking.js";
import { nodeOf } from "./story.js";

const panel = byId("why");
const PARTS = [["score", "Score"], ["textrank", "TextRank"], ["lexrank", "LexRank"], ["position", "Position"]];
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
  byId("why-title").textContent = `Sentence ${at + 1} of ${story.sentences.length.toLocaleString("en")}`;
  byId("why-quote").lang = story.reply.language;
  byId("why-quote").textContent = one.text;
  byId("why-scores").replaceChildren(...scores(one));
  byId("why-neighbours").replaceChildren(...neighbours(one));
  byId("why-before").disabled = at === 0;
  byId("why-after").disabled = at === story.sentences.length - 1;
  panel.hidden = false;
  verdict(one);
  if (byKeyboard) byId("why-title").focus();
}

function close() {
  const inside = panel.contains(document.activeElement);
  panel.hidden = true;
  release();
  if (inside) (returnTo?.isConnected && returnTo !== document.body ? returnTo : nodeOf(index))?.focus();
}

function verdict(one) {
  const places = [];
  if (chosen.sentences.some(({ index: at }) => at === one.index)) places.push("the summary");
  if (chosen.highlights.some(({ sentence }) => sentence === one.index)) places.push("the highlights");
  const rank = `${ordinal(one.rank)} of ${story.sentences.length.toLocaleString("en")} by score`;
  const reason = one.pick === null ? "it repeats a better sentence, so it is never chosen"
    : `it enters a summary of ${one.pick.toLocaleString("en")} sentences or more`;
  byId("why-verdict").textContent = places.length ? `In ${places.join(" and ")}: ${rank}.` : `Left out: ${rank}; ${reason}.`;
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
      ` ${Math.round(near.similarity * 100)} % alike, by `, ...shared, quote,
    );
  });
}

function ordinal(number) {
  const ending = { one: "st", two: "nd", few: "rd", other: "th" };
  return number.toLocaleString("en") + ending[new Intl.PluralRules("en", { type: "ordinal" }).select(number)];
}
