"""Finds cues in plain words.

A cue is written as slots: `@person @hit me|us|mum`. A slot lists the words that may stand in it, `@name` brings in a group
of words, and up to two other words may stand between slots (`matching` in the taxonomy of urgent concerns). Slots joined by
`_` must touch: `end_it`. Cues never reach over the end of a sentence. Each message is looked up in an index by the rarest
slot, so the time taken grows with the text and hardly at all with the length of the lists; no regular expression runs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, NamedTuple, TypeVar

from analysis.normalise import PLAIN, Reader, Word, word_set

Label = TypeVar("Label")

GAP = 2
"""How many other words may stand between two slots."""

_COMMON = word_set(
    "a an and are at be by do for from get go going got had has have he her him his i if in is it me my no not of off on "
    "one or our out she so that the them they this to up us want was we what when will with you your"
)


class Slot(NamedTuple):
    """One place of a cue: the words that fit, and how many others may stand before it."""

    words: frozenset[str]
    gap: int


class Found(NamedTuple, Generic[Label]):
    """A cue found: its label, and which words (by index) filled its slots."""

    label: Label
    at: tuple[int, ...]

    def touches(self, other: Found[Label]) -> bool:
        """Whether the two stand on common ground."""
        return self.at[0] <= other.at[-1] and other.at[0] <= self.at[-1]


@dataclass(frozen=True)
class CueBook(Generic[Label]):
    """Every cue of a list, ready to be looked up."""

    index: Mapping[str, Sequence[tuple[int, Label, tuple[Slot, ...]]]]
    reader: Reader = field(repr=False)

    @classmethod
    def of(cls, cues: Iterable[tuple[str, Label]], groups: Mapping[str, Sequence[str]] | None = None) -> CueBook[Label]:
        """Read `(cue, label)` pairs. Raises KeyError where a cue names a group that does not exist."""
        index: dict[str, list[tuple[int, Label, tuple[Slot, ...]]]] = {}
        known: set[str] = set()
        for number, (cue, label) in enumerate(cues):
            slots = _slots(cue, groups or {})
            known.update(*(slot.words for slot in slots))
            for word in min(slots, key=_commonness).words:
                index.setdefault(word, []).append((number, label, slots))
        return cls(index=index, reader=Reader.knowing(known))

    def read(self, text: str) -> list[Word]:
        """The plain words of `text`, with this list's own undone."""
        return self.reader.read(text)

    def find(self, words: Sequence[Word]) -> Iterator[Found[Label]]:
        """Every place where a cue begins, once for each cue and beginning."""
        places: dict[str, list[int]] = {}
        for position, word in enumerate(words):
            places.setdefault(word.text, []).append(position)
        tried: set[int] = set()
        for word_text in places:
            for number, label, slots in self.index.get(word_text, ()):
                if number not in tried:
                    tried.add(number)
                    for at in _places(slots, words, places):
                        yield Found(label, at)


def _slots(cue: str, groups: Mapping[str, Sequence[str]]) -> tuple[Slot, ...]:
    slots: list[Slot] = []
    for chunk in cue.split():
        for part_number, part in enumerate(chunk.split("_")):
            gap = 0 if part_number else GAP
            if "|" in part or part.startswith("@"):
                slots.append(Slot(_alternatives(part, groups), gap))
            else:
                plain = [word.text for word in PLAIN.read(part)] or [part]
                slots.extend(Slot(frozenset({word}), 0 if i else gap) for i, word in enumerate(plain))
    return tuple(slots)


def _alternatives(part: str, groups: Mapping[str, Sequence[str]]) -> frozenset[str]:
    words: set[str] = set()
    for alternative in part.split("|"):
        words.update(groups[alternative[1:]] if alternative.startswith("@") else [alternative])
    return frozenset(words)


def _commonness(slot: Slot) -> int:
    return len(slot.words) + (1000 if slot.words & _COMMON else 0)


def _places(
    slots: tuple[Slot, ...], words: Sequence[Word], places: Mapping[str, list[int]]
) -> Iterator[tuple[int, ...]]:
    if any(slot.words.isdisjoint(places) for slot in slots):
        return
    for start in sorted(position for word in slots[0].words for position in places.get(word, ())):
        at = _onwards((start,), slots, words)
        if at:
            yield at


def _onwards(at: tuple[int, ...], slots: tuple[Slot, ...], words: Sequence[Word]) -> tuple[int, ...] | None:
    """Fill the slots after those in `at`, nearest words first; None where they do not fit."""
    if len(at) == len(slots):
        return at
    slot = slots[len(at)]
    here = at[-1]
    for position in range(here + 1, min(here + 2 + slot.gap, len(words))):
        if words[position].sentence != words[here].sentence:
            return None
        if words[position].text in slot.words:
            found = _onwards((*at, position), slots, words)
            if found:
                return found
    return None
