"""What is known about words and names, read once from `analysis/vocabulary`: the lists behind `analysis/anonymise.py`.

Everything is compared by its `key`: lower case, without accents, apostrophes and hyphens: "Zoë", "ZOE" and "zoe" are one.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

from analysis.normalise import read_vocabulary, word_set

# Letters that do not come apart into a plain letter and an accent.
_PLAIN_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ŧ": "t"}
)
_NOT_IN_A_KEY = re.compile(
    "[\u0300-\u036f\u200b-\u200f\u2060\ufeff\u00ad'\u2018\u2019\u02bc\u201b`\u00b4\u2032\u2010\u2011-]"
)
_REPEATED = re.compile(r"(.)\1{2,}")
_ENDINGS = (
    "ing",
    "ed",
    "ly",
    "er",
    "ers",
    "est",
    "s",
    "es",
    "ness",
    "ment",
    "ments",
    "ful",
    "less",
    "able",
    "tion",
    "tions",
    "y",
    "in",
)
_ALWAYS_PLAIN = ("tion", "tions", "ment", "ments", "ness", "ingly", "fully", "ability", "isation", "ously", "ically")
_OPENED = re.compile("['\u2019](?:s|ll|d|ve|re)?$", re.IGNORECASE)


@functools.lru_cache(maxsize=50_000)
def key_of(word: str) -> str:
    """What `word` is compared by."""
    if word.isascii():
        return word.lower().replace("'", "").replace("-", "").replace("`", "")
    lowered = unicodedata.normalize("NFKC", word).casefold().translate(_PLAIN_LETTERS)
    bare = _NOT_IN_A_KEY.sub("", unicodedata.normalize("NFKD", lowered))
    return unicodedata.normalize("NFC", bare)


class Names(NamedTuple):
    """The lists of `names.yaml`."""

    first: frozenset[str]
    surnames: frozenset[str]
    also_words: frozenset[str]
    surnames_also_words: frozenset[str]
    forms: dict[str, frozenset[str]]


class Around(NamedTuple):
    """The lists of `anonymise.yaml`, each in the order of the file."""

    titles: frozenset[str]
    weaker_titles: frozenset[str]
    roles: frozenset[str]
    owners: frozenset[str]
    called: frozenset[str]
    greetings: frozenset[str]
    person_verbs: frozenset[str]
    be_verbs: frozenset[str]
    no_deeds: frozenset[str]
    before_miss: frozenset[str]
    clauses: frozenset[str]
    belongings: frozenset[str]
    firm_belongings: frozenset[str]
    determiners: frozenset[str]
    pronouns: frozenset[str]
    modal_words: frozenset[str]
    articles: frozenset[str]
    objects: frozenset[str]
    seasons: frozenset[str]
    firm_month_cues: frozenset[str]
    months: frozenset[str]
    month_cues: frozenset[str]
    things: frozenset[str]
    abstract: frozenset[str]
    scarcely: frozenset[str]
    speaking_verbs: frozenset[str]
    after: frozenset[str]
    after_firmly: frozenset[str]
    particles: frozenset[str]
    known: frozenset[str]
    places: frozenset[str]
    place_cues: frozenset[str]
    streets: frozenset[str]
    weaker_streets: frozenset[str]
    units: frozenset[str]
    schools: frozenset[str]
    kinds_of_school: frozenset[str]
    parts_of_school: frozenset[str]
    wordy_places: frozenset[str]
    church_words: frozenset[str]
    platforms: frozenset[str]
    rooms: frozenset[str]
    no_names_of_places: frozenset[str]
    areas: frozenset[str]


def _keys(lists: Iterable[str]) -> frozenset[str]:
    return frozenset(key_of(word) for text in lists for word in text.split())


@functools.cache
def names() -> Names:
    """Who is called what. A name that is also a word is in no list but its own; names of two letters always are."""
    raw = read_vocabulary("names.yaml")
    every_first, every_surname = _keys(raw["first"].values()), _keys(raw["surnames"].values())
    places = around().places
    short = {key for key in every_first | every_surname if len(key) <= 2 and key.isascii()}
    also_words = _keys([raw["also_words"]]) | (short & every_first) | (places & every_first)
    surnames_also_words = _keys([raw["surnames_also_words"]]) | (short & every_surname) | (places & every_surname)
    forms: dict[str, frozenset[str]] = {}
    for line in raw["short"]:
        group = _keys([line])
        for form in group:
            forms[form] = forms.get(form, frozenset()) | group
    return Names(
        first=every_first - also_words - around().known,
        surnames=every_surname - surnames_also_words - also_words - around().known,
        also_words=also_words,
        surnames_also_words=surnames_also_words,
        forms=forms,
    )


@functools.cache
def around() -> Around:
    """What stands around names."""
    raw = read_vocabulary("anonymise.yaml")
    return Around(**{name: _keys([raw[name]]) for name in Around._fields})


@functools.cache
def never_names() -> frozenset[str]:
    """Words that stand in the list of names, and are none as they are mostly used: "Nan", "Miss", "Love"."""
    lists = around()
    return (
        lists.known
        | lists.pronouns
        | lists.determiners
        | lists.titles
        | lists.weaker_titles
        | lists.roles
        | lists.greetings
    )


@functools.cache
def wordy_names() -> frozenset[str]:
    """Everything that is a name and a word, or the title before one: a capital letter on it tells little of its text."""
    lists = around()
    return names().also_words | names().surnames_also_words | lists.known | lists.titles | lists.weaker_titles


@functools.lru_cache(maxsize=50_000)
def is_only_a_word(key: str) -> bool:
    """Whether `key` is a plain word and no name of anybody: without a capital there is no more to ask."""
    may_be_one = not wordy_names().isdisjoint((key, key.removesuffix("s")))
    return is_plain(key) and not may_be_one and not is_clear_name(key)


@functools.lru_cache(maxsize=50_000)
def is_clear_name(key: str) -> bool:
    """Whether `key` is a name and no word: as it stands, drawn out ("saraaah"), or with a text-speak ending ("jaydens")."""
    return _is_listed(key) or (len(key) > 4 and key[-1] == "s" and not is_plain(key) and _is_listed(key[:-1]))


def _is_listed(key: str) -> bool:
    if key in names().first or key in names().surnames:
        return True
    return key.isascii() and not is_plain(key) and not squeezed(key).isdisjoint(names().first)


@functools.cache
def deeds() -> frozenset[str]:
    """What somebody does or is."""
    return around().person_verbs | around().be_verbs


@functools.cache
def _plain_words() -> frozenset[str]:
    lists = around()
    listed = word_set(read_vocabulary("plain_words.yaml")["plain"])
    return listed.union(
        lists.known,
        lists.places,
        lists.months,
        lists.units,
        lists.pronouns,
        lists.person_verbs,
        lists.roles,
        lists.belongings,
    )


@functools.lru_cache(maxsize=50_000)
def is_plain(key: str) -> bool:
    """Whether `key` is a word that is known, as it stands, without repeated letters, or without its ending."""
    plain = _plain_words()
    if key in plain or (len(key) > 6 and key.endswith(_ALWAYS_PLAIN)):
        return True
    if not squeezed(key).isdisjoint(plain):
        return True
    return any(_stem_is_known(key[: -len(ending)], plain) for ending in _ENDINGS if key.endswith(ending))


def squeezed(key: str) -> frozenset[str]:
    """`key` with letters that stand three times and more ("saraaah") written once, and written twice."""
    return frozenset((_REPEATED.sub(r"\1", key), _REPEATED.sub(r"\1\1", key)))


def _stem_is_known(stem: str, plain: frozenset[str]) -> bool:
    if len(stem) < 3:
        return False
    doubled = stem[:-1] if stem[-1] == stem[-2] else stem
    return not plain.isdisjoint({stem, f"{stem}e", doubled, f"{stem[:-1]}y" if stem.endswith("i") else stem})


def without_ending(word: str) -> str:
    """`word` without what an apostrophe joins to it: "Sam" of "Sam's" and of "Sam'll", but "O'Neil" whole."""
    return _OPENED.sub("", word)
