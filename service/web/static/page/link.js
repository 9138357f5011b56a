// A link that carries the options and, when short, the text, in the fragment: what stands after # no server gets.

const LONGEST_TEXT = 2000;
const FIELDS = ["language", "algorithm", "compression", "order"];

/** Return [address, what to tell] for these options and this article: its title and format go with its text. */
export function linkTo({ text, title, html, ...options }) {
  const values = new URLSearchParams(options);
  const short = text.length <= LONGEST_TEXT;
  if (short) {
    if (title) values.set("title", title);
    if (html) values.set("html", "true");
    values.set("text", text);
  }
  const told = short ? "Copied: the link holds the options and the text."
    : `Copied: the link holds the options; over ${LONGEST_TEXT.toLocaleString("en")} characters, text and title stay here.`;
  return [new URL(`#${values}`, location.href).href, told];
}

/** Return what the address at hand carries: form values, lengths, and the article, if any: without its text a title is none. */
export function fromLink() {
  const values = new URLSearchParams(location.hash.slice(1));
  const text = values.get("text");
  return {
    options: found(FIELDS, (name) => values.get(name)),
    lengths: found(["sentences", "highlights"], (name) => lengthIn(name, values.get(name))),
    article: text ? { text, title: values.get("title") ?? "", html: values.get("html") === "true" } : null,
  };
}

const found = (names, valueOf) =>
  Object.fromEntries(names.map((name) => [name, valueOf(name)]).filter(([, value]) => value !== null));

function lengthIn(name, value) {
  if (name === "highlights" && value === "auto") return value;
  const number = /^\d{1,3}$/.test(value ?? "") ? Number(value) : -1;
  return number >= (name === "highlights" ? 0 : 1) ? number : null;
}
