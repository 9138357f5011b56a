"""Requests that were made to hurt: each with the statuses that are right for it. Made by code, so that none is stored.

Every text carries `CANARY`, a word that may then stand nowhere: not in the log, not in the metrics, not in an error.
"""

from __future__ import annotations

import gzip
import json
import sys
import unicodedata
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

CANARY = "Quokkaberry"
STORY = f"The {CANARY} ferry left the pier at dawn on Monday. Its captain was glad.\n"
PLAIN, HTML, JSON, FORM = "text/plain", "text/html", "application/json", "application/x-www-form-urlencoded"
SUMMARIES = "/v1/summaries"

CLOSED = 0
"""The connection ends without an answer."""


@dataclass(frozen=True, slots=True)
class Hostile:
    """One input: what is sent, and which statuses may come."""

    name: str
    sent: bytes
    statuses: frozenset[int]
    ends: bool = False
    """Whether the client closes its sending side; otherwise it waits for the server."""


def case(name: str, sent: bytes, *statuses: int, ends: bool = False) -> Hostile:
    """Return a case."""
    return Hostile(name, sent, frozenset(statuses), ends)


def posted(body: str | bytes, content_type: str = PLAIN, *, to: str = SUMMARIES, headers: str = "") -> bytes:
    """Return a whole request with a body."""
    content = body.encode("utf-8", "surrogatepass") if isinstance(body, str) else body
    head = f"POST {to} HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: {content_type}\r\n{headers}"
    return f"{head}Content-Length: {len(content)}\r\n\r\n".encode() + content


def got(path: str, headers: str = "", *, method: str = "GET") -> bytes:
    """Return a whole request without a body."""
    return f"{method} {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n{headers}\r\n".encode("latin-1")


def corpus() -> list[Hostile]:
    """Return all cases; together they take some 60 MB, so they are made when they are asked for."""
    return [*_framing(), *_headers(), *_addresses(), *_bodies(), *_pages(), *_texts(), *_options()]


def _framing() -> Iterator[Hostile]:
    head = f"POST {SUMMARIES} HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: text/plain\r\n".encode()
    text = STORY.encode()
    chunked = head + b"Transfer-Encoding: chunked\r\n\r\n"
    size = b"Content-Length: %d\r\n"
    yield case("fewer bytes than its length says", head + size % 9999 + b"\r\n" + text, 400, ends=True)
    yield case("fewer bytes, and then silence", head + size % 9999 + b"\r\n" + text, 408)
    yield case("more bytes than its length says", head + size % len(text) + b"\r\n" + text * 2, 200)
    yield case("a length beyond all memory", head + size % 10**17 + b"\r\n" + text, 413)
    yield case("a length of five thousand digits", head + b"Content-Length: " + b"9" * 5000 + b"\r\n\r\n", 400, 413)
    yield case("a negative length", head + size % -1 + b"\r\n" + text, 400)
    yield case("a length with a sign", head + b"Content-Length: +5\r\n\r\n" + text, 400)
    yield case("two lengths", head + size % 5 + size % 50 + b"\r\n" + text, 400)
    yield case("a length and chunks", head + size % 5 + b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400)
    yield case(
        "chunks in another case, twice", head + b"Transfer-Encoding: Chunked, chunked\r\n\r\n0\r\n\r\n", 400, 501
    )
    yield case("a transfer coding of its own", head + b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n", 400, 501)
    yield case("a chunk without a size", chunked + b"\r\n" + text, 400)
    yield case("a chunk of negative size", chunked + b"-5\r\n" + text, 400)
    yield case("a chunk of sixteen digits", chunked + b"f" * 16 + b"\r\n" + text, 400, 413)
    yield case("a chunk that never comes", chunked + b"ff\r\n", 408)
    yield case("a chunk's extension without end", chunked + b"5;" + b"a" * 200_000, 400, 413)
    yield case("trailers without end", chunked + b"0\r\n" + b"a: b\r\n" * 40_000, 400, 413)
    yield case("a body in chunks of one byte", chunked + b"1\r\nx\r\n" * 60_000 + b"0\r\n\r\n", 200)
    yield case("chunks of one byte, a million", chunked + b"1\r\nx\r\n" * 1_000_000, 413)
    yield case("chunks beyond the limit", chunked + (b"10000\r\n" + b"x" * 65536 + b"\r\n") * 140, 413, CLOSED)
    yield case("a head that never ends", head, 408)
    yield case("silence", b"", CLOSED)
    yield case("one byte, and then silence", b"P", 408)
    yield case("line feeds alone", b"GET /livez HTTP/1.1\nHost: a\n\n", 408, 400)
    yield case("no HTTP at all", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(range(256)) + b"\r\n\r\n", 400)
    yield case("HTTP/2 from the start", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400, 404, 405, 501, 505)
    yield case("HTTP/0.9", b"GET /\r\n\r\n", 400)
    yield case("HTTP/9.9", b"GET / HTTP/9.9\r\nHost: a\r\n\r\n", 400, 505)
    yield case("fifty requests in one packet", b"GET /livez HTTP/1.1\r\nHost: a\r\n\r\n" * 50, 200, ends=True)
    yield case(
        "a request smuggled behind a body",
        posted(STORY).replace(b"Connection: close\r\n", b"") + got(f"/{CANARY}"),
        200,
        404,
    )


def _headers() -> Iterator[Hostile]:
    yield case("two hundred headers", got("/", "".join(f"H{i}: {CANARY}\r\n" for i in range(200))), 431)
    yield case("a header of 9,000 bytes", got("/", f"H: {CANARY}{'a' * 9000}\r\n"), 431)
    yield case("headers of a megabyte", got("/", f"H: {'a' * 8000}\r\n" * 130), 431)
    yield case("a header without end", got("/", f"H: {'a' * 100_000}")[:-2], 431)
    yield case("a folded header", got("/", f"H: a\r\n {CANARY}\r\n"), 400)
    yield case("a header without a name", got("/", f": {CANARY}\r\n"), 400)
    yield case("a header with a space in its name", got("/", f"a b: {CANARY}\r\n"), 400)
    yield case("a header with a NUL", got("/", f"H: {CANARY}\0\r\n"), 400)
    yield case("two hosts", got("/livez", "Host: b\r\n"), 200, 400)
    yield case("an expectation of its own", got("/livez", f"Expect: {CANARY}\r\n"), 417)
    yield case("an upgrade to HTTP/2", got("/livez", "Upgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n"), 200)
    yield case("a request id to break the log", got("/", f'X-Request-ID: {CANARY}","a":"\\n\r\n'), 200)
    yield case("a trace that is none", got("/", f"traceparent: 00-{CANARY}-{'0' * 16}-00\r\n"), 200)
    yield case("a key that is none", got("/v1/capabilities", f"Authorization: Bearer {CANARY} é\r\n"), 200)
    yield case("a client that invents itself", got("/", f"X-Forwarded-For: {CANARY}, {'1.1.1.1, ' * 500}\r\n"), 200)
    yield case("ranges, many", got("/static/page.css", f"Range: bytes={','.join(['0-0'] * 1500)}\r\n"), 200, 206, 416)
    yield case("a range beyond", got("/static/page.css", "Range: bytes=99999999999999999999-\r\n"), 416)
    yield case("types to accept, many", posted(STORY, headers=f"Accept: {'a/b;q=0.1,' * 800}*/*\r\n"), 200)
    yield case("types to accept, nested", posted(STORY, headers=f"Accept: {'a/b;' * 2000}\r\n"), 200, 406)
    yield case("a quality without end", posted(STORY, headers=f"Accept: text/html;q=0.{'9' * 7000}\r\n"), 200, 406)
    yield case("a type with parameters, many", posted(STORY, f"text/plain; {'a=b; ' * 1500}"), 200)
    yield case("a type that is none", posted(STORY, f"{CANARY}/{CANARY}"), 415)
    yield case("a charset that runs away", posted(STORY, "text/plain; charset=idna"), 415)
    yield case("a charset that is none", posted(STORY, "text/plain; charset=base64"), 415)
    yield case("a charset of 4,000 letters", posted(STORY, f"text/plain; charset={'-_' * 2000}"), 415)
    yield case("cookies, many", got("/", f"Cookie: {'a=b; ' * 1500}\r\n"), 200)


def _addresses() -> Iterator[Hostile]:
    yield case("an address of 9,000 bytes", got(f"/{CANARY}{'a' * 9000}"), 414)
    yield case("an address without end", b"GET /" + b"a" * 100_000, 414, 431)
    yield case("out of the static files", got("/static/../../../../etc/passwd"), 404)
    yield case("out of the static files, in disguise", got("/static/%2e%2e/%2e%2e/service/settings.py"), 404)
    yield case("out of the documentation", got("/docs/assets/..%2f..%2f__init__.py"), 404)
    yield case("an address of slashes", got("/" * 4000), 404, 308, 200)
    yield case("an address of broken percents", got(f"/%zz%{CANARY}%ff%c0%ae"), 404)
    yield case("an address with a NUL", got(f"/{CANARY}%00"), 404)
    yield case("an address of another host", got(f"http://{CANARY}.example/livez"), 200, 400, 404)
    yield case("a method of its own", got("/", method=CANARY.upper()), 405)
    yield case("a method of 5,000 letters", got("/", method="A" * 5000), 400, 405, 414)
    yield case("TRACE", got("/", method="TRACE"), 405)
    yield case("CONNECT", b"CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n", 400, 404, 405, 501)


def _bodies() -> Iterator[Hostile]:
    zeros = bytes(50_000_000)
    gzipped, deflated = "Content-Encoding: gzip\r\n", "Content-Encoding: deflate\r\n"
    yield case("a gzip bomb", posted(gzip.compress(zeros), headers=gzipped), 413)
    yield case("a zlib bomb", posted(zlib.compress(zeros), headers=deflated), 413)
    yield case("a bomb in a bomb", posted(gzip.compress(gzip.compress(zeros)), headers=gzipped), 400)
    yield case(
        "a bomb in each of two codings", posted(gzip.compress(zeros), headers="Content-Encoding: gzip, gzip\r\n"), 415
    )
    yield case("an unknown coding", posted(gzip.compress(zeros), headers="Content-Encoding: br\r\n"), 415)
    yield case("a hundred thousand empty gzip members", posted(gzip.compress(b"") * 100_000, headers=gzipped), 400)
    yield case("gzip that ends early", posted(gzip.compress(STORY.encode())[:-9], headers=gzipped), 400)
    yield case("gzip with a wrong sum", posted(gzip.compress(STORY.encode())[:-8] + b"a" * 8, headers=gzipped), 400)
    yield case("a text that claims to be gzip", posted(STORY, headers=gzipped), 400)
    yield case("gzip that claims to be deflate", posted(gzip.compress(STORY.encode()), headers=deflated), 400)
    yield case("a gzip header that never ends", posted(b"\x1f\x8b\x08\x08" + b"a" * 4_000_000, headers=gzipped), 400)
    yield case("codings in codings", posted(b"a", headers=f"Content-Encoding: {'gzip, ' * 1000}br\r\n"), 415)
    yield case("a gzip bomb as a text", posted(gzip.compress(zeros)), 400)
    yield case("JSON, a hundred thousand deep", posted("[" * 100_000 + "]" * 100_000, JSON), 400)
    yield case("JSON, objects ten thousand deep", posted('{"a":' * 10_000 + "1" + "}" * 10_000, JSON), 400)
    for name, empty in {"lists": "[],", "lists in lists": "[[]],", "objects": '{"":0},'}.items():
        bomb = f'{{"text":"a","x":[{empty * (8_000_000 // len(empty))}0]}}'
        yield case(f"JSON of millions of {name}", posted(gzip.compress(bomb.encode()), JSON, headers=gzipped), 400)
    many = ",".join(f'"{CANARY}{i}":1' for i in range(200_000))
    yield case("JSON with two hundred thousand fields", posted(f"{{{many}}}", JSON), 422)
    yield case(
        "JSON with one field a hundred thousand times",
        posted('{"text":"a",' * 1 + '"text":"a",' * 99_999 + '"text":"a"}', JSON),
        200,
    )
    yield case(
        "a number beyond all numbers",
        posted(_json(length={"sentences": 0}).replace("0}", f"{'9' * 5000}}}"), JSON),
        400,
        422,
    )
    yield case("a number that is none", posted(_json().replace('"en"', "NaN"), JSON), 400)
    yield case("half a surrogate pair", posted(f'{{"text": "{CANARY} \\ud800."}}', JSON), 400, 422)
    yield case("half a surrogate pair in the bytes", posted(f"{CANARY} \ud800."), 400)
    yield case("a text that is an object", posted(f'{{"text": {{"{CANARY}": 1}}}}', JSON), 422)
    yield case("UTF-8 cut off", posted(STORY.encode() + b"\xf0\x9f\x98"), 400)
    yield case("UTF-8 in too many bytes", posted(STORY.encode() + b"\xc0\xaf"), 400)
    yield case("UTF-16 that says it is UTF-8", posted(STORY.encode("utf-16")), 400)
    yield case("UTF-32", posted(STORY.encode("utf-32"), "text/plain; charset=utf-32"), 200)
    yield case("NULs", posted("\0" * 1_000_000), 200, 422)
    yield case("a body over the limit", posted("a" * 9_000_000), 413)
    yield case(
        "a form with a thousand fields", posted("&".join(f"{CANARY}{i}=1" for i in range(1000)), FORM, to="/"), 400
    )
    yield case("a form of percents", posted("text=" + "%41" * 700_000, FORM, to="/"), 200)
    yield case("a form that is not UTF-8", posted("text=%ff%fe", FORM, to="/"), 400)
    yield case(
        "a form in parts", posted(f"--a\r\n\r\n{CANARY}\r\n--a--", "multipart/form-data; boundary=a", to="/"), 415
    )


def _json(**fields: object) -> str:
    return json.dumps({"text": STORY, "language": "en", **fields})


def _pages() -> Iterator[Hostile]:
    def page(inner: str) -> bytes:
        return posted(f"<!doctype html><html><body><p>{STORY}</p>{inner}</body></html>", HTML)

    yield case("a page a hundred thousand deep", page("<div>" * 100_000), 413)
    yield case("a page fifty thousand deep", page("<div>" * 50_000), 200, 413)
    yield case("a page of a million tags", page("<b>" * 1_000_000), 413)
    yield case("a page that opens brackets only", page("<" * 1_000_000), 200, 413)
    yield case("a page that opens comments only", page("<!--" * 400_000), 200, 413)
    yield case(
        "a page with a thousand attributes", page(f"<p {' '.join(f'a{i}=b' for i in range(1000))}>{STORY}</p>"), 200
    )
    yield case("a page with an attribute of a megabyte", page(f"<p a='{'b' * 1_000_000}'>"), 200)
    entities = "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 10))
    bomb = f'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a0 "{CANARY}">{entities}]><p>&a9;</p>'
    yield case("a page that multiplies entities", posted(bomb, HTML), 200)
    outside = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><p>&b; &b; &b;</p>'
    yield case("a page that reads files", posted(outside, HTML), 200)
    yield case(
        "a page that calls home", page("<iframe src=http://127.0.0.1:1/></iframe><img src=file:///etc/passwd>"), 200
    )
    yield case("a page of tables in tables", page("<table><tr><td>" * 2000), 200)
    yield case("a page of lists in lists", page("<ul><li>" * 5000), 200)
    yield case("a page with a script of a megabyte", page(f"<script>{'if(a<b){' * 120_000}</script>"), 200, 413)
    yield case("a page with a charset of its own", posted(f"<meta charset=utf-16><p>{STORY}</p>", HTML), 200)
    yield case("a page of metas", posted("<meta " * 300 + f"><p>{STORY}</p>", HTML), 200)
    yield case("a page of links", page("<a href=x>a</a> " * 20_000), 200, 413)


def _texts() -> Iterator[Hostile]:
    for name, text in {
        "a million one-letter sentences": "A. " * 600_000,
        "ten thousand one-letter sentences": "A. " * 10_000,
        "identical sentences": STORY * 2_000,
        "one sentence of a million letters": "a" * 1_000_000,
        "one sentence of two hundred thousand words": "word " * 200_000,
        "white space alone, but for a word": " " * 1_000_000 + CANARY + "\t" * 900_000,
        "line ends alone": "\n" * 1_000_000 + CANARY,
        "lines of one letter": "a\n" * 30_000,
        "too many lines": "a\n" * 500_000,
        "full stops": ". " * 500_000 + CANARY,
        "ellipses": "… " * 300_000 + CANARY,
        "quotation marks that open": "“" * 500_000 + STORY,
        "straight quotation marks": '"a ' * 100_000 + STORY,
        "brackets that open": "(" * 500_000 + STORY,
        "brackets in brackets": "(a " * 50_000 + ")" * 50_000 + STORY,
        "dashes": "a - " * 100_000 + STORY,
        "commas": "a, " * 100_000 + STORY,
        "relative words": "which " * 60_000 + STORY,
        "capitals before an address": "A" * 100_000 + "@" + STORY,
        "abbreviations": "U.S. " * 100_000 + STORY,
        "initials": "J. R. R. " * 60_000 + STORY,
        "numbers": "1,000.5 " * 100_000 + STORY,
        "addresses": "http://a.example/" + "a/" * 200_000 + STORY,
        "every Unicode category": _every_category() + STORY,
        "marks upon marks": "a" + "\u0301" * 500_000 + STORY,
        "directions turned around": "\u202e\u2066" * 200_000 + STORY,
        "joined emoji": "\U0001f468\u200d" * 200_000 + STORY,
        "Thai without a space": "ก" * 500_000,
        "Chinese without a stop": "字" * 500_000,
        "a dateline without end": "LINDHOLM, " * 50_000 + "(AP) - " + STORY,
        "speakers": "A: yes.\n" * 7_000 + STORY,
    }.items():
        yield case(name, posted(text), 200, 413)
    yield case("Thai without a space, read as Thai", posted("ก" * 500_000, to=f"{SUMMARIES}?language=th"), 200, 413)
    for language in ("en", "da"):
        soup = "的。字、字，" * 5_000 + CANARY
        yield case(f"stops without spaces in {language}", posted(soup, to=f"{SUMMARIES}?language={language}"), 200, 413)


def _every_category() -> str:
    """Forty characters of each category that Unicode has, surrogates left out."""
    found: dict[str, list[str]] = {}
    for point in range(sys.maxunicode + 1):
        character = chr(point)
        category = unicodedata.category(character)
        if category != "Cs" and len(found.setdefault(category, [])) < 40:
            found[category].append(character)
    return " ".join("".join(characters) for characters in found.values())


def _options() -> Iterator[Hostile]:
    def asked(query: str) -> bytes:
        return posted(STORY * 10, to=f"{SUMMARIES}?{query}")

    yield case("an option a thousand times", asked("&".join(["sentences=1"] * 600)), 422)
    yield case("an option that is none", asked(f"{CANARY}={CANARY}"), 422)
    yield case("a title of 8,000 bytes", asked(f"title={quote(CANARY * 600)}"), 200)
    yield case("a language that is a path", asked("language=../../etc/passwd"), 422)
    yield case("a number with an exponent", asked("sentences=1e308"), 422)
    yield case("a number in other digits", asked(f"sentences={quote('٣')}"), 422)
    yield case("a ratio of nearly nothing", asked("ratio=1e-300"), 200, 422)
    for name in ("lsa", "kl", "sum-basic", "reduction", "luhn"):
        text = "".join(f"Word{i} word{i * 7} meets word{i * 13}. " for i in range(12_000))
        yield case(f"a text too long for {name}", posted(text, to=f"{SUMMARIES}?algorithm={name}"), 413)
    everything = "include=keywords,blocks,explanation,text&highlights=50&sentences=1000"
    yield case("everything about identical sentences", posted(STORY * 1000, to=f"{SUMMARIES}?{everything}"), 200)
