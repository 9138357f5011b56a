// Ties every place where a sentence shows (bullet, summary, story, graph, comparison) to the others.
// A place is a node with `data-sentence`; pointing at one lights up all, choosing one opens the reasons.

import { byId } from "./dom.js";

const EDGE = 12; // nearer to the edge of its pane a sentence is not seen well
const listeners = [];
let lit = null;
let explained = null; // marked as long as its reasons are shown

/** Call `listener(index, byKeyboard)` when a sentence is chosen to be explained. */
export function onChoice(listener) {
  listeners.push(listener);
}

export function choose(index, byKeyboard = false) {
  explained = index;
  markExplained();
  light(index);
  for (const listener of listeners) listener(index, byKeyboard); // first, as the sheet that opens takes room from the story
  reveal(index, true);
}

/** Mark every place of the explained sentence; to be called when places were written anew. */
export function markExplained() {
  for (const node of document.querySelectorAll(".explained")) node.classList.remove("explained");
  if (explained !== null) for (const node of placesOf(explained)) node.classList.add("explained");
}

/** Let the explained sentence go dark: its reasons are no longer shown. */
export function release() {
  explained = null;
  markExplained();
  light(null);
}

/** Light up every place of a sentence; null for none. */
function light(index) {
  if (index === lit) return;
  for (const node of document.querySelectorAll(".lit")) node.classList.remove("lit");
  lit = index;
  if (index !== null) for (const node of placesOf(index)) node.classList.add("lit");
}

export function start() {
  document.addEventListener("pointerover", (event) => pointed(event, event.pointerType === "mouse"));
  document.addEventListener("focusin", (event) => pointed(event, true));
  document.addEventListener("click", clicked);
}

const indexAt = (node) => {
  const place = node.closest?.("[data-sentence]");
  return place ? Number(place.dataset.sentence) : null;
};

const placesOf = (index) => document.querySelectorAll(`[data-sentence="${index}"]`);

function pointed(event, scroll) {
  const index = indexAt(event.target);
  const known = index === lit;
  light(index);
  if (scroll && index !== null && !known) reveal(index, false, event.target);
}

function clicked(event) {
  const index = indexAt(event.target);
  const text = document.getSelection();
  // whoever selects words to copy them does not ask why
  if (index !== null && (text === null || text.isCollapsed)) choose(index, event.detail === 0);
}

/** Scroll the sentence into view: in panes that scroll themselves; on `insist` on the page too. */
export function reveal(index, insist, from = null) {
  for (const pane of [byId("story"), byId("answer")]) {
    const node = pane.querySelector(`[data-sentence="${index}"]`);
    if (!node || pane.contains(from)) continue;
    if (pane.scrollHeight > pane.clientHeight + 1 && getComputedStyle(pane).overflowY === "auto") within(pane, node);
    else if (insist && pane.id === "story") node.scrollIntoView({ block: "center", behavior: pace() });
  }
}

function within(pane, node) {
  const [outer, inner] = [pane.getBoundingClientRect(), node.getBoundingClientRect()];
  if (inner.top >= outer.top + EDGE && inner.bottom <= outer.bottom - EDGE) return;
  const top = pane.scrollTop + inner.top - outer.top - (outer.height - inner.height) / 2;
  pane.scrollTo({ top, behavior: pace() });
}

const pace = () => (matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : "smooth");
