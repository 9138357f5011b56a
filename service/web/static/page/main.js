// Puts the page together: the form asks the API, and what comes back is shown by the other modules.

import * as answer from "./answer.js";
import { Problem, summarize, useKey } from "./api.js";
import * as compare from "./compare.js";
import { breathe, byId } from "./dom.js";
import { field, isEdited, isTurned, onSwitch, requestNow, setFields, settle } from "./form.js";
import * as graph from "./graph.js";
import * as input from "./input.js";
import * as keywords from "./keywords.js";
import { fromLink, linkTo } from "./link.js";
import * as linking from "./linking.js";
import { chosenFrom, storyFrom, takeHighlights } from "./model.js";
import * as problems from "./problems.js";
import * as stats from "./stats.js";
import * as storyPane from "./story.js";
import * as takeaway from "./takeaway.js";
import * as why from "./why.js";
import { counted } from "./wording.js";

const form = byId("form");

let wanted = { sentences: 3, highlights: "auto" }; // as long as somebody asked for
let view = { ...wanted, order: "document" }; // the same, as far as this story goes
let shown = null; // {story, chosen, source, request, drawn}: what the page shows
let controller = null;
let pending = null; // {request, moveOn}: what was asked for and has not come yet

/** The request whose answer is what the page shows, without what only the page needs. */
function shownRequest() {
  const { offsets, include, highlights, ...rest } = shown.request;
  const length = { sentences: Math.max(1, view.sentences) };
  return { ...rest, length, highlights: { ...highlights, count: view.highlights }, order: view.order };
}

/** Ask the API and show what it says. A later call ends an earlier one; `moveOn` goes to the answer. */
async function ask({ moveOn }) {
  controller?.abort();
  const mine = (controller = new AbortController());
  const request = requestNow(wanted.sentences);
  pending = { request, moveOn };
  problems.clear();
  busy(true, request.text.length);
  noteEdits();
  try {
    const answered = await summarize(request, mine.signal);
    if (mine === controller) await show({ ...answered, request, more: moreHighlights(request, mine.signal) }, moveOn);
  } catch (error) {
    if (mine !== controller) return;
    byId("progress-words").textContent = error.name === "AbortError" ? "Cancelled." : "";
    if (error instanceof Problem) problems.tell(error);
    else if (error.name !== "AbortError") throw error;
  } finally {
    if (mine === controller) {
      pending = null;
      busy(false);
      goBack();
    }
  }
}

/** As many highlights as the slider goes to; none where the server does not give them. The answer has what `auto` gives. */
async function moreHighlights(request, signal) {
  const highlights = { ...request.highlights, count: answer.MOST_HIGHLIGHTS };
  try {
    const { reply } = await summarize({ ...request, highlights, length: { sentences: 1 }, include: [] }, signal);
    return reply.highlights;
  } catch (error) {
    if (error instanceof Problem || error.name === "AbortError") return [];
    throw error;
  }
}

async function show({ reply, source, stages, request, more }, moveOn) {
  const story = storyFrom(reply);
  view = answer.limit(story, { ...wanted, order: field("order") });
  shown = { story, source, request, chosen: chosenFrom(story, view) };
  byId("workspace").hidden = false;
  why.forget(story);
  compare.forget(story, view);
  answer.warn(story);
  answer.show(story, shown.chosen);
  why.show(shown.chosen); // may be asked for while the story is still being drawn
  stats.show(story, shown.chosen);
  stats.showTiming(stages);
  noteEdits();
  if (moveOn) goToAnswer();
  await breathe(); // the answer is seen before the rest of a long story is worked out
  if (shown.story !== story) return;
  keywords.show(story);
  graph.draw(story);
  if (!(await storyPane.draw(story))) return;
  shown.drawn = true;
  update();
  takeHighlights(story, await more);
  if (shown.story !== story) return;
  view = answer.limit(story, { ...view, highlights: wanted.highlights });
  update();
  answer.noteFew(story, wanted);
  const { highlights, sentences } = shown.chosen;
  const parts = [counted(highlights.length, "highlight"), `${sentences.length} of ${counted(story.sentences.length, "sentence")}`];
  byId("progress-words").textContent = `Done: ${parts.join(", ")}.`;
}

/** Show what the sliders and the order ask for; no request, everything is here. */
function update() {
  if (!shown) return;
  const { story } = shown;
  const chosen = (shown.chosen = chosenFrom(story, view));
  answer.show(story, chosen);
  if (shown.drawn && storyPane.mark(chosen)) keywords.mark();
  stats.show(story, chosen);
  graph.mark(chosen);
  compare.show(view);
  why.show(chosen);
  linking.markExplained();
  redrawCode();
}

function goToAnswer() {
  byId("article").open = false;
  byId("answer-title").focus({ preventScroll: true });
  byId("workspace").scrollIntoView({ block: "start" });
}

/** Let the switches say what is shown, when no other answer came. Those beside an edited article are for the next one. */
function goBack() {
  if (shown && !isEdited(shown.request)) settle(shown.request, view.order);
  noteEdits();
}

function noteEdits() {
  const next = pending ? "The new one is under way." : "Press Summarize for a new one.";
  const edited = shown !== null && isEdited(shown.request);
  const words = edited ? `This is the answer to the text before your edits. ${next}` : "";
  if (byId("edited").textContent !== words) byId("edited").textContent = words; // said once, not with every letter
}

// --------------------------------------------------------------------------------------------------------- progress

let timer = null;

function busy(on, characters = 0) {
  clearInterval(timer);
  for (const id of ["cancel", "progress"]) byId(id).hidden = !on;
  byId("workspace").setAttribute("aria-busy", String(on));
  byId("seconds").textContent = "";
  if (!on) return;
  const started = performance.now();
  byId("progress-words").textContent = `Summarizing ${counted(characters, "character")}…`;
  timer = setInterval(() => {
    byId("seconds").textContent = `${Math.round((performance.now() - started) / 1000)} s`;
  }, 1000);
}

// ---------------------------------------------------------------------------------------------------- the wires

function tellInWords(words) {
  problems.clear();
  byId("progress-words").textContent = "";
  problems.tell(new Problem({ title: "That did not work", detail: words, status: 0 }));
}

/** What is shown, as a link carries it. */
function carriedOptions() {
  const { text, title, format, language, algorithm, highlights } = shown.request;
  return { text, title, html: format === "html", language, algorithm, compression: highlights.compression, ...view };
}

/** Take options and text from the fragment. A text is answered; options alone are for the story at hand. */
function takeLink() {
  const { options, lengths, article } = fromLink();
  setFields(options);
  wanted = { ...wanted, ...lengths };
  if (article) {
    input.fill(article.text, article);
    ask({ moveOn: true });
  } else if (shown) {
    view = answer.limit(shown.story, { ...wanted, order: field("order") });
    update();
    if (isTurned(shown.request)) turned();
  }
}

/** Ask anew with the switches as they stand; beside an edited article they are for the next answer. */
function turned() {
  const latest = pending?.request ?? shown?.request;
  if (latest && !isEdited(latest)) ask({ moveOn: pending?.moveOn ?? false });
}

const redrawCode = takeaway.start(() => ({
  ...shown,
  request: shownRequest,
  link: () => linkTo(carriedOptions()),
}));
linking.start();
why.start();
input.start(() => ask({ moveOn: true }), tellInWords);
storyPane.onSight(keywords.mark);
answer.onSlide((name, number) => {
  wanted = { ...wanted, [name]: number };
  view = answer.limit(shown.story, { ...view, [name]: number });
  update();
});

form.addEventListener("submit", (event) => {
  event.preventDefault();
  ask({ moveOn: true });
});
form.addEventListener("input", noteEdits);
byId("text").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
});
// a browser cannot point at a field that is folded away
byId("text").addEventListener("invalid", () => {
  byId("article").open = true;
});
byId("cancel").addEventListener("click", () => controller.abort());
onSwitch(turned);
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
