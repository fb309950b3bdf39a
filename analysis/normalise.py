"""Reads text-speak into plain words, for matching and for what is trained: nothing here is ever shown.

Lower case, no punctuation, contractions opened ("dont" and "don't" are both "do not"), common text spellings and
misspellings replaced (`vocabulary/spelling.yaml`), repeated letters, digits and stars standing for letters undone, emoji
in words. Every word remembers where in the original text it stood, so that what is shown to a person is always what was
written. Normalising never decides anything and never raises, and takes a time that grows with the text and no faster.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import yaml

VOCABULARY = Path(__file__).with_name("vocabulary")

LONGEST_TEXT = 100_000
"""Characters that are read. No channel carries a tenth of it, and a person reads every free text; without an end, a million
words pasted into a page would hold up everybody else's messages, and take a gigabyte."""

_LONGEST_WORD = (
    100  # No word is longer, and Unicode's own rules take the square of the time for a row of combining marks.
)

# Signs that only change the one before them (skin, gender, "emoji, please"), flags, and what joins or encloses signs.
_MODIFIERS = "\ufe0e\ufe0f\u200d\u20e3\u2640\u2642\U0001f3fb-\U0001f3ff\U0001f1e6-\U0001f1ff\U000e0020-\U000e007f"
_EMOJI = (
    "\u2300-\u23ff\u2600-\u263f\u2641\u2643-\u27bf\u2b00-\u2bff"
    "\U0001f000-\U0001f1e5\U0001f200-\U0001f3fa\U0001f400-\U0001faff"
)
_EMOTICON = r"(?:[:;]-?[()]|:['\u2019]-?\()(?![\w(])|:-?D(?!\w)|<3(?!\d)"
# A word is anything else between spaces and ASCII or typographic punctuation. The vowel signs of Devanagari are not
# `\w`, hence the long way round. The same emoji in a row is one. Nothing here can be matched in two ways: linear in time.
_NOT_A_WORD = r"\s!-%(-),-/:-?\[-_{-~\u2010-\u2015\u201c-\u201f\u2026\u00a1\u00ab\u00bb\u00bf" + _MODIFIERS
_TOKEN = re.compile(rf"{_EMOTICON}|([{_EMOJI}])(?:[{_MODIFIERS}]*\1)*|[^{_NOT_A_WORD}{_EMOJI}]+")
_CLEANED = str.maketrans(
    dict.fromkeys("\u2018\u2019\u02bc\u201b`\u00b4\u2032", "'") | dict.fromkeys("\u00ad\u200b\u200c\u2060\ufeff", None)
)
_RUN = re.compile(r"([^\W\d_])\1{2,}")
_REPEATED = re.compile(r"([^\W\d_])\1+")
_SENTENCE_END = re.compile(r"[!?;\n]|(?<!\.)\.(?!\.)")
_DIGITS_FOR_LETTERS = str.maketrans("013457@$", "oieastas")


class Word(NamedTuple):
    """One plain word, and the piece of the original text (`start` to `end`) that it was read from."""

    text: str
    start: int
    end: int
    sentence: int


class _Spelling(NamedTuple):
    words: dict[str, tuple[str, ...]]
    with_apostrophe: dict[str, tuple[str, ...]]
    pairs: dict[tuple[str, str], str]
    signs: dict[str, tuple[str, ...]]
    doubled: frozenset[str]


def word_set(text: str) -> frozenset[str]:
    """The words of `text`, for tables that are easier to read as a line of words."""
    return frozenset(text.split())


def read_vocabulary(name: str) -> Any:  # noqa: ANN401 - each reader checks the shape of its own file
    """The content of one of the YAML files in `analysis/vocabulary`."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times as fast, where PyYAML was built with it
    return yaml.load((VOCABULARY / name).read_text(encoding="utf-8"), loader)  # noqa: S506 - both are safe


@functools.cache
def _spelling() -> _Spelling:
    raw = read_vocabulary("spelling.yaml")
    return _Spelling(
        words=_opened(raw["words"]) | _turned(raw["misspelt"]),
        with_apostrophe=_opened(raw["with_apostrophe"]),
        pairs={(two.split()[0], two.split()[1]): str(one) for two, one in raw["pairs"].items()},
        signs=_turned(raw["emoji"]),
        doubled=word_set(raw["doubled"]),
    )


def _opened(table: dict[Any, Any]) -> dict[str, tuple[str, ...]]:
    return {str(short): tuple(str(full).split()) for short, full in table.items()}


def _turned(table: dict[Any, Any]) -> dict[str, tuple[str, ...]]:
    return {form: tuple(str(full).split()) for full, forms in table.items() for form in str(forms).split()}


@functools.cache
def english_words() -> frozenset[str]:
    """The words of English that families use, dialects and text-speak among them."""
    return word_set(read_vocabulary("languages.yaml")["english"])


@dataclass(frozen=True, eq=False)
class Reader:
    """Reads texts, knowing which words matter.

    Attributes:
        known: the words that cue lists use; where there is a choice, a misspelling is taken for one of them.
        squeezed: those words, and common ones with a doubled letter, by what is left without repeated letters.
        starred: the known words with one letter hidden, such as "k*ll", to their spelling.
    """

    known: frozenset[str]
    squeezed: dict[str, list[str]]
    starred: dict[str, str]

    @classmethod
    def knowing(cls, words: Iterable[str]) -> Reader:
        """A reader that can undo misspellings of `words`."""
        known = frozenset(words)
        squeezed: dict[str, list[str]] = {}
        for word in sorted(known | _spelling().doubled, key=lambda each: (-len(each), each)):
            squeezed.setdefault(_REPEATED.sub(r"\1", word), []).append(word)
        long_enough = [word for word in sorted(known) if len(word) >= 4]
        starred = {f"{word[:i]}*{word[i + 1 :]}": word for word in long_enough for i in range(1, len(word))}
        return cls(known=known, squeezed=squeezed, starred=starred)

    def read(self, text: str) -> list[Word]:
        """The plain words of `text`, in order, up to `LONGEST_TEXT`. An emoji is a word, and its words stand after it."""
        words: list[Word] = []
        sentence = 0
        behind = 0
        for match in _TOKEN.finditer(text, 0, LONGEST_TEXT):
            start, end = match.span()
            if words and text[behind:start] != " " and _SENTENCE_END.search(text, behind, start):
                sentence += 1
            behind = end
            token = match[1] or text[start : min(end, start + _LONGEST_WORD)]
            words.extend([Word(plain, start, end, sentence) for plain in _plain_words(self, token)])
        return _join_pairs(words, text)

    def repaired(self, word: str) -> str:
        """`word` without repeated letters, stars, digits and a dropped g, where that makes a word of it."""
        if _RUN.search(word):
            word = self._without_runs(word)
        elif "*" in word:
            return self.starred.get(word, word)
        elif not word.isalpha() and word.isascii() and sum(map(str.isalpha, word)) * 2 >= len(word):
            letters = word.translate(_DIGITS_FOR_LETTERS)
            return letters if letters in self.known else word
        return self._ended(word)

    def _without_runs(self, word: str) -> str:
        """Each run as one letter, or as two where that is a word that we know: "gooood", "sooo", "hapyyyy"."""
        repeated = set(_REPEATED.findall(word))
        for candidate in self.squeezed.get(_REPEATED.sub(r"\1", word), ()):
            if repeated.issuperset(_REPEATED.findall(candidate)):
                return candidate
        return _RUN.sub(r"\1", word)

    def _ended(self, word: str) -> str:
        """A word that ends as people speak or hold a key down: "shoutin", "heyy"."""
        if word.endswith("in") and len(word) >= 5 and self._knows(f"{word}g"):
            return f"{word}g"
        if word[-1:] == word[-2:-1] and len(word) >= 3 and not self._knows(word) and self._knows(word[:-1]):
            return word[:-1]
        return word

    def _knows(self, word: str) -> bool:
        return word in self.known or word in english_words()


@functools.lru_cache(maxsize=1 << 15)
def _plain_words(reader: Reader, token: str) -> tuple[str, ...]:
    """What one token is read as: nothing, a word, or several. Kept, since people use the same few thousand."""
    spelling = _spelling()
    if token in spelling.signs:
        return (token, *spelling.signs[token])
    lowered = unicodedata.normalize("NFKC", token).translate(_CLEANED).casefold().strip("'*")
    bare = lowered.replace("'", "")
    opened = spelling.with_apostrophe.get(lowered) or spelling.words.get(bare)
    if opened:
        return opened
    if bare in reader.known:
        return (bare,)
    repaired = reader.repaired(bare)
    return spelling.words.get(repaired, (repaired,) if repaired else ())


def _join_pairs(words: list[Word], text: str) -> list[Word]:
    """Make one word of each pair that is usually written as one ("my self"), where nothing but a blank stands between."""
    pairs = _spelling().pairs
    joined: list[Word] = []
    before = ""
    for word in words:
        one = pairs.get((before, word.text))
        if one and not text[joined[-1].end : word.start].strip(" -"):
            joined[-1] = Word(one, joined[-1].start, word.end, joined[-1].sentence)
        else:
            joined.append(word)
        before = joined[-1].text
    return joined


PLAIN = Reader.knowing(())
"""Reads without taking anything for a word that a cue list names: what the cue lists themselves are read with."""


def plain(text: str) -> str:
    """The plain words of `text`, joined by blanks; the same on any day, for what is trained on it. Emoji are in words."""
    return " ".join(_without_signs(PLAIN.read(text)))


def _without_signs(words: Iterable[Word]) -> Iterator[str]:
    signs = _spelling().signs
    return (word.text for word in words if word.text not in signs)
