"""Knows the people of one case by every form of their names: parts, short forms, inflections and slips of the finger."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from analysis.naming.lists import around, is_plain, key_of, names, squeezed

_APART = re.compile(r"[\s,;/()\"\-\u2010-\u2015.]+")
_SECOND_PART = re.compile(r"^[oO]['\u2019`](?=\w{3})")
_FAMILY_FIRST = re.compile("[\u3400-\u9fff\uac00-\ud7af]+")
_VOWELS = "aeiouyаеиоуіїяюєы"
_LONG_ENOUGH_TO_SLIP = 5
_LONG_ENOUGH_TO_INFLECT = 4
_MOST_PEOPLE = 500


@dataclass(frozen=True)
class OwnPeople:
    """The names to look for.

    Attributes:
        clear: forms that mean nobody and nothing else.
        wordy: forms that are words as well; their place must tell.
        unspaced: forms in scripts that are written without spaces or with other words joined on: looked for as they stand.
    """

    clear: frozenset[str]
    wordy: frozenset[str]
    unspaced: tuple[str, ...]
    _family: frozenset[str] = field(repr=False)
    _stems: frozenset[str] = field(repr=False)
    _slips: frozenset[str] = field(repr=False)
    _known: dict[str, bool] = field(default_factory=dict, repr=False)

    @classmethod
    def called(cls, people: Iterable[str]) -> OwnPeople:
        """The people with these full names."""
        given: set[str] = set()
        family: set[str] = set()
        unspaced: set[str] = set()
        for person in islice(people, _MOST_PEOPLE):
            first = ""
            for part in _parts(person):
                key = key_of(part)
                if key and _has_no_case(key):
                    unspaced.update(form for form in (part, key, _given_name(key)) if len(form) > 1)
                elif len(key) > 1:
                    first = first or key
                    (given if key == first else family).update({key}, names().forms.get(key, ()))
        forms = given | family
        wordy = frozenset(form for form in forms if _is_a_word(form))
        clear = frozenset(forms) - wordy
        return cls(
            clear=clear,
            wordy=wordy,
            unspaced=tuple(sorted(unspaced, key=len, reverse=True)),
            _family=frozenset(family),
            _stems=frozenset(stem for form in clear if len(stem := _stem_of(form)) >= _LONG_ENOUGH_TO_INFLECT),
            _slips=frozenset(slip for form in clear if len(form) >= _LONG_ENOUGH_TO_SLIP for slip in _slips_of(form)),
        )

    def holds(self, key: str) -> bool:
        """Whether `key` is one of these people, however it is inflected or mistyped, and no plain word."""
        if key not in self._known:
            self._known[key] = key in self.clear or (bool(self.clear) and not is_plain(key) and self._is_a_form(key))
        return self._known[key]

    def are_one_name(self, key: str, following: str) -> bool:
        """Whether two words that stand together are a name and the surname, of these people, that may follow it."""
        return (key in self.clear or key in self.wordy) and not self._family.isdisjoint(
            (following, following.removesuffix("s"))
        )

    def _is_a_form(self, key: str) -> bool:
        if not squeezed(key).isdisjoint(self.clear):
            return True
        if any(len(key) > cut and key[: len(key) - cut] in self._stems for cut in range(4)):
            return True
        return len(key) >= _LONG_ENOUGH_TO_SLIP and not self._slips.isdisjoint(_slips_of(key[:30]))


def _parts(person: str) -> Iterator[str]:
    """The words of a full name but titles and particles; what a hyphen joins also as one, "O'Neil" also as "Neil"."""
    lists = around()
    no_names = lists.titles | lists.weaker_titles | lists.particles | (lists.roles & lists.belongings)
    yield from (word.replace("-", "") for word in person.split() if "-" in word)
    for part in _APART.split(person):
        if key_of(part) not in no_names:
            yield part
            yield _SECOND_PART.sub("", part)


def _has_no_case(key: str) -> bool:
    return not key.isascii() and key.upper() == key


def _given_name(key: str) -> str:
    """A Chinese, Japanese or Korean name without its family's, which stands first: one character of three."""
    return key[1:] if len(key) == 3 and _FAMILY_FIRST.fullmatch(key) else key


def _is_a_word(form: str) -> bool:
    lists = names()
    return len(form) <= 2 or form in lists.also_words or form in lists.surnames_also_words or is_plain(form)


def _stem_of(form: str) -> str:
    return form[:-1] if form[-1] in _VOWELS else form


def _slips_of(form: str) -> set[str]:
    """`form`, and `form` without one of its letters but the first: two forms that share one differ by one slip."""
    return {form, *(form[:i] + form[i + 1 :] for i in range(1, len(form)))}
