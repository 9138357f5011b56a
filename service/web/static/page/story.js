// The story itself: every block in its place, sentences shaded by score, the chosen ones marked, cuts struck out.

import { breathe, byId, element } from "./dom.js";
import { choose } from "./linking.js";

const SHADES = 5;
const MOST_IN_A_PARAGRAPH = 60; // a text without breaks would be one line box of megabytes
const LEAST_IN_A_SHEET = 120; // sentences laid out at once; sheets out of sight cost nothing

const place = byId("story-text");
let nodes = [];
let marked = { sentences: new Set(), bullets: new Map() };
let story = null;
let drawing = 0;

const sheetsInSight = new Set();
const sightListeners = [];
const sight = new IntersectionObserver(seen, { rootMargin: "50%" });

export const nodeOf = (index) => nodes[index];

/** Call `listener` when other sentences have come into sight, or near it. */
export function onSight(listener) {
  sightListeners.push(listener);
}

/** The indices of the sentences on sheets in sight, or near it. */
export function inSight() {
  const places = [...sheetsInSight].flatMap((sheet) => [...sheet.querySelectorAll("[data-sentence]")]);
  return places.map((node) => Number(node.dataset.sentence));
}

function seen(entries) {
  for (const { target, isIntersecting } of entries) sheetsInSight[isIntersecting ? "add" : "delete"](target);
  for (const listener of sightListeners) listener();
}

/** Draw a story sheet by sheet, so that the page answers in between; a later call ends an earlier one. */
export async function draw(newStory) {
  const mine = ++drawing;
  story = newStory;
  nodes = [];
  marked = { sentences: new Set(), bullets: new Map() };
  place.replaceChildren();
  sight.disconnect();
  sheetsInSight.clear();
  place.lang = story.reply.language;
  place.classList.toggle("turns", story.turns);
  for (const pieces of sheetsOf(paragraphsOf(story))) {
    const sheet = element("div", { class: "sheet" }, ...pieces.map(paragraph));
    place.append(sheet);
    sight.observe(sheet);
    await breathe();
    if (mine !== drawing) return false;
  }
  nodes[0]?.setAttribute("tabindex", "0");
  return true;
}

/** Mark what is chosen now and undo what no longer is; touches only the sentences that differ. True if some are written anew. */
export function mark(chosen) {
  const before = marked;
  marked = {
    sentences: new Set(chosen.sentences.map((one) => one.index)),
    bullets: new Map(chosen.highlights.map((one) => [one.sentence, one])),
  };
  for (const index of new Set([...before.sentences, ...marked.sentences])) {
    nodes[index].classList.toggle("chosen", marked.sentences.has(index));
  }
  const bulleted = [...new Set([...before.bullets.keys(), ...marked.bullets.keys()])];
  const anew = bulleted.filter((index) => marked.bullets.get(index) !== before.bullets.get(index));
  for (const index of anew) {
    const bullet = marked.bullets.get(index);
    nodes[index].classList.toggle("bulleted", bullet !== undefined);
    nodes[index].replaceChildren(...written(story.sentences[index], bullet));
  }
  return anew.length > 0;
}

/** Blocks, those on one line together, as lists of sentences and other stretches. */
function paragraphsOf({ reply, sentences }) {
  const found = [];
  let next = 0;
  let end = null;
  for (const block of reply.blocks) {
    const parts = block.role === "body" ? [] : [{ role: block.role, start: block.start, end: block.end }];
    if (block.role === "body") {
      while (next < sentences.length && sentences[next].end <= block.end) parts.push(sentences[next++]);
      if (!parts.length) parts.push({ role: "body", start: block.start, end: block.end });
    }
    const sameLine = end !== null && !/[\n\r\u2028\u2029]/.test(reply.text.slice(end, block.start));
    if (sameLine && found.at(-1).length + parts.length <= MOST_IN_A_PARAGRAPH) found.at(-1).push(...parts);
    else for (let at = 0; at < parts.length; at += MOST_IN_A_PARAGRAPH) found.push(parts.slice(at, at + MOST_IN_A_PARAGRAPH));
    end = block.end;
  }
  return found;
}

function sheetsOf(paragraphs) {
  const sheets = [[]];
  let size = 0;
  for (const parts of paragraphs) {
    if (size >= LEAST_IN_A_SHEET) {
      sheets.push([]);
      size = 0;
    }
    sheets.at(-1).push(parts);
    size += parts.length;
  }
  return sheets;
}

function paragraph(parts) {
  const aside = parts.every((part) => part.role && part.role !== "body");
  const children = parts.flatMap((part) => [part.role ? ignored(part) : sentence(part), " "]);
  return element("p", { dir: "auto", class: aside && "aside" }, ...children);
}

function ignored({ role, start, end }) {
  const words = element("span", { class: "words" }, story.reply.text.slice(start, end));
  if (role === "body") return words;
  // the role is this page's word in this page's language, whatever the story's
  return element("span", { class: "ignored" }, element("span", { class: "role", lang: "en", dir: "ltr" }, role), " ", words);
}

function sentence(one) {
  const shade = Math.round(Math.sqrt(one.score) * SHADES); // most scores are low: the root tells them apart
  const node = element("span", { class: `sentence shade-${shade}`, "data-sentence": one.index, tabindex: -1 });
  node.append(...written(one));
  nodes[one.index] = node;
  return node;
}

/** The sentence as the text has it, with the words that its bullet leaves out struck through. */
function written({ start, end }, bullet) {
  const { text } = story.reply;
  if (!bullet?.compressed) return [text.slice(start, end)];
  const pieces = [];
  let at = start;
  for (const [from, to] of [...bullet.spans, [end, end]]) {
    const cut = text.slice(at, from);
    if (/[\p{L}\p{N}]/u.test(cut)) pieces.push(element("del", {}, cut));
    else pieces.push(cut);
    pieces.push(text.slice(from, to));
    at = to;
  }
  return pieces;
}

/** Arrow keys go from sentence to sentence, Enter asks why: one stop of the Tab key for the whole story. */
place.addEventListener("keydown", (event) => {
  const at = Number(event.target.dataset?.sentence ?? Number.NaN);
  if (Number.isNaN(at) || event.ctrlKey || event.metaKey || event.altKey) return;
  const last = nodes.length - 1;
  const [left, right] = story.rightToLeft ? [at + 1, at - 1] : [at - 1, at + 1];
  const to = { ArrowDown: at + 1, ArrowRight: right, ArrowUp: at - 1, ArrowLeft: left, Home: 0, End: last }[event.key];
  if (to !== undefined) {
    event.preventDefault();
    nodes[Math.max(0, Math.min(last, to))]?.focus();
  } else if (event.key === "Enter" || event.key === " ") {
    event.preventDefault();
    choose(at, true);
  }
});

place.addEventListener("focusin", (event) => {
  if (!event.target.dataset?.sentence) return;
  for (const node of place.querySelectorAll('[tabindex="0"]')) node.tabIndex = -1;
  event.target.tabIndex = 0;
});
