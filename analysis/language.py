"""A guess at the language of a text, by its script, its commonest words and its accents.

It decides that a person must read a text, and that nothing is guessed about it. The costly mistake is English taken for
another language (text-speak, dialect, a name with an accent): it raises a false alarm and loses what was said. So a word
that English has too tells nothing, and one foreign word decides nothing beside an English one. A reply of one or two words
is hardly ever judged: "ok", "super" and "no" are at home in many languages. How well it does, and why no library does it,
stands in docs/decisions/0013-analysis.md.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from analysis.normalise import LONGEST_TEXT, english_words, read_vocabulary, word_set

Language = Literal["en", "pl", "cy", "ne", "other"]

_OURS: dict[str, Language] = {"pl": "pl", "cy": "cy", "ne": "ne"}
_ENOUGH = 2_000  # A language shows at once; the rest of a long text would only take time.
_SHORT = 3
_NONE_OF_ENGLISH = 4
"""So many words that English has not, beside none that it has, are a language that no table here holds."""

_ENGLISH_ENDINGS = ("ing", "ings", "tion", "tions", "ness", "ful", "less", "ship", "ly", "ould", "ought")

# Letters and the marks on them (Latin, Arabic, those of India), for which `\w` alone is too narrow.
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f\u0610-\u06dc\u0900-\u0963\u0966-\u0dff])*")
_NO_WORDS = re.compile(r"(?:https?://|www\.|@)\S+")
_LATIN = re.compile(r"[a-z\u00aa\u00b5\u00ba\u00c0-\u02ff\u1d00-\u1eff\u2c60-\u2c7f\ua720-\ua7ff]")
_SENTENCE_END = re.compile(r"[.!?;\n\u0964]+")
_DEVANAGARI = re.compile(r"[\u0900-\u097f]")
_STROKES = str.maketrans("łıđø", "lido")
_OWN_LETTERS = {"pl": frozenset("ąćęłńśźż"), "cy": frozenset("ŵŷ")}


class _Tables(NamedTuple):
    """The words of English, the words of others with the languages that have each, and what English borrows."""

    english: frozenset[str]
    others: dict[str, tuple[str, ...]]
    borrowed: frozenset[str]
    hindi: frozenset[str]


@dataclass
class _Tally:
    """How many different words of a text are what; a word of one letter is none.

    Attributes:
        english: are English and nothing else.
        shared: are both English and another language's, or end as words of English do.
        accented: have foreign letters, and stand in no table.
        unknown: stand in no table.
        foreign: are another language's, by language. `of_others` counts each of them once.
        telling: whether one of those is long, or written with foreign letters; two letters may be anything in a text.
        plain: whether one of those is a word of a table written with its foreign letters, which no name is.
    """

    english: int = 0
    shared: int = 0
    accented: int = 0
    unknown: int = 0
    of_others: int = 0
    foreign: Counter[str] = field(default_factory=Counter)
    telling: bool = False
    plain: bool = False

    @property
    def total(self) -> int:
        return self.english + self.shared + self.accented + self.unknown + self.of_others

    @property
    def evidence(self) -> int:
        """How many words speak for the likeliest language; an accent speaks for any."""
        return max(self.foreign.values(), default=0) + self.accented


@functools.cache
def _tables() -> _Tables:
    raw = read_vocabulary("languages.yaml")
    others: dict[str, tuple[str, ...]] = {}
    for code, words in raw["others"].items():
        for word in sorted({_without_accents(word) for word in words.split()}):
            others[word] = (*others.get(word, ()), code)
    return _Tables(english_words(), others, word_set(raw["borrowed"]), word_set(raw["hindi"]))


def guess(text: str) -> Language | None:
    """One of the surveys' languages, or "other"; None where it is too short, or holds too little, to tell.

    A word in another script settles it whatever the length. Never raises.
    """
    words = _words(text)
    by_script = _by_script(words)
    if by_script:
        return by_script
    tally = _tally(word for word in words if len(word) > 1)
    if _is_foreign(tally):
        return _which(tally)
    if len(words) < _SHORT:
        return None
    return "en" if tally.english or len(words) > _SHORT else None


def is_foreign(text: str) -> bool:
    """Whether `text` is in a language that nothing here can read: a person must."""
    return guess(text) not in {"en", None}


def holds_foreign(text: str) -> bool:
    """Whether `text`, or a sentence of several words in it, is foreign: "all fine thanks" may stand before what matters."""
    if is_foreign(text):
        return True
    sentences = [_words(one) for one in _SENTENCE_END.split(text[:LONGEST_TEXT]) if one]
    return len(sentences) > 1 and any(len(words) >= _SHORT and _shows_foreign(words) for words in sentences)


def _shows_foreign(words: list[str]) -> bool:
    """Whether a sentence holds another language's own words or letters; words that no table has may be anything."""
    tally = _tally(word for word in words if len(word) > 1)
    return _by_script(words) is not None or (tally.evidence >= 2 and _is_foreign(tally))


def may_be_read(text: str) -> bool:
    """Whether software may say what `text` is like and about: it has letters, and they are not another language's."""
    return any(map(str.isalpha, text)) and not is_foreign(text)


def without_links(text: str) -> str:
    """`text` up to the longest that is read, without links and handles, which are no words of any language."""
    return _NO_WORDS.sub(" ", text[:LONGEST_TEXT])


def _words(text: str) -> list[str]:
    text = without_links(text[:_ENOUGH])
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    return _WORD.findall(text.casefold())


def _by_script(words: list[str]) -> Language | None:
    """What words in another script are: at least two letters together, and a fifth of all letters."""
    far = [word for word in words if len(word) > 1 and not word.isascii() and not _LATIN.match(word)]
    if not far or sum(map(len, far)) * 5 < sum(map(len, words)):
        return None
    nepali = all(map(_DEVANAGARI.match, far)) and _tables().hindi.isdisjoint(far)
    return "ne" if nepali else "other"


def _without_accents(word: str) -> str:
    letters = (letter for letter in unicodedata.normalize("NFD", word) if not unicodedata.combining(letter))
    return "".join(letters).translate(_STROKES)


def _tally(words: Iterable[str]) -> _Tally:
    tables = _tables()
    tally = _Tally()
    for word in dict.fromkeys(words):  # each once: people laugh and shout in rows
        plain = word if word.isascii() else _without_accents(word)
        accented = plain != word and word not in tables.borrowed
        is_english = plain in tables.english and not accented
        codes = tables.others.get(plain) or (_codes_of_letters(word) if accented else ())
        if codes and not is_english:
            tally.of_others += 1
            tally.foreign.update(codes)
            tally.telling = tally.telling or accented or len(plain) > _SHORT
            tally.plain = tally.plain or (accented and plain in tables.others)
        elif codes:
            tally.shared += 1
        elif is_english:
            tally.english += 1
        elif accented:
            tally.accented += 1
        elif plain.endswith(_ENGLISH_ENDINGS):
            tally.shared += 1
        else:
            tally.unknown += 1
    return tally


def _codes_of_letters(word: str) -> tuple[str, ...]:
    return tuple(code for code, letters in _OWN_LETTERS.items() if letters.intersection(word))


def _is_foreign(tally: _Tally) -> bool:
    if tally.evidence >= 2 and (tally.telling or tally.accented):
        return tally.evidence > tally.english
    if tally.english:
        return False
    if tally.telling:
        return tally.plain or tally.total >= _SHORT or tally.of_others + tally.shared >= 2
    return tally.total - tally.shared >= _NONE_OF_ENGLISH


def _which(tally: _Tally) -> Language:
    most = max(tally.foreign.values(), default=0)
    likeliest = [code for code, count in tally.foreign.items() if count == most]
    return _OURS.get(likeliest[0], "other") if len(likeliest) == 1 else "other"
