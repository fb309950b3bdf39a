"""Finds where somebody lives and goes to school: addresses, postcodes, schools. Like `analysis/identifiers.py`, linear in time."""

from __future__ import annotations

import re
from collections.abc import Iterator

from analysis.identifiers import Span
from analysis.name_lists import around, is_plain, key_of, names

_AREAS = (
    "AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX FK FY G GL GU GY HA HD HG HP HR HS HU HX "
    "IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR "
    "SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO ZE"
)
_AREA = "(?:" + "|".join(sorted(_AREAS.split(), key=len, reverse=True)) + ")"
_LONG_AREA = "(?:" + "|".join(area for area in _AREAS.split() if len(area) == 2) + ")"
_POSTCODE = re.compile(
    rf"\b{_AREA}\d[A-Z\d]? {{0,2}}\d(?!st\b|nd\b|rd\b|th\b)(?P<last>[ABD-HJLNP-UW-Z]{{2}})\b", re.IGNORECASE
)
_OUTWARD = re.compile(rf"\b{_LONG_AREA}\d{{1,2}}[A-Z]?\b(?! ?(?:road|motorway|level))")
_OUTWARD_AFTER = re.compile(
    rf"\b(?:postcode|post code|live in|lives in|lived in|living in|moved to|around|near|in)(?: is| area|:)? (?P<code>{_AREA}\d{{1,2}}[A-Z]?)\b(?! ?(?:road|motorway|level))",
    re.IGNORECASE,
)
_TEXT_SPEAK = frozenset(("us", "be", "ur", "hr", "ft", "yr", "wk", "ps", "st", "nd", "rd", "th", "un", "da"))

_STREET = "|".join(sorted(around().streets, key=len, reverse=True))
_WEAKER_STREET = "|".join(sorted(around().weaker_streets, key=len, reverse=True))
_WORD = r"[^\W\d_][\w'\u2019-]{0,30}"
_HOUSE = re.compile(
    rf"(?P<live>\b(?:live|lives|living|lived|moved|stay|stays|staying|based|address|addy|house|home|is|at|to)(?: is| at| in| on| to|:)? )?"
    rf"(?P<door>\b(?:(?:flat|apartment|apt|unit|room) (?:no\.? ?)?\w{{1,4}}(?:, ?| )(?:{_WORD} (?:house|court|lodge|tower),? )?)?(?:number |no\.? ?)?)?"
    rf"\b(?P<number>\d{{1,4}}[a-z]?)\b(?: (?:on|in|at|of|down) (?:the )?|,? (?:the )?)(?P<street>(?:{_WORD} ){{1,3}}?)(?:(?P<strong>{_STREET})|(?P<weak>{_WEAKER_STREET}))\b\.?",
    re.IGNORECASE,
)
_TITLED = rf"[A-Z][\w'\u2019-]{{1,30}}"
_STREET_ALONE = re.compile(
    rf"\b(?P<street>(?:{_TITLED} ){{1,3}})(?:Road|Rd|Street|Lane|Avenue|Ave|Crescent|Terrace|Close|Drive|Gardens|Mews|Grove|Court|Way)\b"
)
_STREET_LIVED_IN = re.compile(
    rf"\b(?:live|lives|lived|living|stay|staying|moved) (?:on|in|at|down|up|to|round) (?P<place>(?P<street>(?:{_WORD} ){{1,2}})(?:{_STREET}))\b",
    re.IGNORECASE,
)
_FLAT = re.compile(
    r"\b(?:flat|apartment|apt)\.? ?(?:no\.? ?|number )?(?:\d{1,4}[a-z]?|[A-Z])\b(?P<rest> \w{1,12})?", re.IGNORECASE
)
_AT_NUMBER = re.compile(
    r"\b(?:live|lives|lived|living|over|house|door|neighbours?|them|her|him|mum|nan|dad) ?(?:at |from |in )?(?P<door>(?:number|no\.?) ?\d{1,4}[a-z]?)\b|\bat (?P<at>(?:number|no\.?) ?\d{1,4}[a-z]?)\b(?! bus)",
    re.IGNORECASE,
)
_MAIN = frozenset(
    (
        "high",
        "main",
        "the",
        "our",
        "my",
        "your",
        "his",
        "her",
        "this",
        "that",
        "any",
        "a",
        "an",
        "no",
        "every",
        "one",
        "on",
        "in",
        "at",
        "from",
    )
)

_SCHOOL = "|".join(sorted(around().schools - {"community", "high", "sixth"}, key=len, reverse=True))
_CAPITAL_SCHOOL = (
    rf"(?:{'|'.join(word.capitalize() for word in sorted(around().schools - {'community', 'sixth'}))}|Sixth Form|PRU)"
)
_NAMED_SCHOOL = re.compile(
    rf"\b(?P<name>(?:{_TITLED}(?: (?:of|the|and|&))? ){{1,4}})(?P<kind>{_CAPITAL_SCHOOL}(?: {_CAPITAL_SCHOOL}){{0,3}})\b(?P<more>(?: School| school| college| academy)?)"
)
_LOWER_SCHOOL = re.compile(
    rf"\b(?P<name>{_WORD}) (?:primary|academy|grammar|college|sixth form|(?:{_SCHOOL}|high) school)\b(?: school\b)?",
    re.IGNORECASE,
)
_SAINT = re.compile(
    rf"\b(?:St|Saint|Ss)\b\.? (?P<name>{_TITLED}(?: (?:of|the|and|&) (?:the )?{_TITLED}){{0,2}})(?P<rest>(?: {_WORD}){{0,2}})|\bst\.? (?P<lower>{_WORD})(?: (?:{_SCHOOL})\b)?"
)


def whereabouts(text: str) -> Iterator[Span]:
    """Every address, postcode and school in `text`. Pieces may overlap: the first kinds win."""
    yield from _houses(text)
    yield from _schools(text)
    yield from _streets(text)
    yield from _doors(text)
    yield from _postcodes(text)


def _postcodes(text: str) -> Iterator[Span]:
    for match in _POSTCODE.finditer(text):
        if match.group().isupper() or match["last"].lower() not in _TEXT_SPEAK:
            yield Span(*match.span(), "postcode")
    yield from (Span(*match.span(), "postcode") for match in _OUTWARD.finditer(text))
    for match in _OUTWARD_AFTER.finditer(text):
        if match["code"][1].isalpha() or match["code"].isupper():
            yield Span(*match.span("code"), "postcode")


def _houses(text: str) -> Iterator[Span]:
    for match in _HOUSE.finditer(text):
        start = match.end("live") if match["live"] else match.start()
        if _is_house(match):
            yield Span(start, match.end(), "address")


def _streets(text: str) -> Iterator[Span]:
    for match in _STREET_ALONE.finditer(text):
        words = match["street"].split()
        while words and (key_of(words[0]) in _MAIN or (len(words) > 1 and key_of(words[0]) in around().units)):
            words = words[1:]
        if words:
            yield Span(match.start() + match["street"].rindex(" ".join(words)), match.end(), "address")
    for match in _STREET_LIVED_IN.finditer(text):
        if around().units.isdisjoint(match["street"].lower().split()) and _MAIN.isdisjoint(
            match["street"].lower().split()
        ):
            yield Span(*match.span("place"), "address")


def _is_house(match: re.Match[str]) -> bool:
    words = match["street"].lower().split()
    if not around().units.isdisjoint(words):
        return False
    titled = all(word[0].isupper() for word in match["street"].split())
    weak = match["weak"] is not None
    if weak and not (titled and match["weak"][0].isupper()):
        return bool(match["live"] or (match["door"] or "").strip()) and not is_word_for_room(words[-1])
    return titled or match["live"] is not None or bool(match["door"]) or not weak


def is_word_for_room(word: str) -> bool:
    """Whether `word` stands before "place", "court" or "way" without making an address of it: "1 nursery place"."""
    return word in around().schools or word in {
        "spare",
        "parking",
        "free",
        "quiet",
        "tennis",
        "football",
        "school",
        "hour",
        "minute",
        "week",
        "day",
    }


def _doors(text: str) -> Iterator[Span]:
    for match in _FLAT.finditer(text):
        rest = (match["rest"] or "").strip().lower()
        door = match.end("rest") - len(match["rest"]) if match["rest"] else match.end()
        short = text[match.start() : door].split()[-1]
        if rest not in around().units - {"and", "or", "in", "on", "at", "to", "of", "with", "the", "my"} and (
            any(map(str.isdigit, short)) or (short.isupper() and short != "I")
        ):
            yield Span(match.start(), door, "address")
    for match in _AT_NUMBER.finditer(text):
        group = "door" if match["door"] else "at"
        yield Span(*match.span(group), "address")


def _schools(text: str) -> Iterator[Span]:
    for match in _NAMED_SCHOOL.finditer(text):
        words = match["name"].split(" ")[:-1]
        while words and (
            key_of(words[0]) in _NO_SCHOOL_BEGINS or (is_plain(key_of(words[0])) and not words[0][0].isupper())
        ):
            words = words[1:]
        if words and (match["kind"] != "High" or match["more"] or not is_plain(key_of(words[-1]))):
            yield Span(match.start() + match["name"].rindex(" ".join(words)), match.end(), "school")
    for match in _LOWER_SCHOOL.finditer(text):
        key = key_of(match["name"])
        if (
            not is_plain(key)
            and key not in names().first
            and key.isalpha()
            and len(key) > 3
            and "-" not in match["name"]
        ):
            yield Span(*match.span(), "school")
    for match in _SAINT.finditer(text):
        yield from _saint(match)


def _saint(match: re.Match[str]) -> Iterator[Span]:
    """ "St Mary's" is a school unless a church or a hospital follows; without capitals it must end in "s"."""
    if match["lower"]:
        key = key_of(match["lower"])
        if (key.endswith("s") and (key[:-1] in names().first or key in names().first)) or match.end() > match.end(
            "lower"
        ):
            yield Span(*match.span(), "school")
        return
    rest = match["rest"].lower().split()
    if rest and rest[0] in around().church_words | around().streets | around().weaker_streets:
        return
    schools = around().schools | {"rc", "ce", "cofe", "catholic", "form"}
    kept = 0
    for word in match["rest"].split():
        if word.lower() not in schools:
            break
        kept += len(word) + 1
    yield Span(match.start(), match.end("name") + kept, "school")


_NO_SCHOOL_BEGINS = _MAIN | frozenset(
    (
        "at",
        "in",
        "from",
        "to",
        "year",
        "years",
        "early",
        "new",
        "old",
        "some",
        "all",
        "primary",
        "secondary",
        "nursery",
        "was",
        "is",
        "and",
        "but",
        "special",
        "local",
        "mainstream",
        "for",
        "she",
        "he",
        "they",
        "when",
        "if",
        "i",
        "we",
        "after",
        "before",
        "since",
        "lovely",
        "good",
        "their",
        "which",
        "what",
        "parenting",
        "family",
        "help",
        "mum",
        "dad",
        "miss",
        "mr",
        "mrs",
        "virtual",
        "infant",
        "junior",
        "since",
        "both",
        "every",
        "each",
        "another",
    )
)
