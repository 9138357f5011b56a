// The same request as curl, Python and JavaScript, with nothing to install and ready to paste.

const KEY = "NUTGRAF_API_KEY";
const shell = (text) => `'${text.replaceAll("'", "'\\''")}'`;

/** JSON in which no character is unseen or turns the direction of the code; JSON is JavaScript and, here, Python too. */
function json(value, indent) {
  const source = JSON.stringify(value, null, indent);
  return source.replace(/[\p{Cf}\p{Cc}\u2028\u2029]/gu, (character) =>
    character === "\n" ? character : unicodeEscape(character),
  );
}

/** JSON as lines to paste: an interactive bash takes "!" for a reference to its history, even where it is quoted. */
const lines = (request) => json(request, 2).replaceAll("!", "\\u0021");

function unicodeEscape(character) {
  return Array.from({ length: character.length }, (_, at) => {
    return `\\u${character.charCodeAt(at).toString(16).padStart(4, "0")}`;
  }).join("");
}

export const snippets = {
  curl: (address, request, withKey) =>
    [
      `curl ${shell(address)}`,
      "-H 'Content-Type: application/json'",
      ...(withKey ? [`-H "Authorization: Bearer $${KEY}"`] : []),
      "--data-binary @- <<'NUTGRAF'", // a shell takes no argument as long as a text may be
    ].join(" \\\n  ") + `\n${lines(request)}\nNUTGRAF`,

  python: (address, request, withKey) =>
    `import json
${withKey ? "import os\n" : ""}import urllib.request

article = json.loads(r"""${json(request, 2)}""")
headers = {"Content-Type": "application/json"${withKey ? `, "Authorization": "Bearer " + os.environ["${KEY}"]` : ""}}
request = urllib.request.Request(${json(address)}, json.dumps(article).encode(), headers)
with urllib.request.urlopen(request) as reply:
    print(json.load(reply)["summary"])`,

  javascript: (address, request, withKey) =>
    `const reply = await fetch(${json(address)}, {
  method: "POST",
  headers: { "Content-Type": "application/json"${withKey ? `, Authorization: \`Bearer \${process.env.${KEY}}\`` : ""} },
  body: JSON.stringify(${json(request, 2).replaceAll("\n", "\n  ")}),
});
console.log((await reply.json()).summary);`,
};
