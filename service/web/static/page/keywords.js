// Keywords as chips. A pressed chip marks its places by the CSS Custom Highlight API: no node of the story changes.
// Only places in sight are marked: a browser goes through all that are whenever anything on the page changes.

import { byId, button, element } from "./dom.js";
import { reveal } from "./linking.js";
import { inSight, nodeOf } from "./story.js";
import { counted } from "./wording.js";

const NAME = "keyword";
const canMark = "highlights" in CSS;
const pressed = new Set();
let story = null;

export function show(newStory) {
  story = newStory;
  pressed.clear();
  const chips = story.reply.keywords.map(({ text }) => {
    const chip = button(text, () => toggle(text, chip), { class: "chip", "aria-pressed": "false", dir: "auto" });
    return element("li", { lang: story.reply.language }, chip);
  });
  byId("keywords").replaceChildren(...chips);
  byId("keywords").dir = story.rightToLeft ? "rtl" : "ltr";
  byId("keywords-note").textContent = "";
  byId("keywords-panel").hidden = !chips.length;
  mark();
}

/** Mark the places of the pressed chips; to be called when the story's nodes were written anew, and when others are seen. */
export function mark() {
  if (!canMark || !story) return;
  const pattern = patternOf([...pressed]);
  const ranges = pressed.size ? inSight().flatMap((index) => rangesIn(story.sentences[index], pattern)) : [];
  CSS.highlights.set(NAME, new Highlight(...ranges));
}

function toggle(text, chip) {
  const on = !pressed.delete(text);
  if (on) pressed.add(text);
  chip.setAttribute("aria-pressed", String(on));
  mark();
  const pattern = patternOf([...pressed]);
  const count = story.sentences.reduce((sum, one) => sum + matchesIn(one, pattern).length, 0);
  byId("keywords-note").textContent = pressed.size ? `${counted(count, "place")} in the story` : "";
  const first = on && story.sentences.find((one) => matchesIn(one, patternOf([text])).length);
  if (first) reveal(first.index, true);
}

function patternOf(texts) {
  const words = texts.map((text) => text.replace(/[.*+?^${}()|[\]\\\/]/g, "\\$&").replace(/\s+/g, "\\s+"));
  const [before, after] = story.unspaced ? ["", ""] : ["(?<![\\p{L}\\p{N}])", "(?![\\p{L}\\p{N}])"];
  return new RegExp(`${before}(?:${words.join("|")})${after}`, "giu");
}

const matchesIn = ({ start, end }, pattern) => [...story.reply.text.slice(start, end).matchAll(pattern)];

function rangesIn(one, pattern) {
  const node = nodeOf(one.index);
  return matchesIn(one, pattern).map((match) => rangeOf(node, match.index, match.index + match[0].length));
}

/** The range between two offsets of a node's text, whatever nodes that text is in. */
function rangeOf(node, start, end) {
  const range = new Range();
  const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
  for (let passed = 0; walker.nextNode(); passed += walker.currentNode.length) {
    const { length } = walker.currentNode;
    if (start >= passed && start < passed + length) range.setStart(walker.currentNode, start - passed);
    if (end <= passed + length) {
      range.setEnd(walker.currentNode, end - passed);
      return range;
    }
  }
  return range;
}
