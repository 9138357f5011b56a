// Highlights and summary with their sliders, and the server's warnings where they belong.

import { byId, button, element } from "./dom.js";
import { counted } from "./wording.js";

const FEW_SENTENCES = 20; // the slider goes at least so far, where there are so many, and to a tenth of a longer story,
const MOST_SENTENCES = 200; // but not on to what nobody would call a summary
export const MOST_HIGHLIGHTS = 10; // what the slider may show; fewer are a prefix by pick
const FEW_HIGHLIGHTS = 3; // `auto` gives no fewer, where the story has them
const sliders = { sentences: byId("sentences-slider"), highlights: byId("highlights-slider") };
const automatic = byId("highlights-auto");
let shown = { story: null, inPlace: "" }; // the summary that stands there: a long one takes long to lay out
const ELSE = "story-notes";
const FEW = "highlights-notes";
const places = new Map([
  ["short-text", "summary-notes"],
  ["budget-too-small", "summary-notes"],
  ["language-mismatch", "language-note"],
]);

/** Call `listener` with "sentences" or "highlights" and the new number whenever a slider moves, "auto" for the button. */
export function onSlide(listener) {
  for (const [name, slider] of Object.entries(sliders)) {
    slider.addEventListener("input", () => listener(name, slider.valueAsNumber));
  }
  automatic.addEventListener("click", () => listener("highlights", "auto"));
}

/** Set how far the sliders go; return `view` with no number beyond that. */
export function limit(story, view) {
  const tenth = Math.ceil(story.sentences.length / 10);
  const most = {
    sentences: Math.min(story.picks.length, MOST_SENTENCES, Math.max(FEW_SENTENCES, tenth)),
    highlights: story.highlights.length,
  };
  const least = { sentences: Math.min(1, most.sentences), highlights: 0 };
  const limited = { ...view };
  for (const [name, slider] of Object.entries(sliders)) {
    const isAutomatic = view[name] === "auto";
    const value = isAutomatic ? story.automatic.length : Math.max(least[name], Math.min(most[name], view[name]));
    if (!isAutomatic) limited[name] = value;
    Object.assign(slider, { min: least[name], max: most[name], value });
    slider.disabled = most[name] <= least[name];
  }
  automatic.setAttribute("aria-pressed", String(limited.highlights === "auto"));
  return limited;
}

export function show(story, chosen) {
  byId("sentences-count").value = `${chosen.sentences.length} of ${counted(story.sentences.length, "sentence")}`;
  byId("highlights-count").value = `${chosen.highlights.length} of ${story.highlights.length}`;
  sliders.sentences.setAttribute("aria-valuetext", byId("sentences-count").value);
  sliders.highlights.setAttribute("aria-valuetext", byId("highlights-count").value);
  for (const id of ["bullets", "summary-text"]) byId(id).lang = story.reply.language;
  byId("bullets").replaceChildren(...chosen.highlights.map(bullet));
  const inPlace = chosen.sentences.map(({ index }) => index).join();
  if (story !== shown.story || inPlace !== shown.inPlace) {
    byId("summary-text").classList.toggle("turns", story.turns);
    byId("summary-text").replaceChildren(...summary(story, chosen));
    shown = { story, inPlace };
  }
  byId("bullets").hidden = chosen.highlights.length === 0;
}

function bullet({ sentence, text }) {
  const why = button("Why?", () => {}, { class: "why-button", lang: "en", dir: "ltr", "aria-label": `Why sentence ${sentence + 1}?` });
  const words = element("span", { class: "words" }, text);
  return element("li", { "data-sentence": sentence, dir: "auto" }, words, " ", why);
}

function summary(story, chosen) {
  return chosen.sentences.flatMap(({ index, text }, at) => {
    const joiner = at && !story.unspaced ? [" "] : [];
    return [...joiner, element("span", { class: "summary-sentence", "data-sentence": index }, text)];
  });
}

/** Show each warning in words beside what it is about. */
export function warn(story) {
  for (const id of new Set([...places.values(), ELSE, FEW])) byId(id).replaceChildren();
  for (const { code, detail } of story.reply.warnings) {
    if (code !== "few-highlights") byId(places.get(code) ?? ELSE).append(note(detail)); // that one speaks of what the page asks
  }
}

/** Say in the page's own words that there are fewer highlights than `wanted`. */
export function noteFew({ automatic: { length }, highlights, isComplete }, wanted) {
  const most = Math.min(wanted.highlights, MOST_HIGHLIGHTS); // of more nobody has asked the server
  const missing = wanted.highlights === "auto" ? length < FEW_HIGHLIGHTS : isComplete && highlights.length < most;
  const words = highlights.length
    ? `This story gives ${counted(highlights.length, "highlight")}: nothing else in it is whole, short and new enough for one.`
    : "This story gives no highlight: nothing in it is whole and short enough for one.";
  byId(FEW).replaceChildren(...(missing ? [note(words)] : []));
}

const note = (words) => element("p", { class: "hint" }, element("strong", {}, "Note: "), words);
