// A link that carries the options and, when short, the text, in the fragment: what stands after # no server gets.

const LONGEST_TEXT = 2000;
const FIELDS = ["language", "algorithm", "compression", "order", "title"];

/** Return [address, what to tell] for these options. */
export function linkTo(options) {
  const values = new URLSearchParams();
  for (const [name, value] of Object.entries(options)) {
    if (name !== "text" && value !== "" && value !== false) values.set(name, value);
  }
  const short = options.text.length <= LONGEST_TEXT;
  if (short) values.set("text", options.text);
  const told = short ? "Copied: the link holds the options and the text."
    : `Copied: the link holds the options; over ${LONGEST_TEXT.toLocaleString("en")} characters, the text stays here.`;
  return [new URL(`#${values}`, location.href).href, told];
}

/** Return what the address at hand carries: form values, slider values and whether the text is a page. */
export function fromLink() {
  const values = new URLSearchParams(location.hash.slice(1));
  const number = (name) => (/^\d{1,4}$/.test(values.get(name) ?? "") ? { [name]: Number(values.get(name)) } : {});
  return {
    fields: FIELDS.filter((name) => values.has(name)).map((name) => [name, values.get(name)]),
    view: { ...number("sentences"), ...number("highlights") },
    text: values.get("text") ?? "",
    html: values.get("html") === "true",
  };
}
