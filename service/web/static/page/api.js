// The one way to the server: POST /v1/summaries. The key stays in this module's memory, and goes with the tab.

import { counted } from "./wording.js";

const address = new URL(byForm().dataset.api, document.baseURI);
let key = "";

function byForm() {
  return document.getElementById("form");
}

/** A refusal, as problem details (RFC 9457) tell it. */
export class Problem extends Error {
  constructor(details) {
    super(details.detail || details.title);
    this.title = details.title;
    this.status = details.status;
    this.errors = details.errors ?? [];
  }
}

export const apiAddress = () => address.href;
export const hasKey = () => key !== "";
export function useKey(value) {
  key = value;
}

/** Return `{reply, source, stages}`: the answer, the same as it came, and [stage, milliseconds] pairs. */
export async function summarize(request, signal) {
  const { response, source } = await answered(request, signal);
  if (!response.ok) throw new Problem(detailsOf(source, response));
  return { reply: replyIn(source), source, stages: stagesOf(response.headers.get("Server-Timing") ?? "") };
}

async function answered(request, signal) {
  const headers = { "Content-Type": "application/json", Accept: "application/json" };
  if (key) headers.Authorization = `Bearer ${key}`;
  try {
    const response = await fetch(address, { method: "POST", headers, body: JSON.stringify(request), signal });
    return { response, source: await response.text() };
  } catch (error) {
    if (error.name === "AbortError") throw error;
    const detail = "No answer came. Look whether the service runs and the network is there, then try again.";
    throw new Problem({ title: "The server cannot be reached", detail, status: 0 });
  }
}

function replyIn(source) {
  const reply = parsed(source);
  if (reply?.stats) return reply;
  const detail = "What came is no reply of Nutgraf's: a proxy between may want you to sign in. Reload the page.";
  throw new Problem({ title: "The answer cannot be read", detail, status: 200 });
}

/** What the server says is wrong; a proxy in between answers in words, or JSON, of its own. */
function detailsOf(source, { status, statusText, headers }) {
  const details = parsed(source);
  if (details?.type && details.title) return { ...details, status };
  const seconds = /^\d+$/.exec(headers.get("Retry-After") ?? ""); // Nutgraf tells it in its `detail`
  const wait = seconds ? ` Try again in ${counted(Number(seconds), "second")}.` : "";
  return { title: `The server answered ${status}`, detail: (statusText && `${statusText}.`) + wait, status };
}

/** The JSON in `source`, null where it is none. */
function parsed(source) {
  try {
    return JSON.parse(source);
  } catch {
    return null;
  }
}

function stagesOf(header) {
  return [...header.matchAll(/([\w-]+);dur=([\d.]+)/g)].map(([, name, milliseconds]) => [name, Number(milliseconds)]);
}
