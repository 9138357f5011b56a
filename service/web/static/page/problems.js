// What went wrong, in words: over the form, and at the field that it is about.

import { hasKey } from "./api.js";
import { byId, element } from "./dom.js";

const form = byId("form");
const NAMES = ["text", "title", "language", "algorithm", "compression", "order"];

/** Say what is wrong: at its field where it has one, and over the form. */
export function tell(problem) {
  byId("article").open = true;
  const title = element("h2", {}, problem.title);
  const detail = element("p", { class: "facts" }, problem.message);
  byId("problem-place").replaceChildren(element("section", { class: "card problem" }, title, detail));
  for (const { pointer, parameter, detail: words } of problem.errors) wrong(pointer?.split("/").at(-1) ?? parameter, words);
  if (problem.status === 401) askForKey();
  else byId("problem-place").scrollIntoView({ block: "nearest" });
  if (problem.status === 422 && !problem.errors.length) wrong("text", problem.message);
}

/** Take back what was said. */
export function clear() {
  byId("problem-place").replaceChildren();
  for (const node of form.querySelectorAll(".wrong")) node.remove();
  for (const node of form.querySelectorAll("[aria-invalid]")) {
    node.removeAttribute("aria-invalid");
    node.removeAttribute("aria-describedby");
  }
}

function wrong(name, words) {
  if (!NAMES.includes(name)) return;
  const control = form.elements[name];
  const id = `${name}-wrong`;
  byId(id)?.remove();
  control.setAttribute("aria-invalid", "true");
  control.setAttribute("aria-describedby", id);
  control.after(element("p", { class: "wrong", id }, words));
}

function askForKey() {
  byId("key-form").hidden = false;
  byId("key-words").textContent = hasKey() ? "This key was not accepted." : "This service wants a key.";
  byId("key").focus();
}
