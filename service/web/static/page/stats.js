// Words before and after, what was left out, reading time, and where the server's milliseconds went.

import { byId, element } from "./dom.js";
import { countWords, readingSeconds } from "./model.js";
import { percent } from "./wording.js";

export function show(story, chosen) {
  const { words } = story.reply.stats;
  const kept = countWords(chosen.summary, story.unspaced);
  const reading = [words, kept].map((count) => duration(readingSeconds(count, story.unspaced)));
  byId("stat-words").textContent = `${words.toLocaleString("en")} → ${kept.toLocaleString("en")}`;
  byId("stat-reduction").textContent = words ? percent(1 - kept / words) : "–";
  byId("stat-reading").textContent = `${reading[0]} → ${reading[1]}`;
}

/** `stages` are [name, milliseconds] pairs, from Server-Timing. */
export function showTiming(stages) {
  const total = stages.reduce((sum, [, milliseconds]) => sum + milliseconds, 0);
  byId("stat-server").textContent = stages.length ? `${total.toFixed(1)} ms` : "not told";
  const bars = stages.map(([, milliseconds], at) => {
    const bar = element("span", { class: `stage stage-${at % 3}` });
    bar.style.flexGrow = milliseconds / (total || 1); // by the object model, which the policy allows
    return bar;
  });
  byId("stages-bar").replaceChildren(...bars);
  byId("stages").replaceChildren(...stages.map(([name, milliseconds]) => element("li", {}, `${name} ${milliseconds} ms`)));
}

function duration(seconds) {
  if (seconds < 60) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${(minutes / 60).toFixed(1)} h`;
}
