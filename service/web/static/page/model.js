// A reply as the page needs it: sentences with their words, and what is chosen at any length without a new request.

const UNSPACED = new Set(["zh", "ja", "th"]);
const RIGHT_TO_LEFT = new Set(["ar", "he"]);
// the blocks that Unicode keeps for scripts from right to left (UAX #44), and the marks that turn the direction
const TURNS = /[\u0590-\u08ff\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
const WORDS_A_MINUTE = 230;
const LETTERS_A_MINUTE = 400; // where each letter counts as a word

const byPick = (a, b) => a.pick - b.pick;

/** Sentences in the text's order, each with its `text`, and the same by pick; highlights by pick. */
export function storyFrom(reply) {
  const sentences = reply.explanation.sentences.map((one) => ({
    ...one,
    text: collapsed(reply.text.slice(one.start, one.end)),
  }));
  const highlights = [...reply.highlights].sort(byPick);
  return {
    reply,
    sentences,
    picks: sentences.filter((one) => one.pick !== null).sort(byPick),
    automatic: highlights, // what `auto` gives
    highlights, // as many as there are, once `takeHighlights` has brought them
    isComplete: false, // whether it has
    rightToLeft: RIGHT_TO_LEFT.has(reply.language),
    turns: TURNS.test(reply.text), // whether its words may run both ways
    unspaced: UNSPACED.has(reply.language),
  };
}

/** Let the story have all highlights that the slider goes to. */
export function takeHighlights(story, highlights) {
  if (highlights.length < story.automatic.length) return; // they did not come
  story.highlights = [...highlights].sort(byPick);
  story.isComplete = true;
}

/** What `view` shows: a prefix by pick, put in the order asked for. Two highlights never share a sentence. */
export function chosenFrom(story, view) {
  const sentences = story.picks.slice(0, view.sentences);
  const highlights = view.highlights === "auto" ? [...story.automatic] : story.highlights.slice(0, view.highlights);
  if (view.order === "document") {
    sentences.sort((a, b) => a.index - b.index);
    highlights.sort((a, b) => a.spans[0][0] - b.spans[0][0]);
  }
  return { sentences, highlights, summary: sentences.map((one) => one.text).join(story.unspaced ? "" : " ") };
}

export function countWords(text, unspaced) {
  if (!unspaced) return text.split(/\s+/).filter(Boolean).length;
  // as service/article/words.py counts: each letter, and what stands between white space beside them
  const letter = /[[\p{scx=Hani}\p{scx=Hira}\p{scx=Kana}\p{scx=Thai}]&&[\p{L}\p{Nl}]]/gv;
  const rest = text.replace(letter, " ").split(/\s+/);
  return (text.match(letter) ?? []).length + rest.filter((stretch) => /[\p{L}\p{N}]/u.test(stretch)).length;
}

export function readingSeconds(words, unspaced) {
  return (words / (unspaced ? LETTERS_A_MINUTE : WORDS_A_MINUTE)) * 60;
}

export const collapsed = (text) => text.replace(/[\s\p{Cc}]+/gu, " ").trim();
