"""Cuts a text into the words that `analysis/naming/finding.py` looks at, each with what its looks and its place tell.

What has been replaced already, by a word in brackets or by a piece found before, is one word that can be no other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from analysis.naming.lists import is_plain, key_of, without_ending, wordy_names

Case = Literal["lower", "title", "upper", "mixed", "none"]

# Anything between spaces and punctuation; apostrophes stay inside, hyphens do not. No alternatives inside: linear in time.
_WORD = re.compile(
    r"[^\s!-&(-,./:-@\[-_{-~\-\u2010-\u2015\u201c-\u201f\u2026\u00a1\u00ab\u00bb\u00bf\u00b7\u2022\ufe0f\u3001\u3002\uff0c"
    r"\U0001f000-\U0001faff\u2600-\u27bf]+"
)
_APOSTROPHES = "'\u2018\u2019\u201b`\u00b4"
_ENDS_A_SENTENCE = re.compile(r"[.!?\n\r\"\u201c\u2026\u2022]")
_LIKE_A_TITLE = re.compile(r"(?:Mc|Mac|O'|O\u2019|D'|Fitz|De|Di|Da|La|Le|Van|Al)[A-Z][^\W\d_]+$")
_HYPHENS = frozenset({"-", "\u2010", "\u2011"})
_SPACES = frozenset({" ", "  ", "\u00a0"})
_SHORTENED = frozenset(("mr", "mrs", "ms", "dr", "prof", "rev", "st"))


class Token(NamedTuple):
    """A word: where it stands without an ending such as "'s" (`until` where with it), and what its place tells.

    `key` is what it is compared by. `opens` a sentence, `joined` to the word before by nothing but a space or a hyphen,
    `tied` to it by a hyphen, `owning` where "'s" follows. `found` is the kind of what has been replaced already.
    """

    start: int
    end: int
    until: int
    key: str
    case: Case
    opens: bool
    joined: bool
    tied: bool
    owning: bool
    found: str


def _tokens_of(text: str, taken: Sequence[tuple[int, int, str]]) -> list[Token]:
    tokens: list[Token] = []
    for start, stop, kind in [*taken, (len(text), len(text), "")]:
        for match in _WORD.finditer(text, tokens[-1].until if tokens else 0, start):
            _add_word(tokens, text, match.start(), match.group())
        if kind:
            # The "'s" that was left standing behind what has been replaced belongs to it.
            owning = text[stop : stop + 1] in _APOSTROPHES and stop < len(text)
            _add(
                tokens,
                text,
                Token(
                    start,
                    stop,
                    stop + 2 * owning,
                    "",
                    "none",
                    opens=False,
                    joined=False,
                    tied=False,
                    owning=owning,
                    found=kind,
                ),
            )
    return tokens


def _add_word(tokens: list[Token], text: str, start: int, word: str) -> None:
    bare = word.lstrip(_APOSTROPHES)
    start += len(word) - len(bare)
    stem = without_ending(bare.rstrip(_APOSTROPHES))
    if stem:
        end, until, owning = start + len(stem), start + len(bare), len(stem) < len(bare)
        _add(
            tokens,
            text,
            Token(
                start,
                end,
                until,
                key_of(stem),
                _case_of(stem),
                opens=False,
                joined=False,
                tied=False,
                owning=owning,
                found="",
            ),
        )


def _add(tokens: list[Token], text: str, token: Token) -> None:
    """Add `token`, having seen what stands between it and the word before."""
    if not tokens:
        tokens.append(token._replace(opens=True))
        return
    before = tokens[-1]
    gap = text[before.until : token.start]
    initial = gap == ". " and (before.end - before.start == 1 or before.key in _SHORTENED)
    tied = gap in _HYPHENS
    opens = not initial and _ENDS_A_SENTENCE.search(gap) is not None
    tokens.append(token._replace(opens=opens, joined=tied or initial or gap in _SPACES, tied=tied))


def _case_of(word: str) -> Case:
    if word.islower():
        return "lower"
    if not word or word.upper() == word.lower():
        return "none"
    if word[:1].isupper() and (len(word) == 1 or word[1:].islower() or _LIKE_A_TITLE.match(word)):
        return "title"
    return "upper" if word.isupper() else "mixed"


NOBODY = Token(0, 0, 0, "", "none", opens=True, joined=False, tied=False, owning=False, found="")
"""What stands before the first word and after the last."""


@dataclass(frozen=True)
class Line:
    """The words of a text, to be looked at one by one. `flat` where capitals tell nothing."""

    tokens: Sequence[Token]
    flat: bool

    @classmethod
    def of(cls, text: str, taken: Sequence[tuple[int, int, str]]) -> Line:
        """The words of `text`. `taken` are pieces that have been replaced (start, end, kind), in order and apart."""
        tokens = _tokens_of(text, taken)
        return cls(tokens, _capitals_say_nothing(tokens))

    def at(self, i: int) -> Token:
        return self.tokens[i] if 0 <= i < len(self.tokens) else NOBODY

    def next(self, i: int) -> Token:
        """The word after word `i`, where nothing but a space stands between them."""
        following = self.at(i + 1)
        return following if following.joined else NOBODY

    def before(self, i: int) -> Token:
        """The word before word `i` in the same sentence."""
        return self.at(i - 1) if not self.at(i).opens else NOBODY

    def has_capital(self, i: int) -> bool:
        """Whether word `i` has a capital that tells something."""
        return self.tokens[i].case == "title" and not self.flat


def _capitals_say_nothing(tokens: Iterable[Token]) -> bool:
    """Whether plain words in the middle of sentences are written with capitals too, so that a capital marks no name."""
    plain = list(_plain_inside(tokens))
    return len(plain) > 0 and 2 * sum(case != "lower" for case in plain) >= len(plain)


def _plain_inside(tokens: Iterable[Token]) -> Iterator[Case]:
    may_be_names = wordy_names()
    for token in tokens:
        says_something = (
            token.key.isalpha() and len(token.key) > 1 and token.case != "none" and token.key not in may_be_names
        )
        if says_something and not token.found and not token.opens and is_plain(token.key):
            yield token.case
