"""Finds the names of people in a text that has been cut into words: `name_spans`.

A name that is nothing else is one wherever it stands. A name that is also a word ("Will", "May", "Hope"), and a word that
is not known at all, need a sign (`analysis/naming/signs.py`): a capital letter inside a sentence, a title, "called",
"my worker", what only people do ("Hope said"), what only people have ("Hope's mum"). The time taken grows with the text
alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from analysis.naming.lists import around, is_clear_name, is_only_a_word, is_plain, names, never_names, wordy_names
from analysis.naming.own_people import OwnPeople
from analysis.naming.signs import (
    begins_full_name,
    follows_title,
    leads_in_any_case,
    own_couple,
    own_name,
    owns_without_apostrophe,
    sign_is_given,
    unknown_name,
    wordy_name,
)
from analysis.naming.tokens import Line, Token

_LONGEST = 40
_NO_INITIALS = frozenset(("i", "a"))


def name_spans(text: str, line: Line, own: OwnPeople) -> list[tuple[int, int]]:
    """Where names stand in `text`: first names and surnames that stand together are one."""
    finder = _Finder(line, own)
    finder.decide()
    spans: list[tuple[int, int]] = []
    for first, last in finder.runs():
        start, end = line.tokens[first].start, line.tokens[last].end
        is_initial = last > first and len(line.tokens[last].key) == 1 and text[end : end + 1] == "."
        spans.append((start, end + is_initial))
    return spans


@dataclass
class _Finder:
    """One text. `named` says of each word whether it is (part of) a name."""

    line: Line
    own: OwnPeople
    named: list[bool] = field(default_factory=list)

    def decide(self) -> None:
        tokens = self.line.tokens
        self.named = [token.found == "name" for token in tokens]
        for i, token in enumerate(tokens):
            if not token.found and not self._is_no_name(token):
                self.named[i] = self._is_name(i) or self._goes_on(i)
        for i in range(len(tokens) - 2, -1, -1):
            if self._is_couple(i):
                self.named[i] = self.named[i + 1] = True
            self.named[i] = self.named[i] or self._leads(i)

    def _is_no_name(self, token: Token) -> bool:
        """Whether there is nothing to look for: most words of most texts."""
        may_be_own = not self.own.wordy.isdisjoint((token.key, token.key.removesuffix("s")))
        return token.case == "lower" and not may_be_own and is_only_a_word(token.key)

    def runs(self) -> Iterator[tuple[int, int]]:
        """First and last word of each name. What was found before is not told again."""
        first = last = -1
        for i, token in enumerate(self.line.tokens):
            if token.found or not self.named[i]:
                continue
            if first >= 0 and self._touch(last, i):
                last = i
                continue
            if first >= 0:
                yield first, last
            first = last = i
        if first >= 0:
            yield first, last

    def _touch(self, last: int, i: int) -> bool:
        """Whether nothing but particles ("de", "bin") stands between two parts of a name."""
        if i - last > 3:
            return False
        parts = self.line.tokens[last : i + 1]
        together = all(token.joined for token in parts[1:]) and not any(token.owning for token in parts[:-1])
        return together and all(token.key in around().particles for token in parts[1:-1])

    def _is_name(self, i: int) -> bool:
        key = self.line.tokens[i].key
        if self.own.holds(key) or is_clear_name(key):
            return True
        if key in self.own.wordy and own_name(self.line, i):
            return True
        if not key.isalpha() or len(key) > _LONGEST:
            return False
        if self._may_be_name(key.removesuffix("s")) and owns_without_apostrophe(self.line, i):
            return True
        return follows_title(self.line, i) or (key not in never_names() and self._is_one_by_signs(i))

    def _may_be_name(self, key: str) -> bool:
        return key in self.own.wordy or (key in names().also_words and key not in around().things)

    def _is_one_by_signs(self, i: int) -> bool:
        key = self.line.tokens[i].key
        if key in names().also_words:
            return sign_is_given(self.line, i) or wordy_name(self.line, i)
        if is_plain(key) or key in names().surnames_also_words:
            return False
        return sign_is_given(self.line, i) or unknown_name(self.line, i)

    def _goes_on(self, i: int) -> bool:
        """A surname or an initial straight after a name."""
        token = self.line.tokens[i]
        if not token.joined or token.opens or not self._follows_name(i):
            return False
        if len(token.key) == 1:
            return token.case == "title" and token.key not in _NO_INITIALS and not token.owning
        if token.tied and token.key.isalpha() and not is_only_a_word(token.key):
            return True
        if not self.line.has_capital(i) or not token.key.isalpha():
            return False
        if token.key in never_names() or token.key in around().months:
            return False
        return not is_plain(token.key) or token.key in wordy_names() or token.key in around().places

    def _follows_name(self, i: int) -> bool:
        """Whether a name stands before word `i`, or before no more than two particles."""
        j = i - 1
        while i - 3 < j and j > 0 and not self.named[j] and self._is_particle(j):
            j -= 1
        return j >= 0 and self.named[j] and not self.line.tokens[j].owning

    def _is_particle(self, i: int) -> bool:
        return self.line.tokens[i].joined and self.line.tokens[i].key in around().particles

    def _is_couple(self, i: int) -> bool:
        """Two words that may each be none, and are a name together: "john brown" of the case's own people, "May Brown"."""
        token, following = self.line.tokens[i], self.line.next(i)
        if token.found or token.owning or following.found:
            return False
        if self.own.are_one_name(token.key, following.key):
            return own_couple(self.line, i)
        return begins_full_name(self.line, i)

    def _leads(self, i: int) -> bool:
        """A first name or an initial straight before a name: "Will Smith", "J. Okafor", but not "Will Sam"."""
        token, following = self.line.tokens[i], self.line.next(i)
        if token.found or token.owning or not self.named[i + 1] or not following.joined or following.found:
            return False
        is_surname = following.key in names().surnames and following.key not in names().first
        if is_surname and self._may_be_first_name(token.key) and leads_in_any_case(self.line, i):
            return True
        if not self.line.has_capital(i) or token.key in never_names():
            return False
        if len(token.key) == 1:
            return token.key not in _NO_INITIALS
        if token.key in names().also_words:
            return is_surname or token.key not in around().modal_words
        return is_surname and not is_plain(token.key)

    def _may_be_first_name(self, key: str) -> bool:
        return key in self.own.wordy or key in names().also_words
