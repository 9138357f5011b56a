// Puts the page together: the form asks the API, and what comes back is shown by the other modules.

import * as answer from "./answer.js";
import { Problem, hasKey, summarize, useKey } from "./api.js";
import * as compare from "./compare.js";
import { byId, element } from "./dom.js";
import * as graph from "./graph.js";
import * as input from "./input.js";
import * as keywords from "./keywords.js";
import { fromLink, linkTo } from "./link.js";
import * as linking from "./linking.js";
import { chosenFrom, storyFrom } from "./model.js";
import * as stats from "./stats.js";
import * as storyPane from "./story.js";
import * as takeaway from "./takeaway.js";
import * as why from "./why.js";

const MOST_HIGHLIGHTS = 10; // what the slider may show; fewer are a prefix by pick
const form = byId("form");
const NAMES = ["text", "title", "language", "algorithm", "compression", "order"];

let wanted = { sentences: 3, highlights: 4 }; // as long as somebody asked for
let view = { ...wanted, order: "document" }; // the same, as far as this story goes
let shown = null; // {story, chosen, source, request, drawn}: what the page shows
let controller = null;

const field = (name) => form.elements[name].value;

/** What the form asks for, as the API takes it; offsets as JavaScript counts. */
function requestNow() {
  return {
    text: field("text"),
    ...(field("title").trim() && { title: field("title") }),
    ...(byId("is-html").checked && { format: "html" }),
    language: field("language"),
    algorithm: field("algorithm"),
    highlights: { count: MOST_HIGHLIGHTS, compression: field("compression") },
    offsets: "utf16",
    include: ["keywords", "blocks", "explanation", "text"],
  };
}

/** The request whose answer is what the page shows, without what only the page needs. */
function shownRequest() {
  const { offsets, include, highlights, ...rest } = shown.request;
  const count = shown.chosen.highlights.length;
  const length = { sentences: Math.max(1, view.sentences) };
  return { ...rest, length, highlights: { ...highlights, count }, order: view.order };
}

/** Ask the API and show what it says. A later call ends an earlier one; `moveOn` goes to the answer. */
async function ask({ moveOn }) {
  controller?.abort();
  const mine = (controller = new AbortController());
  const request = requestNow();
  clearProblem();
  busy(true, request.text.length);
  try {
    const answered = await summarize(request, mine.signal);
    if (mine === controller) await show({ ...answered, request }, moveOn);
  } catch (error) {
    if (mine !== controller) return;
    if (error.name === "AbortError") byId("progress-words").textContent = "Cancelled.";
    else if (error instanceof Problem) tell(error);
    else throw error;
  } finally {
    if (mine === controller) busy(false);
  }
}

async function show({ reply, source, stages, request }, moveOn) {
  const story = storyFrom(reply);
  view = answer.limit(story, { ...wanted, order: field("order") });
  shown = { story, source, request, chosen: chosenFrom(story, view) };
  byId("workspace").hidden = false;
  why.forget(story);
  compare.forget(story);
  answer.warn(story);
  answer.show(story, shown.chosen, view);
  why.show(shown.chosen); // may be asked for while the story is still being drawn
  stats.show(story, shown.chosen);
  stats.showTiming(stages);
  byId("progress-words").textContent =
    `Done: ${shown.chosen.highlights.length} highlights, ${shown.chosen.sentences.length} of ${story.sentences.length} sentences.`;
  keywords.show(story);
  graph.draw(story);
  if (moveOn) goToAnswer();
  if (!(await storyPane.draw(story))) return;
  shown.drawn = true;
  update();
}

/** Show what the sliders and the order ask for; no request, everything is here. */
function update() {
  if (!shown) return;
  const { story } = shown;
  const chosen = (shown.chosen = chosenFrom(story, view));
  answer.show(story, chosen, view);
  if (shown.drawn) storyPane.mark(chosen);
  keywords.mark();
  stats.show(story, chosen);
  graph.mark(chosen);
  compare.show(view);
  why.show(chosen);
  redrawCode();
}

function goToAnswer() {
  byId("article").open = false;
  byId("answer-title").focus({ preventScroll: true });
  byId("workspace").scrollIntoView({ block: "start" });
}

// ---------------------------------------------------------------------------------------- progress and problems

let timer = null;

function busy(on, characters = 0) {
  clearInterval(timer);
  for (const id of ["cancel", "progress"]) byId(id).hidden = !on;
  byId("workspace").setAttribute("aria-busy", String(on));
  byId("seconds").textContent = "";
  if (!on) return;
  const started = performance.now();
  byId("progress-words").textContent = `Summarizing ${characters.toLocaleString("en")} characters…`;
  timer = setInterval(() => {
    byId("seconds").textContent = `${Math.round((performance.now() - started) / 1000)} s`;
  }, 1000);
}

/** Say what is wrong: at its field where it has one, and over the form. */
function tell(problem) {
  byId("progress-words").textContent = "";
  byId("article").open = true;
  const wait = problem.retryAfter ? ` Try again in ${problem.retryAfter} seconds.` : "";
  const title = element("h2", {}, problem.title);
  const detail = element("p", { class: "facts" }, problem.message + wait);
  byId("problem-place").replaceChildren(element("section", { class: "card problem" }, title, detail));
  for (const { pointer, parameter, detail: words } of problem.errors) wrong(pointer?.split("/").at(-1) ?? parameter, words);
  if (problem.status === 401) askForKey();
  else byId("problem-place").scrollIntoView({ block: "nearest" });
  if (problem.status === 422 && !problem.errors.length) wrong("text", problem.message);
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

function clearProblem() {
  byId("problem-place").replaceChildren();
  for (const node of form.querySelectorAll(".wrong")) node.remove();
  for (const node of form.querySelectorAll("[aria-invalid]")) {
    node.removeAttribute("aria-invalid");
    node.removeAttribute("aria-describedby");
  }
}

function askForKey() {
  byId("key-form").hidden = false;
  byId("key-words").textContent = hasKey() ? "This key was not accepted." : "This service wants a key.";
  byId("key").focus();
}

// ---------------------------------------------------------------------------------------------------- the wires

function tellInWords(words) {
  tell(new Problem({ title: "That did not work", detail: words, status: 0 }));
}

function carriedOptions() {
  const fields = Object.fromEntries(NAMES.map((name) => [name, field(name)]));
  return { ...fields, html: byId("is-html").checked, sentences: view.sentences, highlights: view.highlights };
}

/** Take options and text from the fragment, and answer when there is a text. */
function takeLink() {
  const { fields, view: numbers, text, html } = fromLink();
  for (const [name, value] of fields) {
    const control = form.elements[name];
    const known = control.options ? [...control.options].some((option) => option.value === value) : true;
    if (known) control.value = value;
  }
  wanted = { ...wanted, ...numbers };
  if (!text) return;
  byId("text").value = text;
  byId("is-html").checked = html;
  ask({ moveOn: true });
}

const redrawCode = takeaway.start(() => ({
  ...shown,
  request: shownRequest,
  link: () => linkTo(carriedOptions()),
}));
linking.start();
why.start();
input.start(() => ask({ moveOn: true }), tellInWords);
answer.onSlide((name, number) => {
  wanted = { ...wanted, [name]: number };
  view = { ...view, [name]: number };
  update();
});

form.addEventListener("submit", (event) => {
  event.preventDefault();
  ask({ moveOn: true });
});
byId("text").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
});
// a browser cannot point at a field that is folded away
byId("text").addEventListener("invalid", () => {
  byId("article").open = true;
});
byId("cancel").addEventListener("click", () => controller.abort());
for (const name of ["algorithm", "compression", "language"]) {
  byId(name).addEventListener("change", () => shown && ask({ moveOn: false }));
}
byId("order").addEventListener("change", () => {
  view = { ...view, order: field("order") };
  update();
});
byId("compare").addEventListener("click", () => compare.run(shown.request));
byId("key-form").addEventListener("submit", (event) => {
  event.preventDefault();
  useKey(byId("key").value.trim());
  byId("key").value = "";
  byId("key-form").hidden = true;
  ask({ moveOn: true });
});
addEventListener("hashchange", takeLink);

for (const node of document.querySelectorAll("[data-scripted]")) node.hidden = false;
for (const node of document.querySelectorAll("[data-unscripted]")) node.hidden = true;
takeLink();
