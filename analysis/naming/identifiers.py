"""Finds what names a person without being a name: mail, links, handles, references, dates of birth, numbers.

Every pattern begins at a boundary and repeats a bounded number of times: the time taken grows with the length of the text.
Telephone numbers are not looked for by their plan: whatever is as long as one goes, be it a number of a bank or of a case.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from analysis.naming.lists import around, is_plain, key_of


class Span(NamedTuple):
    """A piece of the text, from `start` to `end`, and what stands there."""

    start: int
    end: int
    kind: str


_MAIL = re.compile(r"(?<![\w.+%-])[\w.+%-]{1,64}[ ]?@[ ]?[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
_SPOKEN_MAIL = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64}(?: dot [\w-]{1,30}){0,3} ?(?:\bat\b|\(at\)|\[at\]) ?"
    r"(?:(?:g ?mail|hotmail|outlook|yahoo|icloud|btinternet|googlemail)\b(?: ?(?:\bdot\b|\.) ?(?:com|co|uk|net|org)\b){0,2}"
    r"|[\w-]{1,30} ?(?:\bdot\b|\.) ?(?:com|co|uk|net|org)\b(?: ?(?:\bdot\b|\.) ?uk\b)?)",
    re.IGNORECASE,
)
_LINK = re.compile(
    r"(?:https?://|\bwww\.)[^\s\[\]<>]{1,2000}"
    r"|(?<![\w@.-])(?:(?:t|wa|fb|m)\.me/[^\s\[\]<>]{1,500}"
    r"|(?:[a-z0-9-]{1,63}\.){1,5}(?:com|co\.uk|org|uk|net|gov|info|ly|gg|tv|app)\b(?:/[^\s\[\]<>]{0,500})?)",
    re.IGNORECASE,
)
_AT_HANDLE = re.compile(r"(?<![\w@.])@[^\W\d][\w.]{1,40}")
_PLATFORM = "|".join(sorted(around().platforms, key=len, reverse=True)) + "|tik tok|gamer ?tag|user ?name"
_NAMED_HANDLE = re.compile(
    rf"\b(?P<add>add (?:me|him|her|us|them) (?:on|at|as) )?(?:{_PLATFORM})\b"
    r"(?: (?:name|user|username|account|tag|id|handle))?(?P<tells>\s{0,2}(?:is|iz|are|[:=-]|'s)|)\s{1,2}"
    r"(?:@ ?)?(?P<handle>[\w][\w.-]{1,39}(?:\#\d{3,5}\b)?)(?<![.-])",
    re.IGNORECASE,
)
_ADD_ME = re.compile(
    r"\badd (?:me|him|her|us|them)(?: (?:on|as|at))?:? @?(?P<handle>(?=[\w.-]{0,39}[\d_])[^\W\d][\w.-]{2,39})",
    re.IGNORECASE,
)

_INSURANCE = re.compile(r"\b[A-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b", re.IGNORECASE)
_PUPIL = re.compile(r"\b[A-Z]\d{11}[\dA-Z]\b", re.IGNORECASE)
_PLATE = re.compile(r"\b(?:[A-Z]{2}\d{2}|[A-Z]\d{1,3}) ?(?P<last>[A-Z]{3})\b")
_REFERENCE = re.compile(
    r"\b(?:ref|reference|case|claim|nhs|crime|incident|ni|national insurance|passport|upn|policy|account|licence|pupil"
    r"|hospital|patient|log)(?P<told> ?(?:no\.?|number|num|id|ref|reference|#))?(?: ?(?:is|was|:|-|#))? ?"
    r"(?P<code>[A-Z]{0,4}[-/ ]?\d[\dA-Z/-]{2,20}(?: \d{2,6}){0,4})\b",
    re.IGNORECASE,
)

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_DATE = re.compile(
    rf"\b(?:\d{{1,2}} ?(?:st|nd|rd|th)?(?: of)?[ /.-]?{_MONTH}(?:[ ,/.-]{{1,2}}'?\d{{2,4}}\b)?"
    rf"|{_MONTH} ?(?:the )?\d{{1,2}}(?:st|nd|rd|th)?\b(?:[ ,]{{1,2}}\d{{4}}\b)?|{_MONTH} ?\d{{4}}\b"
    r"|(?:0?[1-9]|[12]\d|3[01]) ?[/.-] ?(?:0?[1-9]|1[0-2]) ?[/.-] ?(?:\d{4}|\d{2})\b"
    r"|(?:19|20)\d\d[/.-]\d{1,2}[/.-]\d{1,2}\b|\d{1,2} \d{1,2} (?:19|20)\d\d\b)",
    re.IGNORECASE,
)
_YEAR = re.compile(
    r"\b(?:19[2-9]\d|20[0-3]\d)\b|\b\d{1,2}/\d{1,2}\b|\b(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])(?:(?:19|20)\d\d|\d\d)\b"
)
_BIRTH = re.compile(r"\b(?:born|d\.? ?o\.? ?b\b\.?|date of birth|birth ?da(?:y|te)|b-?day)s?\b", re.IGNORECASE)
_NEW_SENTENCE = re.compile(r"[!?\n]|\.\s+[A-Z]")
_BEFORE_A_DATE, _AFTER_A_DATE = 40, 30

_BETWEEN = r"[ ().\u2010-\u2015/_-]"
_DIGITS = re.compile(
    rf"(?<![\d£$€])(?<![^\W\d_]\.)[+(]{{0,2}}(?:\d|(?<![^\W\d_])[oO](?=\d))"
    rf"(?:{_BETWEEN}{{0,3}}(?:\d|[oO](?![^\W\d_oO]))){{5,40}}"
)
_NO_NUMBER = re.compile(rf"(?:\d{{1,2}}{_BETWEEN}{{1,3}}){{2,}}\d{{1,2}}|(?:(?:19|20)\d\d{_BETWEEN}{{0,3}})+(?:\d\d)?")
_BANK = re.compile(r"\d\d-\d\d-\d\d")
_FIGURE = r"(?:oh|o|zero|nought|naught|one|two|three|four|five|six|seven|eight|nine|hundred|thousand)"
_SPOKEN = rf"(?:{_FIGURE}|(?:double|triple|treble)[ -]{_FIGURE}|\d{{1,6}})"
_SPOKEN_NUMBER = re.compile(rf"(?<![\w-]){_SPOKEN}(?:[ ,.-]{{1,3}}{_SPOKEN}){{3,30}}(?!\w)", re.IGNORECASE)
_PART = re.compile(r"[^\W\d_]+|\d+")
_DIGIT = re.compile(r"\d")


def identifiers(text: str) -> Iterator[Span]:
    """Everything of these kinds in `text`. Pieces may overlap: the first kinds win."""
    yield from (Span(*match.span(), "email") for pattern in (_MAIL, _SPOKEN_MAIL) for match in pattern.finditer(text))
    yield from (Span(*match.span(), "link") for match in _LINK.finditer(text))
    yield from _handles(text)
    if _DIGIT.search(text):
        yield from _references(text)
        yield from _births(text)
        yield from _numbers(text)
    yield from _spoken_numbers(text)


def _handles(text: str) -> Iterator[Span]:
    for match in _AT_HANDLE.finditer(text):
        if not is_plain(key_of(match.group()[1:])):
            yield Span(*match.span(), "handle")
    for match in _NAMED_HANDLE.finditer(text):
        handle = match["handle"]
        odd = any(letter.isdigit() or letter == "_" for letter in handle) and any(map(str.isalpha, handle))
        if odd or ((match["add"] or match["tells"]) and not is_plain(key_of(handle))):
            yield Span(*match.span("handle"), "handle")
    yield from (Span(*match.span("handle"), "handle") for match in _ADD_ME.finditer(text))


def _references(text: str) -> Iterator[Span]:
    for pattern in (_INSURANCE, _PUPIL):
        yield from (Span(*match.span(), "reference") for match in pattern.finditer(text))
    for match in _PLATE.finditer(text):
        if not is_plain(match["last"].lower()):
            yield Span(*match.span(), "reference")
    for match in _REFERENCE.finditer(text):
        digits = sum(map(str.isdigit, match["code"]))
        if digits >= 5 or (match["told"] and digits >= 3):
            yield Span(*match.span("code"), "reference")


def _births(text: str) -> Iterator[Span]:
    """Dates near "born" and the like, in the same sentence; other dates stay."""
    births = [match.span() for match in _BIRTH.finditer(text)]
    if not births:
        return
    starts, ends = [start for start, _ in births], [end for _, end in births]
    for pattern in (_DATE, _YEAR):
        for match in pattern.finditer(text):
            before = bisect_left(ends, match.start() + 1) - 1
            after = bisect_left(starts, match.end())
            follows = before >= 0 and _is_near(text, ends[before], match.start(), _BEFORE_A_DATE)
            precedes = after < len(starts) and _is_near(text, match.end(), starts[after], _AFTER_A_DATE)
            if follows or (precedes and pattern is _DATE):
                yield Span(*match.span(), "date of birth")


def _is_near(text: str, start: int, end: int, most: int) -> bool:
    return end - start <= most and not _NEW_SENTENCE.search(text, start, end)


def _numbers(text: str) -> Iterator[Span]:
    """Six digits in one piece, nine in several, seven that begin with a nought; no dates, years, scores and times."""
    dates: set[int] | None = None
    for match in _DIGITS.finditer(text):
        run = match.group().strip(" (")
        digits = sum(letter.isdigit() or letter in "oO" for letter in run)
        in_one_piece = max(map(len, _PART.findall(run))) >= 6
        as_telephone = run[0] in "+0oO"
        if not (digits >= 9 or in_one_piece or (digits >= 7 and as_telephone) or _BANK.fullmatch(run)):
            continue
        if dates is None:
            dates = {date.start() for date in _DATE.finditer(text)}
        if match.start() not in dates and (as_telephone or _BANK.fullmatch(run) or not _NO_NUMBER.fullmatch(run)):
            yield Span(*match.span(), "number")


def _spoken_numbers(text: str) -> Iterator[Span]:
    """Seven figures and more in words, or in words and digits."""
    for match in _SPOKEN_NUMBER.finditer(text):
        parts = _PART.findall(match.group())
        length = sum(len(part) if part.isdigit() else 1 + (part.lower() == "hundred") for part in parts)
        if length >= 7 and sum(map(str.isalpha, parts)) >= 2:
            yield Span(*match.span(), "number")
