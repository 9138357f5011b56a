// Highlights and summary with their sliders, and the server's warnings where they belong.

import { byId, button, element } from "./dom.js";

const FEW_SENTENCES = 20; // the slider goes at least so far, where there are so many, and to a tenth of a longer story,
const MOST_SENTENCES = 200; // but not on to what nobody would call a summary
const FEW_HIGHLIGHTS = 3; // under so many, the server's reason is worth reading
const sliders = { sentences: byId("sentences-slider"), highlights: byId("highlights-slider") };
const ELSE = "story-notes";
const places = new Map([
  ["short-text", "summary-notes"],
  ["budget-too-small", "summary-notes"],
  ["few-highlights", "highlights-notes"],
  ["language-mismatch", "language-note"],
]);

/** Call `listener` with "sentences" or "highlights" and the new number whenever a slider moves. */
export function onSlide(listener) {
  for (const [name, slider] of Object.entries(sliders)) {
    slider.addEventListener("input", () => listener(name, slider.valueAsNumber));
  }
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
    limited[name] = Math.max(least[name], Math.min(most[name], view[name]));
    Object.assign(slider, { min: least[name], max: most[name], value: limited[name] });
    slider.disabled = most[name] <= least[name];
  }
  return limited;
}

export function show(story, chosen, view) {
  byId("sentences-count").value = `${chosen.sentences.length} of ${story.sentences.length.toLocaleString("en")} sentences`;
  byId("highlights-count").value = `${chosen.highlights.length} of ${story.highlights.length}`;
  sliders.sentences.setAttribute("aria-valuetext", byId("sentences-count").value);
  sliders.highlights.setAttribute("aria-valuetext", byId("highlights-count").value);
  for (const id of ["bullets", "summary-text"]) byId(id).lang = story.reply.language;
  byId("bullets").replaceChildren(...chosen.highlights.map(bullet));
  byId("summary-text").replaceChildren(...summary(story, chosen));
  byId("bullets").hidden = view.highlights === 0;
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
  for (const id of new Set([...places.values(), ELSE])) byId(id).replaceChildren();
  for (const { code, detail } of story.reply.warnings) {
    if (code === "few-highlights" && story.highlights.length >= FEW_HIGHLIGHTS) continue;
    byId(places.get(code) ?? ELSE).append(element("p", { class: "hint" }, element("strong", {}, "Note: "), detail));
  }
}
