// What the form holds: the request it asks for, and how that differs from the one whose answer is shown.

import { byId } from "./dom.js";

const form = byId("form");
const SWITCHES = ["language", "algorithm", "compression"];

/** What a field holds; half a character, as a cut pair of surrogates is, no server could read. */
export const field = (name) => form.elements[name].value.toWellFormed();

/** The request that the form makes, as the API takes it; offsets as JavaScript counts. */
export function requestNow(sentences) {
  return {
    text: field("text"),
    ...(field("title").trim() && { title: field("title") }),
    ...(byId("is-html").checked && { format: "html" }),
    language: field("language"),
    algorithm: field("algorithm"),
    length: { sentences },
    highlights: { count: "auto", compression: field("compression") },
    offsets: "utf16",
    include: ["keywords", "blocks", "explanation", "text"],
  };
}

/** Whether the form holds another article than `request` has. */
export function isEdited(request) {
  const now = requestNow(1);
  return ["text", "title", "format"].some((name) => now[name] !== request[name]);
}

/** Whether a switch that needs a new answer stands otherwise than in `request`. */
export function isTurned({ language, algorithm, highlights: { compression } }) {
  return Object.entries({ language, algorithm, compression }).some(([name, value]) => field(name) !== value);
}

/** Put the switches back to what `request` asked for and the story is shown in. */
export function settle({ language, algorithm, highlights }, order) {
  setFields({ language, algorithm, compression: highlights.compression, order });
}

/** Set fields by name; a choice that a select does not have is passed over. */
export function setFields(values) {
  for (const [name, value] of Object.entries(values)) {
    const control = form.elements[name];
    if (!control.options || [...control.options].some((option) => option.value === value)) control.value = value;
  }
}

/** Call `listener` when a switch that needs a new answer was turned. */
export function onSwitch(listener) {
  for (const name of SWITCHES) byId(name).addEventListener("change", listener);
}
