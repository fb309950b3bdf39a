"""Finds the names of people in a text that has been cut into words: `name_spans`.

A name that is nothing else is one wherever it stands. A name that is also a word ("Will", "May", "Hope"), and a word that is not
known at all, need a sign: a capital letter inside a sentence, a title, "called", "my worker", what only people do ("Hope said"),
what only people have ("Hope's mum"). No rule looks further than three words, so the time taken grows with the text alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from analysis.name_lists import around, deeds, is_plain, names, never_names, squeezed, wordy_names
from analysis.name_tokens import Token, capitals_say_nothing
from analysis.own_people import OwnPeople

_NOBODY = Token(0, 0, "", "none", opens=True, joined=False, owning=False, found="")
_TO_MISS = frozenset(("to", "really", "gonna", "will", "ill", "dont", "always", "just", "still", "and", "would", "id"))
_NO_FINITE = frozenset(
    (
        "never",
        "always",
        "really",
        "still",
        "also",
        "just",
        "actually",
        "even",
        "only",
        "finally",
        "let",
        "hit",
        "hurt",
        "can",
        "could",
        "would",
        "cant",
        "wont",
        "wouldnt",
        "couldnt",
        "and",
        "to",
    )
)
_AT_A_CLAUSE = frozenset(
    (
        "and",
        "with",
        "but",
        "because",
        "when",
        "so",
        "then",
        "after",
        "coz",
        "cos",
        "bc",
        "if",
        "since",
        "that",
        "until",
        "like",
    )
)
_WHAT_PEOPLE_CALL = frozenset(("me", "him", "her", "us", "them"))


def name_spans(text: str, tokens: Sequence[Token], own: OwnPeople) -> list[tuple[int, int]]:
    """Where names stand in `text`: first names and surnames that stand together are one."""
    finder = _Finder(tokens, own, flat=capitals_say_nothing(tokens))
    finder.decide()
    spans: list[tuple[int, int]] = []
    for first, last in finder.runs():
        end = tokens[last].end
        initial = tokens[last].end - tokens[last].start == 1 and last > first and text[end : end + 1] == "."
        spans.append((tokens[first].start, end + initial))
    return spans


@dataclass
class _Finder:
    """One text. `flat` where capitals tell nothing; `named` says of each word whether it is (part of) a name."""

    tokens: Sequence[Token]
    own: OwnPeople
    flat: bool
    named: list[bool] = field(default_factory=list)

    def decide(self) -> None:
        self.named = [token.found == "name" for token in self.tokens]
        for i, token in enumerate(self.tokens):
            self.named[i] = self.named[i] or (not token.found and (self._is_name(i) or self._goes_on(i)))
        for i in range(len(self.tokens) - 2, -1, -1):
            self.named[i] = self.named[i] or self._leads(i)

    def runs(self) -> Iterator[tuple[int, int]]:
        """First and last word of each name. What was found before is not told again."""
        first = last = -1
        for i, token in enumerate(self.tokens):
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
        between = range(last + 1, i)
        return (
            len(between) <= 2
            and not any(self.tokens[j].owning for j in range(last, i))
            and all(self.tokens[j].joined for j in range(last + 1, i + 1))
            and all(self.tokens[j].key in around().particles for j in between)
        )

    def _at(self, i: int) -> Token:
        return self.tokens[i] if 0 <= i < len(self.tokens) else _NOBODY

    def _next(self, i: int) -> Token:
        """The word that follows in the same sentence."""
        following = self._at(i + 1)
        return following if following.joined else _NOBODY

    def _before(self, i: int) -> Token:
        return self._at(i - 1) if not self._at(i).opens else _NOBODY

    def _has_capital(self, i: int) -> bool:
        return self.tokens[i].case == "title" and not self.flat

    def _is_name(self, i: int) -> bool:
        key = self.tokens[i].key
        if self.own.holds(key):
            return True
        if key in self.own.wordy and self._is_own(i):
            return True
        if is_clear(key):
            return True
        if not key.isalpha() or len(key) > 40:
            return False
        if self._after_title(i):
            return True
        if key in names().also_words and key not in never_names():
            return self._is_sign_given(i) or self._is_wordy_name(i)
        return (
            not is_plain(key)
            and key not in names().surnames_also_words
            and key not in never_names()
            and (self._is_sign_given(i) or self._is_unknown_name(i))
        )

    def _after_title(self, i: int) -> bool:
        """After "Mr" anything that is no plain word, or has a capital; after "Miss" or "Auntie" less."""
        token, title = self.tokens[i], self._before(i)
        if not token.joined or title.owning or title.found:
            return False
        lists = around()
        wordy = token.key in names().also_words or (token.key in names().surnames_also_words and token.key != "home")
        if title.key in lists.titles and (title.case != "upper" or self.flat):
            return self._has_capital(i) or not is_plain(token.key) or wordy
        if title.key not in lists.weaker_titles or (len(token.key) == 1 and not self._has_capital(i)):
            return False
        if self._has_capital(i) and token.key not in lists.known and (wordy or not is_plain(token.key)):
            return True
        before = self._before(i - 1)
        is_verb = title.key == "miss" and (before.key in lists.pronouns or before.key in _TO_MISS)
        if is_verb or (token.key in lists.modal_words and not self._ends_or_acts(i)):
            return False
        if token.key in names().surnames_also_words:
            return title.key == "miss" and token.key not in never_names() and token.key not in lists.person_verbs
        return (wordy and token.key not in never_names()) or (len(token.key) > 2 and not is_plain(token.key))

    def _is_sign_given(self, i: int) -> bool:
        """What tells of a name in any spelling: "called X", "X's mum", "thanks X", "my worker X said"."""
        lists = around()
        token, before = self.tokens[i], self._before(i)
        if token.owning and self._next(i).key in lists.belongings and before.key not in lists.determiners:
            return True
        if not token.joined or before.found:
            return False
        if before.key in lists.called or (before.key in {"is", "are"} and self._before(i - 1).key in lists.called):
            return len(token.key) > 2 or self._has_capital(i)
        is_known = is_plain(token.key) or token.key in names().also_words
        ends = self._ends_or_acts(i)
        if before.key in lists.greetings:
            return len(token.key) > 2 and (not is_known or (self._has_capital(i) and ends))
        if before.key in lists.roles and not before.owning and self._before(i - 1).key in lists.owners:
            return len(token.key) > 2 and ends and (not is_known or token.key not in lists.modal_words)
        return False

    def _ends_or_acts(self, i: int) -> bool:
        following = self._next(i)
        return following is _NOBODY or following.key in deeds()

    def _is_wordy_name(self, i: int) -> bool:
        token = self.tokens[i]
        if token.case == "upper" or not self._has_capital(i):
            return self._acts(i)
        return self._starts_as_name(i) if token.opens else self._stands_as_name(i)

    def _stands_as_name(self, i: int) -> bool:
        """A word that may be a name, with a capital, inside a sentence: not "in May", "the Rose", "Duke of"."""
        before, following = self._before(i), self._next(i)
        if (
            (before.key in around().determiners and before.key not in around().owners)
            or before.key.isdigit()
            or following.key in {"of", "half", "term"}
        ):
            return False
        is_place = self.tokens[i].key in around().places and before.key in around().place_cues
        return not is_place and not self._is_month(i)

    def _is_month(self, i: int) -> bool:
        lists = around()
        token, before, following = self.tokens[i], self._before(i), self._next(i)
        if token.key not in lists.months and token.key not in {"summer", "autumn", "winter", "spring"}:
            return False
        return (
            before.key in lists.month_cues
            or before.key[:1].isdigit()
            or following.key[:1].isdigit()
            or before.key in lists.months
        )

    def _starts_as_name(self, i: int) -> bool:
        """A word that may be a name at the beginning of a sentence: "Hope said", not "Hope so"."""
        lists = around()
        token, following = self.tokens[i], self._next(i)
        if following.key in lists.pronouns or self._is_month(i):
            return False
        if following.key == "from" and self._at(i + 2).key in lists.owners:
            return True
        if token.key in lists.scarcely:
            return following.key in lists.speaking_verbs
        if token.key in lists.modal_words:
            return following.key in deeds() and following.key not in _NO_FINITE
        if following.key == "and":
            return self._at(i + 2).case == "title" and not is_plain(self._at(i + 2).key)
        return following.key in lists.person_verbs or (
            following.key in lists.be_verbs and token.key not in lists.abstract
        )

    def _acts(self, i: int) -> bool:
        """A word that may be a name, without a capital, doing what people do: "when dawn rang", "will came"."""
        lists = around()
        token, before, following = self.tokens[i], self._before(i), self._next(i)
        does = following.key in lists.person_verbs and following.key not in _NO_FINITE
        if before.key in lists.determiners or before.key in lists.months or self._is_month(i):
            return False
        if token.key in {"will", "may"}:
            return (does or following.key in {"is", "was"}) and before.key not in lists.pronouns
        if token.key in lists.things or token.key in lists.modal_words:
            return False
        if does:
            return before is _NOBODY or before.key in _AT_A_CLAUSE
        return before is _NOBODY and following.key in {"is", "was", "wasnt", "isnt", "has"}

    def _is_unknown_name(self, i: int) -> bool:
        """A word that is not known: a name inside a sentence if it has a capital, at its beginning if it acts."""
        token, following = self.tokens[i], self._next(i)
        if token.case == "title" and self.flat:
            return len(token.key) > 2
        if not self._has_capital(i) or len(token.key) < 2:
            return False
        if not token.opens:
            return True
        lists = around()
        if following.key in lists.person_verbs or (following.key in lists.be_verbs and following.key != "and"):
            return True
        return following.key == "from" and self._at(i + 2).key in lists.owners

    def _is_own(self, i: int) -> bool:
        """The same for a name of the case's own people that is also a word: when in doubt it is a name."""
        lists = around()
        token, before, following = self.tokens[i], self._before(i), self._next(i)
        if self._is_month(i) and (
            before.key in {"in", "last", "next", "this", "mid", "early", "late", "until", "since", "by"}
            or not before.key.isalpha()
        ):
            return False
        finite = following.key in deeds() and following.key not in _NO_FINITE
        if self._has_capital(i):
            if not token.opens:
                return True
            verb = token.key in lists.modal_words and following is not _NOBODY and not finite
            return not verb and following.key not in lists.pronouns
        if token.owning and following.key in lists.belongings:
            return True
        if before.key in lists.determiners or before.key in lists.pronouns:
            return False
        if before.key in lists.after:
            return True
        return finite or (before.key in lists.roles and (following is _NOBODY or token.key not in lists.modal_words))

    def _goes_on(self, i: int) -> bool:
        """A surname or an initial straight after a name."""
        token = self.tokens[i]
        if i == 0 or not token.joined or token.opens or not self._follows_name(i):
            return False
        if len(token.key) == 1:
            return token.case == "title" and token.key not in {"i", "a"} and not token.owning
        if not self._has_capital(i) or not token.key.isalpha():
            return False
        if token.key in never_names() or token.key in around().months:
            return False
        return not is_plain(token.key) or token.key in wordy_names() or token.key in around().places

    def _follows_name(self, i: int) -> bool:
        j = i - 1
        while (
            j > i - 3
            and self.tokens[j].key in around().particles
            and self.tokens[j].joined
            and not self.named[j]
            and j > 0
        ):
            j -= 1
        return self.named[j] and not self.tokens[j].owning

    def _leads(self, i: int) -> bool:
        """A first name or an initial straight before a name: "Will Smith", "J. Okafor", but not "Will Sam"."""
        token, following = self.tokens[i], self._next(i)
        if token.found or token.owning or not self.named[i + 1] or not following.joined or not self._has_capital(i):
            return False
        if len(token.key) == 1:
            return token.key not in {"i", "a"}
        lists = names()
        if following.found == "name" or token.key in never_names():
            return False
        surname = following.key in lists.surnames and following.key not in lists.first
        if token.key in lists.also_words:
            return surname or token.key not in around().modal_words
        return surname and not is_plain(token.key)


def is_clear(key: str) -> bool:
    """Whether `key` is a name and no word, as it stands, drawn out ("saraaah"), or with a text-speak possessive ("jaydens")."""
    return _is_listed(key) or (len(key) > 4 and key[-1] == "s" and not is_plain(key) and _is_listed(key[:-1]))


def _is_listed(key: str) -> bool:
    if key in names().first or key in names().surnames:
        return True
    return key.isascii() and not is_plain(key) and any(form in names().first for form in squeezed(key))
