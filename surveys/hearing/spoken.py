"""What people say around an answer without meaning more by it: "um yeah i think it was about an … or so to be honest".

Tables and their patterns; decides nothing. Every pattern is anchored and possessive, so that it never goes back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_BEFORE = (
    *(
        "um",
        "umm",
        "uh",
        "er",
        "erm",
        "hmm",
        "oh",
        "ah",
        "so",
        "well",
        "ok",
        "okay",
        "right",
        "yeah",
        "yh",
        "yes",
        "yep",
    ),
    *("hi", "hello", "hey", "sorry", "like", "say", "just", "maybe", "probably", "prob", "possibly", "basically"),
    *("honestly", "tbh", "to be honest", "to be honest with you", "to be fair", "tbf", "in all honesty", "actually"),
    *("i think", "i thought", "i reckon", "i guess", "i suppose", "i believe", "i feel like", "i feel", "i said"),
    *("i'd say", "i would say", "i will say", "i'll say", "i'd have to say", "i would have to say", "i want to say"),
    *("i'm gonna say", "i'm going to say", "i'm gonna go with", "i'm going to go with", "i'd go with", "i'll go with"),
    *("i would go with", "i'd give it", "i would give it", "i give it", "i'll give it", "i'd put", "i would put"),
    *("i'd rate it", "i would rate it", "i rate it", "put me down for", "put me down as", "put", "it", "it's", "it is"),
    *("it was", "its been", "it has been", "that's", "that is", "that was", "this is", "it would be", "it'd be"),
    *("i would be", "i'd be", "that would be", "that'd be", "would be", "has to be", "it has to be", "gotta be"),
    *("got to be", "gonna be", "things are", "things have got", "things got", "they are", "they're", "we are", "we're"),
    *("about", "around", "between", "roughly", "approx", "approximately", "somewhere", "somewhere around", "nearly"),
    *("solid", "a", "an", "a good", "a strong", "option", "answer", "number", "score", "im a", "i'm a", "im an"),
    *("i'm an", "my answer is", "the answer is", "my answer would be", "my score is", "my score would be"),
    *("for me", "for us", "for me it's", "for me it was", "at the moment", "right now", "currently", "overall"),
    *("i was", "she was", "he was", "i am", "i'm", "definitely", "im"),
)
_NOT_BEFORE_NUMBERS = frozenset(
    {"i was", "she was", "he was", "i am", "i'm", "im", "they are", "they're", "we are", "we're"}
)
"""Before an answer in words they may stand ("i was not really"); before a number they tell an age ("im 15")."""

_AFTER = (
    *(
        "or so",
        "ish",
        "maybe",
        "probably",
        "i think",
        "i guess",
        "i suppose",
        "i reckon",
        "i'd say",
        "i would say",
        "really",
    ),
    *("tbh", "to be honest", "to be honest with you", "to be fair", "tbf", "honestly", "lol", "haha", "x", "xx", "xxx"),
    *("please", "thanks", "thank you", "ta", "cheers", "mate", "points", "for me", "for us"),
    *("at the moment", "right now", "overall", "again", "if i had to say", "if i'm honest", "i would have thought"),
)


_ENDINGS = tuple(f" {phrase.replace(chr(39), '')}" for phrase in sorted(_AFTER, key=len, reverse=True))


def without_hedges(words: str) -> str:
    """Give a key without what is said after an answer in words: "mostly i would say" is "mostly"."""
    while words.endswith(_ENDINGS):
        words = words.removesuffix(next(ending for ending in _ENDINGS if words.endswith(ending)))
    return words


def _one_of(phrases: Iterable[str]) -> str:
    longest_first = sorted(phrases, key=len, reverse=True)
    return "(?>" + "|".join(re.escape(phrase).replace("'", "'?") for phrase in longest_first) + ")"


BEFORE_A_NUMBER = rf"(?:{_one_of(set(_BEFORE) - _NOT_BEFORE_NUMBERS)}(?:\s*[,:=]\s*|\.\.+\s?|\s)\s*){{0,12}}+"
"""A pattern for what may stand before a number, with the space after it."""

BEFORE_WORDS = re.compile(rf"(?:{_one_of(_BEFORE)} )++")
"""What may stand before an answer in words, in a key."""

AFTER_A_NUMBER = re.compile(rf"(?:[\s,.]*+{_one_of(_AFTER)}(?![\w']))++")
"""What may stand after a number without making it more than a number."""
