"""How an English sentence is built, as far as shortening needs to know: tokens, what is quoted, where its verbs are."""

from __future__ import annotations

import re
from typing import NamedTuple

from service.summary.lexicon import WORDS, Mark, Word, pair_marks
from service.summary.tagging import TOKEN, tags_of

FINITE = re.compile(
    r"[VvAMHOEB](?:(?<=[VvAMHO])|(?<=[NPUCxZpRGW]E)(?=[DPTNCJIRZBqQ,UxSKG.]|$)|(?<=[UNP]B)|(?<=[NP][R,]B))"
)
"""A verb that may carry a clause, in a string of tags: one that can be nothing else, an -ed form or a base form after
what may be its subject. The letters stand first, as `re` skips to them."""
ANY_VERB = re.compile("[VvAMHOBEG]")
"""Whatever may be a verb, finite or not."""
_SURE_VERBS = frozenset("VvAMHO")
_SUBORDINATE = re.compile(r"([SW]|(?<=G)Q|(?<=,)Q(?=R?[VvAMHE]))([^,SW]*)")
_SUBORDINATOR = re.compile("[SW]|GQ|,QR?[VvAMHE]")
_SECOND_VERB = re.compile(r"(?<=[VvAMHOE])[^,VvAMHOE]*KR?([VvAMHOE])")
"""A verb that "and" joins to one before it: both are of the same clause."""
_REPORTED_VERB = re.compile("R?[Vv]UR?([VvAMHO])")
"""So is what somebody said: "who said she had come"."""
_LATENT_VERB = re.compile(r"(?<=[PN])N(?=[DRIUTQC])|(?<=P)N(?=S)")
_BEHIND_APPOSITION = re.compile("[DJNPCp]+,(?:[^,VvAMHO]*,(?=E[DNCPUZ])|R?E[IT][^,VvAMHO]*,(?=E))")
SAYING = frozenset(
    "said says say told added adds reported reports announced confirmed wrote explained warned found ruled concluded "
    "revealed shows showed suggests suggested claimed claims insisted argued acknowledged heard hears "
    "learned allege alleges".split(),
)
_MAY_BE_NOUNS = frozenset("shows reports claims".split())
_MAX_ATTRIBUTION_WORDS = 14
_MAX_OCCASION_WORDS = 24


class Reading(NamedTuple):
    """A sentence as its tokens. The lists run in parallel; `n` is their length."""

    source: str
    n: int
    words: list[str]
    lower: list[str]
    """In lower case, apostrophes straight."""
    starts: list[int]
    ends: list[int]
    tags: str
    """One letter a token (`tagging`); x inside quotations and brackets, but for a comma that closes a quotation."""
    hidden: list[bool]
    """Whether a token stands inside a quotation or bracket: no cut may start or end before it."""
    has_main_verb: bool
    """Whether a verb carries the sentence; never in another language than English."""
    has_pairs: bool
    """Whether there are quotation marks or brackets."""
    body_end: int
    """Where the final marks start."""
    attribution: int | None
    """Where the comma before a final ", the mayor said" stands."""
    binding: list[int]
    """Where negations and conditions stand (`lexicon.Mark`); likewise the next three."""
    negations: list[int]
    weak: list[int]
    limits: list[int]

    def text(self, start: int, end: int) -> str:
        """Return the source of the tokens from `start` to before `end`."""
        return self.source[self.starts[start] : self.ends[end - 1]] if start < end else ""


def read_clauses(sentence: str, *, is_english: bool) -> Reading:
    """Return the reading of a sentence; in other languages than English all letters are tagged N. Cost: linear."""
    words = TOKEN.findall(sentence)
    starts, ends = _places(sentence, words)
    known = [WORDS[word] for word in words]
    lower = [word.lower for word in known]
    plain = tags_of(known) if is_english else "".join("N" if word[0].isalnum() else WORDS[word].inner for word in words)
    has_pairs = _PAIRS.search(plain) is not None
    tags, hidden = plain, [False] * len(words)
    if has_pairs:
        hidden = _hidden(words, starts, ends, plain)
        tags = "".join(["x" if inside else letter for inside, letter in zip(hidden, plain, strict=True)])
        tags = _with_closing_commas(tags, words, hidden) if is_english else tags
    if is_english and "NT" in tags and (plan := _PLAN.match(tags)) and lower[plan.start("verb")] in _PLANNING:
        tags = f"{tags[: plan.start('verb')]}v{tags[plan.end('verb') :]}"
    if is_english and lower[:3] == ["by", "the", "time"]:
        tags = f"S{tags[1:]}"  # opens a clause
    is_clause = is_english and has_main_verb(tags)
    if is_english and not is_clause:
        tags = _with_latent_verb(tags, words, lower)
        is_clause = has_main_verb(tags)
    body_end = len(tags.rstrip("."))
    attribution = _attribution(tags, lower, body_end) if is_english else None
    marks = _marks(known, lower)
    return Reading(
        sentence, len(words), words, lower, starts, ends, tags, hidden, is_clause, has_pairs, body_end, attribution,
        binding=[number for number, mark in marks if mark & Mark.BINDING],
        negations=[number for number, mark in marks if mark & Mark.NEGATION],
        weak=[number for number, mark in marks if mark & Mark.WEAK],
        limits=[number for number, mark in marks if mark & Mark.LIMIT],
    )  # fmt: skip


_PAIRS = re.compile("[q'()]")
_PLAN = re.compile(r"[DJNPC]*P(?:,D[^,VvAMHO]*,)?(?P<verb>N)TR?[BENvJ][^,VvAMHOSQW]*(?:[,.SK]|$)")
_PLANNING = frozenset("plans aims hopes needs moves vows pledges".split())
"""More often nouns; but behind a name, with an infinitive and no verb of their own: "Norrtech plans to cut jobs"."""


def _places(sentence: str, words: list[str]) -> tuple[list[int], list[int]]:
    """Return where each token starts and where it ends."""
    starts, ends, end = [], [], 0
    find = sentence.index
    for word in words:
        start = find(word, end)
        end = start + len(word)
        starts.append(start)
        ends.append(end)
    return starts, ends


def _marks(known: list[Word], lower: list[str]) -> list[tuple[int, int]]:
    """Return (token, marks) for the tokens that what is said hangs on."""
    marked = [(number, word.marks) for number, word in enumerate(known) if word.marks]
    following = [*lower, "", ""]
    return [
        (number, mark | pair_marks(lower[number], *following[number + 1 : number + 3]) if mark & Mark.OPENS else mark)
        for number, mark in marked
    ]


def _hidden(words: list[str], starts: list[int], ends: list[int], tags: str) -> list[bool]:
    """Tell for each token whether it is inside a quotation or a bracket, closing marks included.

    After an opening mark that nothing closes all is inside.
    """
    hidden = [False] * len(words)
    opened: int | None = None
    for number, word in enumerate(words):
        if word not in _QUOTATION_MARKS:
            continue
        if opened is None:
            opened = number if _may_open(words, number, starts, ends) else None
        elif _closes(words[opened], word, number, starts, ends):
            hidden[opened + 1 : number + 1] = [True] * (number - opened)
            opened = None
    if opened is not None:
        hidden[opened + 1 :] = [True] * (len(words) - opened - 1)
    depth = 0
    for number, letter in enumerate(tags):
        depth += (letter == "(") - (letter == ")")
        hidden[number] |= (depth > 0 and letter != "(") or letter == ")"
    return hidden


_QUOTATION_MARKS = frozenset("\"“”'‘’")
_SINGLE_MARKS = frozenset("'‘’")


def _may_open(words: list[str], number: int, starts: list[int], ends: list[int]) -> bool:
    """Say whether a mark may open a quotation: a single one only at the start of a word, and not in "the '90s"."""
    if words[number] not in _SINGLE_MARKS:
        return True
    gap_before = number == 0 or starts[number] > ends[number - 1]
    joined = number + 1 < len(starts) and starts[number + 1] == ends[number]
    return gap_before and joined and not words[number + 1][0].isdigit()


def _closes(opening: str, word: str, number: int, starts: list[int], ends: list[int]) -> bool:
    """Say whether a mark closes what `opening` opened."""
    if opening in _SINGLE_MARKS:
        return word in _SINGLE_MARKS and starts[number] == ends[number - 1]
    return word not in _SINGLE_MARKS and word != "“"


def _with_closing_commas(tags: str, words: list[str], hidden: list[bool]) -> str:
    """Let a quotation that closes on a comma end in one: the comma in ‘“We won,” he said’ parts clauses."""
    letters = list(tags)
    for number in range(1, len(words)):
        closes = hidden[number] and words[number] in "\"”'’" and words[number - 1] == ","
        if closes and not (number + 1 < len(words) and hidden[number + 1]):
            letters[number] = ","
    return "".join(letters)


def _with_latent_verb(tags: str, words: list[str], lower: list[str]) -> str:
    """Where no verb was found, take the first word that may be one: "The candidates face off in a debate"."""
    if behind := _BEHIND_APPOSITION.match(tags):
        return f"{tags[: behind.end()]}V{tags[behind.end() + 1 :]}"  # "Ana Lund, a captain, spent years at sea"
    for match in _LATENT_VERB.finditer(tags):
        number = match.start()
        is_plan = lower[number] in _PLANNING and tags[number + 1] == "T"
        follows_plural = tags[number - 1] == "P" or lower[number - 1].endswith("s") or is_plan
        if tags[number - 3 : number] == "IDP" or (tags[number + 1] == "S" and not lower[number].endswith("s")):
            continue  # "Lund grins as …", but not "the Lund ferry after …", "of the Lund sisters"
        if follows_plural and words[number].islower() and not lower[number].endswith(("tion", "ment", "ness", "ity")):
            return f"{tags[:number]}v{tags[number + 1 :]}"
    return tags


def _attribution(tags: str, lower: list[str], body_end: int) -> int | None:
    """Return where a final attribution's comma stands: ", according to the mayor", ", a source told the paper"."""
    comma = _comma_before_source(tags, lower, body_end)
    if comma < 0 or not has_main_verb(tags[:comma]):
        return None  # "Earlier on Monday, the mayor said …": nothing is claimed before
    first, words = tags[comma + 1], lower[comma + 1 : body_end]
    if words[0] == "according":
        return comma
    # "…, not a cure as it claims"; "Ana Lund, in a letter, told the crew that …"; "…, shortly after she was found";
    # "…, a step that she says …"
    if words[0] in {"not", "shortly", "soon", "told"} or _SAID_OF_NOUN.match(tags, comma + 1):
        return None
    if _AFTER_IT.match(tags, comma + 1) or _SAYS_THAT.match(tags, comma + 1):
        return None  # "…, two years after guards found that …"; "opponents, led by Lund, say it is …"
    if words[:2] == ["one", "of"] and words[-1] in _MAY_BE_NOUNS:
        return None  # "…, one of the town's best known boat shows"
    is_saying = SAYING.intersection(words[:_MAX_ATTRIBUTION_WORDS]) and len(words) <= _MAX_OCCASION_WORDS
    return comma if is_saying and first not in "GKSXEIWMAHO" else None


_AFTER_IT = re.compile("[RCDJ]*NS")
_SAYS_THAT = re.compile("[VvBE][UDJNPC]+[AMH]")
_SAID_OF_NOUN = re.compile("[DCJNRZ]+Q[DJNPUC]")
_PLACE_OF_SOURCE = re.compile(r",D[JNP]+,P{1,3}$")
_PLACE_ONLY = re.compile(r",P{1,3}$")
_NAME_AND_CALLING = re.compile(r",P{1,4},D[JNPp]+(?:I[DJNPp]+)?$")


def _comma_before_source(tags: str, lower: list[str], body_end: int) -> int:
    """Return the last comma, or one before it: names of places, or of sources, have commas of their own."""
    first = max(2, body_end - _MAX_OCCASION_WORDS)
    for number in range(first, body_end - 1):
        if tags[number] == "," and lower[number + 1] == "according":
            return number
    comma = tags.rfind(",", 2, body_end - 1)
    if comma >= 0 and lower[comma + 1] in SAYING and (named := _NAME_AND_CALLING.search(tags, 0, comma)):
        return named.start()  # "…, Ana Lund, the captain's sister, told a court"
    if comma >= 0 and tags[comma + 1] in "JN" and (place := _PLACE_OF_SOURCE.search(tags, 0, comma)):
        return place.start()  # "…, a Lindholm, Zealand, court official said"
    if (
        comma >= 0
        and tags[comma + 1] == "V"
        and (tags[comma + 2 : comma + 3] not in tuple("PDNU") or lower[comma + 2].endswith("day"))
    ):
        # "…, officials in Lindholm, Zealand, said on Friday"
        place = _PLACE_ONLY.search(tags, 0, comma)
        comma = tags.rfind(",", 2, place.start()) if place else comma
    return comma


def has_main_verb(tags: str) -> bool:
    """Say whether the finite verbs of a string of tags outnumber the subordinate clauses that need one each."""
    if _SUBORDINATOR.search(tags) is None:
        return FINITE.search(tags) is not None
    balance = sum(map(_verb_weight, FINITE.findall(tags)))
    for clause in _SUBORDINATE.finditer(tags):
        word, rest = clause.groups()
        if word == "Q" and FINITE.search(tags, 0, clause.start()):
            continue  # "… left, saying that …": the main verb has come
        if word == "S" and rest.startswith("G") and clause.start():
            continue  # "who fell ill {while working abroad} came home"
        taken = FINITE.search(tags, *clause.span(2)) or (FINITE.search(tags, clause.end()) if word == "W" else None)
        balance -= _verb_weight(taken.group()) if taken else 0
        # as in "who broke in and beat her {has been freed}"
        seconds = [match.start(1) for match in _SECOND_VERB.finditer(tags, *clause.span(2))]
        if word == "W" and (reported := _REPORTED_VERB.match(tags, clause.start(2))):
            seconds.append(reported.start(1))
        balance -= sum(_verb_weight(tags[number]) for number in seconds if FINITE.match(tags, number))
    return balance > 0


def _verb_weight(letter: str) -> float:
    """Count a verb that may be a participle half."""
    return 1.0 if letter in _SURE_VERBS else 0.5
