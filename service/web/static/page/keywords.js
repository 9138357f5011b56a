// Keywords as chips. A pressed chip marks its places by the CSS Custom Highlight API: no node of the story changes.

import { byId, button, element } from "./dom.js";
import { reveal } from "./linking.js";
import { nodeOf } from "./story.js";

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
  byId("keywords-panel").hidden = !chips.length;
  mark();
}

/** Mark the places of the pressed chips; to be called when the story's nodes were written anew. */
export function mark() {
  if (!canMark) return 0;
  const ranges = pressed.size ? story.sentences.flatMap(rangesIn) : [];
  CSS.highlights.set(NAME, new Highlight(...ranges));
  return ranges.length;
}

function toggle(text, chip) {
  const on = !pressed.delete(text);
  if (on) pressed.add(text);
  chip.setAttribute("aria-pressed", String(on));
  const count = mark();
  const first = story.sentences.find((one) => patternOf([text]).test(one.text));
  byId("keywords-note").textContent = pressed.size ? `${count} ${count === 1 ? "place" : "places"} in the story` : "";
  if (on && first) reveal(first.index, true);
}

function patternOf(texts) {
  const words = texts.map((text) => text.replace(/[.*+?^${}()|[\]\\\/-]/g, "\\$&").replace(/\s+/g, "\\s+"));
  const [before, after] = story.unspaced ? ["", ""] : ["(?<![\\p{L}\\p{N}])", "(?![\\p{L}\\p{N}])"];
  return new RegExp(`${before}(?:${words.join("|")})${after}`, "giu");
}

function rangesIn({ index, start, end }) {
  const node = nodeOf(index);
  if (!node) return []; // the story is still being drawn
  const found = [...story.reply.text.slice(start, end).matchAll(patternOf([...pressed]))];
  return found.map((match) => rangeOf(node, match.index, match.index + match[0].length));
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
