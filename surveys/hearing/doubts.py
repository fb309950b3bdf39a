"""What after a number shows that it is no sure answer: stars, a month, a second number further on. Patterns only.

Every pattern is anchored, or searches a short piece, so that no reply takes long to read.
"""

from __future__ import annotations

import re

from surveys.hearing.amounts import COUNTED, PERIODS
from surveys.words import CONTINUES

_STARS = re.compile(r"\s*(?:\*|[⭐★☆🌟✩✪]|[\s-]\s?stars?\b)")
_A_TIME = re.compile(
    r"\s?(?:(?:of )?(?:jan|feb|mar|apr|june?|july?|aug|sept?|oct|nov|dec|january|february|march|april|august|september"
    r"|october|november|december)(?!\w)|(?:of )?may(?=\W*(?:$|[0-9]))|in the (?:early |late )?(?:morning|afternoon|evening))"
)
_AND_A_HALF = re.compile(r"\s+(?:and|n|&) (?:an? )?half\b")
_TO_SEARCH = 120  # characters after a number in which a second one still makes a short reply of two

_PERSON = r"(?:me|him|her|us|them|the kids|my kids|the others?)"
_WHEN = r"(?:now|before|today|yesterday|then|first|ago|days?|weeks?|months?|times?|sometimes|others?)"
_COMPARED = (
    rf"(?:now|before|today|yesterday|then|for|on|when|if|in|last|this|some|other|others|at home|at school|{_PERSON})"
)
_OTHER_NUMBER = re.compile(
    rf"(?:[,;~]\s?|\b(?:{_WHEN}|{_PERSON}|it was|it's|its|(?P<no>no)),? (?:and |but )?(?:it was |it's |its )?)"
    r"(?P<number>[0-9]{1,3})"
    rf"(?:\s?/\s?10)?(?=\W*$|[;!?)]|[,.](?!\d)|,? {_COMPARED}\b)"
)
_FOR_THEM = re.compile(rf"\s{_PERSON},? (?:and )?(?P<number>[0-9]{{1,3}}) (?:for )?{_PERSON}\b")
_BEGINS_A_COMMENT = re.compile(r"\s?(?:and|but|because|cos|coz|cuz|since|as|so)\b")
_THING_AND_THING = re.compile(r"\s(?P<thing>[a-z]+),? (?:and )?(?P<number>[0-9]{1,2}) (?P<other>[a-z]+)")
_NOT_ADJECTIVES = (
    CONTINUES
    | {"no", "not", "his", "her", "their", "this", "that", "these", "those", "some", "all", "few", "too", "most"}
    | {"when", "if", "with", "for", "to", "in", "on", "at", "after", "before", "about", "other", "any", "your", "hate"}
    | {"love", "likes", "hates", "loves", "hit", "hits", "until", "from", "by", "like", "miss", "want", "need"}
)


def is_in_stars(before: str, rest: str) -> bool:
    """Say whether a number is one of stars ("5 *****", "5 stars"); "*4*" is only marked."""
    return "*" not in before and _STARS.match(rest) is not None


def is_a_time(rest: str) -> bool:
    """Say whether a number was a day or an hour ("6 oct", "3 in the morning")."""
    return _A_TIME.match(rest) is not None


def is_and_a_half(rest: str) -> bool:
    """Say whether a number goes on ("1 and a half"), which no option does."""
    return _AND_A_HALF.match(rest) is not None


def other_number(rest: str) -> tuple[int, bool] | None:
    """Find a second number beside which the first cannot stand alone ("3 now 7 before"), and whether it corrects that.

    What begins as a comment ("1 and for the other one 8"), counts or is a phone number is none.
    """
    near = rest[:_TO_SEARCH]
    if not near or _BEGINS_A_COMMENT.match(near):
        return None
    found = _FOR_THEM.match(near) or _OTHER_NUMBER.search(near)
    if found is None or (len(found["number"]) > 1 and found["number"][0] == "0"):
        return None
    return int(found["number"]), bool(found.re is _OTHER_NUMBER and found["no"])


def are_things(words: list[str], rest: str) -> bool:
    """Say whether things are counted with a word before them, or two kinds ("3 lovely kids", "1 mum 0 dad")."""
    if len(words) > 1 and words[0] not in _NOT_ADJECTIVES and _is_plural(words[1]):
        return True
    two = _THING_AND_THING.match(rest)
    return two is not None and two["other"] not in COUNTED and two["other"].rstrip("s") not in COUNTED


def _is_plural(word: str) -> bool:
    one = word.removesuffix("s")
    return word in {"children", "people", "babies"} or (one != word and one in COUNTED - PERIODS)
