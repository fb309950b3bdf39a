"""Finds cues in plain words.

A cue is written as slots: `@person @hit me|us|mum`. A slot lists the words that may stand in it, `@name` brings in a group
of words, and up to two other words may stand between slots (`matching` in the taxonomy of urgent concerns). Slots joined by
`_` must touch: `end_it`; `...` lets up to seven words stand between two slots. `hit~` stands for the word with its usual
endings (hits, hitting, hitted: a form that nobody writes costs nothing), and `a|b+c` for "a" or "b c" in one place. Cues
never reach over the end of a sentence. Each message is looked up in an index by the rarest slot, so the time taken grows
with the text and hardly at all with the length of the lists; no regular expression runs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, NamedTuple, TypeVar

from analysis.normalise import PLAIN, Reader, Word, word_set

Label = TypeVar("Label")

GAP = 2
"""How many other words may stand between two slots."""

WIDE = 7
"""How many may stand where a cue says `...`."""

_VOWELS = frozenset("aeiou")

_COMMON = word_set(
    "a an and are at be by do for from get go going got had has have he her him his i if in is it me my no not of off on "
    "one or our out she so that the them they this to up us want was we what when will with you your"
)


class Slot(NamedTuple):
    """One place of a cue.

    Attributes:
        words: that fit by themselves.
        gap: how many other words may stand before it.
        phrases: of several words that fit as well.
        begins: what the place can begin with.
    """

    words: frozenset[str]
    gap: int
    phrases: tuple[tuple[str, ...], ...] = ()
    begins: frozenset[str] = frozenset()

    @classmethod
    def of(cls, alternatives: Iterable[str], gap: int) -> Slot:
        """A place for any of `alternatives`, of which those with `+` are phrases."""
        words = frozenset(each for each in alternatives if "+" not in each)
        phrases = tuple(sorted(tuple(each.split("+")) for each in alternatives if "+" in each))
        return cls(words, gap, phrases, words | {phrase[0] for phrase in phrases})

    def ends(self, words: Sequence[Word], position: int) -> Iterator[int]:
        """Where each thing that fits at `position` has its last word."""
        if words[position].text in self.words:
            yield position
        for phrase in self.phrases:
            if phrase == tuple(word.text for word in words[position : position + len(phrase)]):
                yield position + len(phrase) - 1


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
            known.update(*(slot.words for slot in slots), *(phrase for slot in slots for phrase in slot.phrases))
            for word in min(slots, key=_commonness).begins:
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
    between = GAP
    for chunk in cue.split():
        if chunk == "...":
            between = WIDE
            continue
        for part_number, part in enumerate(chunk.split("_")):
            gap = 0 if part_number else between
            if "|" in part or part.startswith("@") or part.endswith("~"):
                slots.append(Slot.of(_alternatives(part, groups), gap))
            else:
                plain = [word.text for word in PLAIN.read(part)] or [part]
                slots.extend(Slot.of([word], 0 if i else gap) for i, word in enumerate(plain))
        between = GAP
    return tuple(slots)


def _alternatives(part: str, groups: Mapping[str, Sequence[str]]) -> frozenset[str]:
    words: set[str] = set()
    for alternative in part.split("|"):
        if alternative.startswith("@"):
            words.update(*(_alternatives(member, groups) for member in groups[alternative[1:]]))
        elif alternative.endswith("~"):
            words.update(inflected(alternative[:-1]))
        else:
            words.add(_as_read(alternative))
    return frozenset(words)


def _as_read(alternative: str) -> str:
    """An alternative as texts are read, so that "gonna" may be written in a list and is the phrase "going+to"."""
    if not alternative.replace("+", "").isalpha():
        return alternative
    return "+".join(word.text for word in PLAIN.read(alternative.replace("+", " ")))


def inflected(verb: str) -> frozenset[str]:
    """A verb with its regular endings: "slap" is also slaps, slapped, slapping; "cry" also cries and cried."""
    doubled = len(verb) > 2 and verb[-1] not in "aeiouwxy" and verb[-2] in _VOWELS and verb[-3] not in _VOWELS
    stem = verb + verb[-1] if doubled else verb.removesuffix("e")
    if verb.endswith("y") and verb[-2] not in _VOWELS:
        return frozenset({verb, f"{verb[:-1]}ies", f"{verb[:-1]}ied", f"{verb}ing"})
    third = f"{verb}es" if verb.endswith(("s", "sh", "ch", "x", "z")) else f"{verb}s"
    return frozenset({verb, third, f"{stem}ed", f"{stem}ing", f"{verb}ed", f"{verb}ing"})


def _commonness(slot: Slot) -> int:
    return len(slot.begins) + (1000 if slot.begins & _COMMON else 0)


def _places(
    slots: tuple[Slot, ...], words: Sequence[Word], places: Mapping[str, list[int]]
) -> Iterator[tuple[int, ...]]:
    if any(slot.begins.isdisjoint(places) for slot in slots):
        return
    for start in sorted(position for word in slots[0].begins for position in places.get(word, ())):
        for end in slots[0].ends(words, start):
            at = _onwards(tuple(range(start, end + 1)), slots[1:], words)
            if at:
                yield at
                break


def _onwards(at: tuple[int, ...], slots: tuple[Slot, ...], words: Sequence[Word]) -> tuple[int, ...] | None:
    """Fill the slots that come after `at`, nearest words first; None where they do not fit."""
    if not slots:
        return at
    slot = slots[0]
    here = at[-1]
    for position in range(here + 1, min(here + 2 + slot.gap, len(words))):
        if words[position].sentence != words[here].sentence:
            return None
        if words[position].text in slot.begins:
            for end in slot.ends(words, position):
                found = _onwards((*at, *range(position, end + 1)), slots[1:], words)
                if found:
                    return found
    return None
