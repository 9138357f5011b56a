// The graph of sentences as an arc diagram: the text as it is read, from left or right, the most alike sentences joined.

import { byId, element, svgElement } from "./dom.js";
import { choose } from "./linking.js";
import { counted, percent } from "./wording.js";

const MOST_ARCS = 120;
const MOST_PAIRS = 10; // in the list for those who do not see the drawing
const MOST_DOTS = 200; // of a longer story only sentences with an arc, and the first picks, have a dot
const [WIDTH, TOP, MARGIN] = [1000, 250, 24];
const place = byId("graph");
let dots = new Map();
let rightToLeft = false;

/** Draw the strongest links of the story; where there are none, say so instead. */
export function draw(story) {
  rightToLeft = story.rightToLeft;
  const all = links(story.sentences);
  const edges = all.slice(0, MOST_ARCS);
  const shown = dotted(story.sentences, edges);
  const step = (WIDTH - 2 * MARGIN) / Math.max(1, story.sentences.length - 1);
  const x = (index) => (rightToLeft ? WIDTH - MARGIN - index * step : MARGIN + index * step);
  dots = new Map(shown.map((one) => [one.index, dot(one, x(one.index))]));
  const baseline = svgElement("line", { class: "baseline", x1: MARGIN, x2: WIDTH - MARGIN, y1: TOP, y2: TOP });
  const most = edges[0]?.similarity;
  place.replaceChildren(baseline, ...edges.map((edge) => arc(edge, x, most)), ...dots.values());
  dots.values().next().value?.setAttribute("tabindex", "0");
  byId("pairs").replaceChildren(...edges.slice(0, MOST_PAIRS).map(pair));
  byId("graph-scroller").dir = rightToLeft ? "rtl" : "ltr";
  for (const id of ["graph-scroller", "pairs-panel"]) byId(id).hidden = !edges.length;
  byId("graph-note").textContent = edges.length ? legend(all, story.sentences.length, shown.length)
    : "No two sentences of this story share a telling word, so there is no graph to draw.";
  byId("pairs-title").textContent = all.length > MOST_PAIRS ? "The ten strongest links as a list" : "The links as a list";
}

/** What the drawing shows, and what of the story it leaves out. */
function legend({ length }, nSentences, nDots) {
  const way = rightToLeft ? "right to left" : "left to right";
  const links = counted(length, "link");
  const drawn = length > MOST_ARCS ? `Drawn are the ${MOST_ARCS} strongest of ${links}` : `Drawn: ${links}`;
  const dots = nDots === nSentences ? "." : `; of ${counted(nSentences, "sentence")} those that they join and the ten picked first.`;
  return `The story from ${way}. An arc joins a sentence to one of the three most like it, the thicker the more alike they are; `
    + `large dots score high, filled ones are in the summary. ${drawn}${dots}`;
}

function dotted(sentences, edges) {
  const joined = new Set(edges.flatMap(({ from, to }) => [from, to]));
  if (sentences.length <= MOST_DOTS) return sentences;
  return sentences.filter(({ index, pick }) => joined.has(index) || (pick !== null && pick <= MOST_PAIRS));
}

/** Fill the dots of the sentences that are chosen now. */
export function mark(chosen) {
  const now = new Set(chosen.sentences.map(({ index }) => index));
  for (const [index, node] of dots) node.classList.toggle("chosen", now.has(index));
}

/** Each pair once, the most alike first. */
function links(sentences) {
  const edges = new Map();
  for (const { index, neighbours } of sentences) {
    for (const { index: other, similarity, words } of neighbours) {
      const [from, to] = [Math.min(index, other), Math.max(index, other)];
      edges.set(`${from} ${to}`, { from, to, similarity, words });
    }
  }
  return [...edges.values()].sort((a, b) => b.similarity - a.similarity || a.from - b.from);
}

/** An arc as thick and as dark as its pair is alike, beside the most alike pair of the story. */
function arc({ from, to, similarity, words }, x, most) {
  const weight = similarity / most;
  const [left, right] = [x(from), x(to)].sort((a, b) => a - b);
  const height = ((right - left) / WIDTH) * (TOP - 8);
  const d = `M ${left} ${TOP} A ${(right - left) / 2} ${height} 0 0 1 ${right} ${TOP}`;
  const told = `Sentences ${from + 1} and ${to + 1}: ${percent(similarity)} alike (${words.slice(0, 6).join(", ")})`;
  const attributes = { class: "arc", d, "stroke-width": 1 + 4 * weight ** 2, "stroke-opacity": 0.4 + 0.5 * weight };
  const path = svgElement("path", attributes, svgElement("title", {}, told));
  path.addEventListener("click", () => choose(from));
  path.addEventListener("pointerenter", () => lightEnds(from, to, true));
  path.addEventListener("pointerleave", () => lightEnds(from, to, false));
  return path;
}

function lightEnds(from, to, on) {
  for (const index of [from, to]) {
    for (const node of document.querySelectorAll(`[data-sentence="${index}"]`)) node.classList.toggle("linked", on);
  }
}

function dot({ index, score, text }, x) {
  const label = `Sentence ${index + 1}, score ${score.toFixed(2)}`;
  const attributes = { class: "dot", role: "button", tabindex: -1, "data-sentence": index, "aria-label": label };
  const short = text.length > 120 ? `${text.slice(0, 120)}…` : text;
  const circle = svgElement("circle", { cx: x, cy: TOP, r: 4 + 5 * score });
  return svgElement("g", attributes, circle, svgElement("title", {}, `${index + 1}. ${short}`));
}

function pair({ from, to, similarity, words }) {
  const shared = element("span", { dir: "auto" }, words.slice(0, 6).join(", "));
  return element("li", {}, `Sentences ${from + 1} and ${to + 1}, ${percent(similarity)} alike: `, shared);
}

place.addEventListener("keydown", (event) => {
  const all = [...dots.values()];
  const at = all.indexOf(event.target);
  if (at < 0) return;
  const [left, right] = rightToLeft ? [at + 1, at - 1] : [at - 1, at + 1];
  const to = { ArrowRight: right, ArrowLeft: left, Home: 0, End: all.length - 1 }[event.key];
  if (to !== undefined && all[to]) {
    event.preventDefault();
    all[at].setAttribute("tabindex", "-1");
    all[to].setAttribute("tabindex", "0");
    all[to].focus();
  } else if (event.key === "Enter" || event.key === " ") {
    event.preventDefault();
    choose(Number(event.target.dataset.sentence), true);
  }
});
