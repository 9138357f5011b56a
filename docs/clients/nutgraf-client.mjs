/**
 * A client for Nutgraf in one file: copy it beside your program. An ES module for browsers and Node 20, no packages.
 *
 *     import { Client } from "./nutgraf-client.mjs";
 *
 *     const nutgraf = new Client("http://127.0.0.1:8000");
 *     const summary = await nutgraf.summarize(article, { length: { words: 60 } });
 *     console.log(summary.highlights.map((bullet) => bullet.text).join("\n"));
 *
 * `for await (const answer of nutgraf.batch(articles))` does the same for many. A client waits and asks again when the
 * service says `Retry-After` (429, 503), and throws what the service refuses as a `ProblemError`. To send a request again
 * is safe: a summary changes nothing. In a browser on another origin, the service has to allow that origin
 * (NUTGRAF_CORS_ORIGINS), and a key would be readable by everyone: call Nutgraf from your server there.
 */

/** A batch is sent in requests of at most so many articles … */
export const SLICE_LINES = 100;
/** … and of so many UTF-16 units, unless one article has more: so neither side holds much, and no proxy has to stream. */
export const SLICE_UNITS = 2 ** 20;
/** Problems of a batch, not of an article: their line is the first that was not answered. */
const ENDINGS = new Set(["stopping", "incomplete-body", "unread-answers", "batch-too-large"].map((kind) => `urn:nutgraf:${kind}`));

/**
 * What may be asked for; what is left out has the service's default.
 * @typedef {object} Options
 * @property {string | null} [title]
 * @property {"text" | "html"} [format]
 * @property {string} [language]
 * @property {string} [algorithm]
 * @property {{sentences: number} | {words: number} | {characters: number} | {ratio: number}} [length]
 * @property {{count?: number | "auto", compression?: "none" | "safe" | "tight", max_words?: number}} [highlights]
 * @property {"document" | "rank"} [order]
 * @property {"codepoint" | "utf16" | "utf8"} [offsets] "utf16" fits JavaScript's strings.
 * @property {("keywords" | "blocks" | "explanation" | "text")[]} [include]
 */

/**
 * One article of a batch, with options of its own.
 * @typedef {Options & {text: string, id?: string | number}} Article
 */

/**
 * The answer about one article; it may hold more than is named here.
 * @typedef {object} Summary
 * @property {string} summary
 * @property {{index: number, text: string, start: number, end: number, score: number, rank: number, pick: number}[]} sentences
 * @property {{text: string, sentence: number, spans: [number, number][], compressed: boolean, pick: number}[]} highlights
 * @property {{text: string, score: number}[]} [keywords]
 * @property {{role: string, start: number, end: number}[]} [blocks]
 * @property {{sentences: object[]}} [explanation]
 * @property {string} [text]
 * @property {string} language
 * @property {string} algorithm
 * @property {{characters: number, words: number, sentences: number, summary_words: number, reduction: number}} stats
 * @property {{code: string, detail: string}[]} warnings
 * @property {string} version
 */

/**
 * Why there is no summary (RFC 9457).
 * @typedef {object} Problem
 * @property {string} type
 * @property {string} title
 * @property {number} status
 * @property {string} detail
 * @property {{detail: string, pointer?: string, parameter?: string}[]} [errors]
 * @property {string} [request_id]
 */

/**
 * What a batch says about one article: its `result` or its `problem`.
 * @typedef {{id: string | number | null, line: number, status: number, result?: Summary, problem?: Problem}} Answer
 */

/** The service refused, and says why. */
export class ProblemError extends Error {
  /** @param {Problem} problem */
  constructor(problem) {
    super(`${problem.title}: ${problem.detail}`);
    this.name = "ProblemError";
    this.problem = problem;
    this.type = problem.type;
    this.status = problem.status;
    this.title = problem.title;
    this.detail = problem.detail;
    this.errors = problem.errors ?? [];
    this.requestId = problem.request_id;
  }
}

/** No reply came: no connection, or it broke, or it took longer than `timeoutSeconds`. */
export class UnreachableError extends Error {
  /**
   * @param {string} url
   * @param {unknown} cause
   */
  constructor(url, cause) {
    super(`No reply from ${url}: ${cause}`, { cause });
    this.name = "UnreachableError";
  }
}

/** A Nutgraf service. */
export class Client {
  #url;
  /** @type {Record<string, string>} */
  #headers;
  #timeoutSeconds;
  #retries;
  #maxWaitSeconds;

  /**
   * `timeoutSeconds` bounds each try; the service itself stops after its deadline, 10 seconds by default. `retries` is
   * how often a request is sent again, each time after the wait that the service asks for and up to a second of
   * chance, so that waiting clients do not come back all at once. A wait over `maxWaitSeconds` is not waited for.
   * @param {string} url
   * @param {{key?: string, timeoutSeconds?: number, retries?: number, maxWaitSeconds?: number}} [settings]
   */
  constructor(url, { key, timeoutSeconds = 30, retries = 4, maxWaitSeconds = 60 } = {}) {
    if (!/^https?:\/\/[^/]/.test(url)) {
      throw new TypeError(`'${url}' is no address of a service, such as https://nutgraf.example.`);
    }
    this.#url = url.replace(/\/+$/, "");
    this.#headers = key ? { Authorization: `Bearer ${key}` } : {};
    this.#timeoutSeconds = timeoutSeconds;
    this.#retries = retries;
    this.#maxWaitSeconds = maxWaitSeconds;
  }

  /**
   * The summary of one article, text or (with `format: "html"`) a page. Throws `ProblemError` for what the service
   * refuses, `UnreachableError` where no reply comes, and the signal's reason once it is aborted.
   * @param {string} text
   * @param {Options & {signal?: AbortSignal}} [options]
   * @returns {Promise<Summary>}
   */
  async summarize(text, { signal, ...options } = {}) {
    return JSON.parse(await this.#post("/v1/summaries", "application/json", JSON.stringify({ text, ...options }), signal));
  }

  /**
   * The answer to each article, in order; one that cannot be answered has a `problem`, and the rest goes on. `options`
   * hold for articles that do not give their own. Articles are taken as answers are: a slice is sent, read, and given
   * before the next is taken. Throws what `summarize` does, but for what is wrong with one article.
   * @param {Iterable<Article> | AsyncIterable<Article>} articles
   * @param {Options & {signal?: AbortSignal}} [options]
   * @returns {AsyncGenerator<Answer, void, void>}
   */
  async *batch(articles, { signal, ...options } = {}) {
    let answered = 0;
    for await (const part of slices(articles, options)) {
      for await (const answer of this.#answers(part, signal)) yield { ...answer, line: answer.line + answered };
      answered += part.length;
    }
  }

  /**
   * Sends some lines, and what a service that stops has left of them once more.
   * @param {string[]} lines
   * @param {AbortSignal} [signal]
   * @returns {AsyncGenerator<Answer, void, void>}
   */
  async *#answers(lines, signal) {
    let answered = 0;
    for (let retriesLeft = this.#retries; ; retriesLeft -= 1) {
      const body = lines.slice(answered).join("");
      const reply = await this.#post("/v1/batches", "application/x-ndjson", body, signal);
      /** @type {Answer[]} */
      const answers = reply.split("\n").filter(Boolean).map((line) => JSON.parse(line));
      const ending = ENDINGS.has(answers.at(-1)?.problem?.type ?? "") ? answers.pop() : undefined;
      for (const answer of answers) yield { ...answer, line: answer.line + answered };
      if (!ending?.problem) return;
      answered += answers.length;
      if (!retriesLeft) throw new ProblemError(ending.problem);
    }
  }

  /**
   * Sends one request, again if need be, and returns the body of its reply.
   * @param {string} path
   * @param {string} contentType
   * @param {string} body
   * @param {AbortSignal} [signal]
   */
  async #post(path, contentType, body, signal) {
    for (let retriesLeft = this.#retries; ; retriesLeft -= 1) {
      const { response, reply, error } = await this.#once(path, contentType, body, signal);
      if (response?.ok) return reply;
      const seconds = response ? waitSeconds(response) : 0;
      if (!retriesLeft || seconds > this.#maxWaitSeconds) {
        throw response ? new ProblemError(problemIn(response, reply)) : new UnreachableError(this.#url, error);
      }
      await pause(seconds + Math.random(), signal);
    }
  }

  /**
   * One try: a response with its body, or the error that came instead.
   * @param {string} path
   * @param {string} contentType
   * @param {string} body
   * @param {AbortSignal} [signal]
   * @returns {Promise<{response?: Response, reply: string, error?: unknown}>}
   */
  async #once(path, contentType, body, signal) {
    const timeout = AbortSignal.timeout(this.#timeoutSeconds * 1000);
    try {
      const response = await fetch(this.#url + path, {
        method: "POST",
        headers: { "Content-Type": contentType, ...this.#headers },
        body,
        signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      });
      return { response, reply: await response.text() };
    } catch (error) {
      signal?.throwIfAborted();
      return { reply: "", error };
    }
  }
}

/**
 * Lines of JSON, some at a time.
 * @param {Iterable<Article> | AsyncIterable<Article>} articles
 * @param {Options} options
 */
async function* slices(articles, options) {
  /** @type {string[]} */
  let part = [];
  let units = 0;
  for await (const article of articles) {
    const line = `${JSON.stringify({ ...options, ...article })}\n`;
    if (part.length && (part.length === SLICE_LINES || units + line.length > SLICE_UNITS)) {
      yield part;
      [part, units] = [[], 0];
    }
    part.push(line);
    units += line.length;
  }
  if (part.length) yield part;
}

/**
 * How long to wait before the same request again; infinity where that would not help. A 503 without `Retry-After` is
 * one of these: the text takes longer than the deadline, and always will.
 * @param {Response} response
 */
function waitSeconds(response) {
  const after = response.headers.get("Retry-After");
  if (after === null || ![429, 503].includes(response.status)) return Infinity;
  const seconds = /^\d+$/.test(after) ? Number(after) : (Date.parse(after) - Date.now()) / 1000;
  return Number.isNaN(seconds) ? Infinity : Math.max(0, seconds);
}

/**
 * The problem in a reply; one that a proxy sent has none, so its status has to do.
 * @param {Response} response
 * @param {string} reply
 * @returns {Problem}
 */
function problemIn(response, reply) {
  const { status, statusText } = response;
  if (response.headers.get("Content-Type")?.startsWith("application/problem+json")) return JSON.parse(reply);
  const detail = `Something replied with ${status}.`;
  return { type: "about:blank", title: statusText || "Unknown status", status, detail };
}

/**
 * Waits, unless the signal is aborted first.
 * @param {number} seconds
 * @param {AbortSignal} [signal]
 * @returns {Promise<void>}
 */
function pause(seconds, signal) {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", stop);
      resolve();
    }, seconds * 1000);
    signal?.addEventListener("abort", stop, { once: true });
  });
}
