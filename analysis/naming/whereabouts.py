"""Finds where somebody lives and goes to school: addresses, postcodes, schools. As linear as `identifiers.py`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from analysis.naming.identifiers import Span
from analysis.naming.lists import around, is_plain, key_of, names


def _either(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_WORD = r"[^\W\d_][\w'\u2019-]{0,30}"
_TITLED = r"[A-Z][\w'\u2019-]{1,30}"
_DIGIT = re.compile(r"\d")

_POSTCODE = re.compile(
    r"\b(?P<area>[A-Z]{1,2})\d[A-Z\d]? {0,2}\d(?!st\b|nd\b|rd\b|th\b)(?P<last>[ABD-HJLNP-UW-Z]{2})\b", re.IGNORECASE
)
_TEXT_SPEAK = frozenset(("us", "be", "ur", "hr", "ft", "yr", "wk", "ps", "un", "da"))
_OUTWARD = re.compile(
    r"(?P<cue>\b(?:post ?code|live|lives|lived|living|moved|near|around|over|in)(?: is| in| to| area|:)? )?"
    r"\b(?P<code>(?P<area>[A-Z]{1,2})\d{1,2}[A-Z]?)\b(?! ?(?:road|motorway|level))",
    re.IGNORECASE,
)

_STREET = _either(around().streets)
_HOUSE = re.compile(
    rf"(?P<door>(?:(?:flat|apartment|apt|unit|room) (?:no\.? ?)?\w{{1,4}}(?:, ?| )(?:{_WORD} {_WORD},? )?)?"
    r"(?:number |no\.? ?)?)\b\d{1,4}[a-z]?\b(?: (?:on|in|at|of|down) (?:the )?|,? (?:the )?)"
    rf"(?P<street>(?:{_WORD} ){{1,3}}?)(?:{_STREET}|(?P<weak>{_either(around().weaker_streets)}))\b\.?",
    re.IGNORECASE,
)
_LIVING = re.compile(
    r"\b(?:live|lives|living|lived|moved|stays?|staying|based|address|addy|house|home|is|at|to)(?: is| at| in| on| to|:)? $",
    re.IGNORECASE,
)
_STREET_ALONE = re.compile(
    rf"\b(?P<street>(?:{_TITLED} ){{1,3}})"
    r"(?:Road|Rd|Street|Lane|Avenue|Ave|Crescent|Terrace|Close|Drive|Gardens|Mews|Grove|Court|Way)\b"
)
_STREET_LIVED_IN = re.compile(
    r"\b(?:live|lives|lived|living|stay|staying|moved) (?:on|in|at|down|up|to|round) "
    rf"(?P<place>(?P<street>(?:{_WORD} ){{1,2}})(?:{_STREET}))\b",
    re.IGNORECASE,
)
_FLAT = re.compile(
    r"\b(?P<door>(?:[Ff]lat|[Aa]partment|[Aa]pt)\.? ?(?:no\.? ?|number )?(?:\d{1,4}[a-z]?|[A-HJ-Z]))\b"
    r"(?: (?P<rest>\w{1,12}))?"
)
_NUMBER = r"(?:number|no\.?) ?\d{1,4}[a-z]?\b(?! bus)"
_AT_NUMBER = re.compile(
    rf"\b(?:at|live|lives|lived|living|over|house|door|neighbours?|mum|nan|dad) (?:at |from |in )?(?P<door>{_NUMBER})",
    re.IGNORECASE,
)

_SCHOOL = _either(around().schools - {"community", "high", "sixth"})
_CAPITAL_SCHOOL = (
    f"(?:{_either(word.capitalize() for word in around().schools - {'community', 'sixth'})}|Sixth Form|PRU)"
)
_NAMED_SCHOOL = re.compile(
    rf"\b(?P<name>(?:{_TITLED}(?: (?:of|the|and|&))? ){{1,4}})(?P<kind>{_CAPITAL_SCHOOL}(?: {_CAPITAL_SCHOOL}){{0,3}})\b"
    r"(?P<more>(?: School| school| college| academy)?)"
)
_LOWER_SCHOOL = re.compile(
    rf"\b(?P<name>{_WORD}) (?:primary|academy|grammar|college|sixth form|(?:{_SCHOOL}|high) school)\b(?: school\b)?",
    re.IGNORECASE,
)
_PART_OF_SCHOOL = _either(around().parts_of_school | around().kinds_of_school)
_SCHOOL_OF_SEVERAL_WORDS = re.compile(
    rf"\b(?P<name>{_WORD}) (?P<parts>(?:(?:{_PART_OF_SCHOOL}) ){{1,3}})"
    rf"(?:(?:{_SCHOOL}|high|sixth form)(?: (?:{_SCHOOL}))?|school)\b",
    re.IGNORECASE,
)
_SAINT = re.compile(
    rf"\b(?:St|Saint|Ss)\b\.? (?P<name>{_TITLED}(?: (?:of|the|and|&) (?:the )?{_TITLED}){{0,2}})"
    rf"(?P<rest>(?: {_WORD}){{0,4}})"
    rf"|\bst\.? (?P<lower>{_WORD})(?P<school> (?:{_SCHOOL})\b)?"
)
_KINDS_OF_SCHOOL = around().schools | {"rc", "ce", "cofe", "catholic", "form"}


def whereabouts(text: str) -> Iterator[Span]:
    """Every address, postcode and school in `text`. Pieces may overlap: the first kinds win."""
    if _DIGIT.search(text):
        yield from _houses(text)
        yield from _postcodes(text)
    yield from _schools(text)
    yield from _streets(text)
    yield from _doors(text)


def _houses(text: str) -> Iterator[Span]:
    for match in _HOUSE.finditer(text):
        words = match["street"].split()
        if not around().units.isdisjoint(map(key_of, words)):
            continue
        titled = all(word[0].isupper() for word in words)
        told = bool(match["door"]) or _LIVING.search(text, max(0, match.start() - 30), match.start()) is not None
        if (
            not match["weak"]
            or (titled and match["weak"][0].isupper())
            or (told and words[-1].lower() not in around().rooms)
        ):
            yield Span(*match.span(), "address")


def _postcodes(text: str) -> Iterator[Span]:
    """Whole ones; the first half where nothing else looks like it ("ME14", but "M20" and "me2" only after "live in")."""
    for match in _POSTCODE.finditer(text):
        is_area = match["area"].lower() in around().areas
        if is_area and (match.group().isupper() or match["last"].lower() not in _TEXT_SPEAK):
            yield Span(*match.span(), "postcode")
    for match in _OUTWARD.finditer(text):
        two_letters, upper = len(match["area"]) == 2, match["code"].isupper()
        certain = (two_letters and upper) or (match["cue"] and (two_letters or upper))
        if certain and match["area"].lower() in around().areas:
            yield Span(*match.span("code"), "postcode")


def _schools(text: str) -> Iterator[Span]:
    for match in _SAINT.finditer(text):
        yield from _saint(match)
    for match in _NAMED_SCHOOL.finditer(text):
        name = _without_beginning(match["name"])
        if name and (match["kind"] != "High" or match["more"] or not is_plain(key_of(name.split()[-1]))):
            yield Span(match.end("name") - len(name), match.end(), "school")
    for match in _LOWER_SCHOOL.finditer(text):
        if _names_a_school(match):
            yield Span(*match.span(), "school")
    yield from _schools_of_several_words(text)


def _schools_of_several_words(text: str) -> Iterator[Span]:
    for match in _SCHOOL_OF_SEVERAL_WORDS.finditer(text):
        parts = [key_of(part) for part in match["parts"].split()]
        several = len([part for part in parts if part in around().parts_of_school]) > 1
        if _names_a_school(match) or (several and key_of(match["name"]) in around().parts_of_school):
            yield Span(*match.span(), "school")
        elif several:
            yield Span(match.start("parts"), match.end(), "school")


def _names_a_school(match: re.Match[str]) -> bool:
    """Whether what stands before "primary" or "park grammar" is a name: a town ("in Poland" is none), or no word at all."""
    word = match["name"]
    key = key_of(word)
    if key in around().places:
        is_country = match.string[max(0, match.start() - 3) : match.start()].lower() == "in "
        return key not in around().wordy_places and not is_country
    return len(key) > 3 and "-" not in word and not is_plain(key) and key not in names().first


def _without_beginning(name: str) -> str:
    """The part of "At The Oakfield " that is the name of a place, with the space behind it."""
    while name and key_of(name.split(" ", 1)[0]) in around().no_names_of_places:
        name = name.partition(" ")[2]
    return name


def _saint(match: re.Match[str]) -> Iterator[Span]:
    """ "St Mary's" is a school unless a church, a hospital or a street follows; without capitals it must end in "s"."""
    if match["lower"]:
        key = key_of(match["lower"])
        if match["school"] or (key.endswith("s") and not names().first.isdisjoint({key, key[:-1]})):
            yield Span(*match.span(), "school")
        return
    rest = match["rest"].split()
    if rest and rest[0].lower() in around().church_words | around().streets | around().weaker_streets:
        return
    end = match.end("name")
    for word in rest:
        if word.lower() not in _KINDS_OF_SCHOOL:
            break
        end += len(word) + 1
    yield Span(match.start(), end, "school")


def _streets(text: str) -> Iterator[Span]:
    for match in _STREET_ALONE.finditer(text):
        name = _without_beginning(match["street"])
        if name:
            yield Span(match.end("street") - len(name), match.end(), "address")
    for match in _STREET_LIVED_IN.finditer(text):
        words = {key_of(word) for word in match["street"].split()}
        if words.isdisjoint(around().units) and words.isdisjoint(around().no_names_of_places):
            yield Span(*match.span("place"), "address")


def _doors(text: str) -> Iterator[Span]:
    for match in _FLAT.finditer(text):
        if (match["rest"] or "").lower() not in _UNITS:
            yield Span(*match.span("door"), "address")
    yield from (Span(*match.span("door"), "address") for match in _AT_NUMBER.finditer(text))


_UNITS = around().units - {"and", "or", "in", "on", "at", "to", "of", "with", "the", "my"}
"""What follows a number that counts something: "flat 2 years ago"."""
