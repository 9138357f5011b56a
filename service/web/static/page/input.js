// Ways to bring a story: open a file, drop one, choose a sample. Typing and pasting the text area does itself.

import { byId } from "./dom.js";

const form = byId("form");
const area = byId("text");
const isHtml = byId("is-html");
let looked = false; // whether the text looked like a page when last seen
const RICH_NAME = /\.rtf$/i;
const RICH = "This is Rich Text, which holds commands between its words: save it as plain text (.txt) and open that.";
const BINARY = /\0/; // what no text has, and nearly every other file
const NO_TEXT = "This file holds no plain text, whatever its name says: open a .txt or an .html file, or paste the words.";
const HTML_START = /^\s*(?:<!doctype html|<html[\s>])/i;

/** Wire everything; `arrived` is called when a whole story came in, `refused` with words when it could not. */
export function start(arrived, refused) {
  byId("file").addEventListener("change", ({ target }) => {
    take(target.files[0], arrived, refused);
    target.value = ""; // the same file may be opened again
  });
  for (const node of document.querySelectorAll("[data-sample]")) {
    node.addEventListener("click", () => sample(node.dataset, arrived, refused));
  }
  area.addEventListener("input", noticeHtml);
  dropping(arrived, refused);
}

/** Put a whole article into the form, over the one there. */
export function fill(text, { html = HTML_START.test(text), title = "", language } = {}) {
  area.value = text;
  looked = HTML_START.test(text);
  isHtml.checked = html;
  byId("title").value = title;
  if (language) byId("language").value = language;
}

/** Tick the box when the text comes to look like a page, and untick it when it no longer does; else leave it be. */
function noticeHtml() {
  const looks = HTML_START.test(area.value);
  if (looks !== looked) isHtml.checked = looks;
  looked = looks;
}

async function sample({ sample: address, language }, arrived, refused) {
  try {
    const reply = await fetch(address);
    if (!reply.ok) throw new TypeError(reply.statusText);
    fill(await reply.text(), { language });
    arrived();
  } catch {
    refused("The sample could not be fetched. Look whether the service still runs.");
  }
}

/** Anywhere on the page: a browser leaves the page for a file that it is let take. */
function dropping(arrived, refused) {
  for (const kind of ["dragenter", "dragover"]) {
    document.addEventListener(kind, (event) => {
      if (!event.dataTransfer.types.includes("Files")) return; // dropped words go where the browser puts them
      event.preventDefault();
      form.classList.add("dropping");
    });
  }
  document.addEventListener("dragleave", ({ relatedTarget }) => relatedTarget || form.classList.remove("dropping"));
  document.addEventListener("drop", (event) => {
    form.classList.remove("dropping");
    if (!event.dataTransfer.files.length) return;
    event.preventDefault();
    take(event.dataTransfer.files[0], arrived, refused);
  });
}

async function take(file, arrived, refused) {
  if (!file) return;
  const most = Number(form.dataset.maxBytes);
  const html = /\.x?html?$/i.test(file.name) || file.type === "text/html";
  if (!html && !/\.(?:txt|text|md)$/i.test(file.name) && !file.type.startsWith("text/") && !RICH_NAME.test(file.name)) {
    refused("This is no text: open a .txt or an .html file.");
  } else if (file.size > most) {
    refused(`The file has ${file.size.toLocaleString("en")} bytes; at most ${most.toLocaleString("en")} are accepted.`);
  } else {
    const text = decoded(await file.arrayBuffer(), html);
    const reason = RICH_NAME.test(file.name) || text.startsWith("{\\rtf") ? RICH : BINARY.test(text) ? NO_TEXT : null;
    if (reason) return refused(reason);
    fill(text, { html });
    arrived();
  }
}

/** By the byte-order mark, else UTF-8 where the bytes are, what the page says of itself, the Western charset of old files. */
function decoded(bytes, html) {
  const start = new TextDecoder("latin1").decode(bytes.slice(0, 1024));
  const told = html ? /<meta[^>]+charset\s*=\s*["']?([\w-]+)/i.exec(start)?.[1] : null;
  const marked = { "\xff\xfe": "utf-16le", "\xfe\xff": "utf-16be" }[start.slice(0, 2)];
  for (const charset of [marked, "utf-8", told, "windows-1252"].filter(Boolean)) {
    try {
      return new TextDecoder(charset, { fatal: true }).decode(bytes);
    } catch {
      // not in this charset, or there is no such charset
    }
  }
  return new TextDecoder("utf-8").decode(bytes);
}
