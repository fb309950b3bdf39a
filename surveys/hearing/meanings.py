"""What a reply's words may mean on one question: its labels and their kin, yes and no, in its language too.

Made once for a question and remembered, because it is read for every reply.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Literal

from surveys.hearing.letters import plain, unmarked
from surveys.hearing.numbers import Expected, grammar
from surveys.hearing.slips import slips
from surveys.languages import ReplyWords
from surveys.questions import HAS_RANGE, SCALE_TOP, Question
from surveys.words import LEADING_NO, LEADING_YES, NO, NOT_ONE, SKIP, TOP_OF_SCALE, UNSURE, YES, key

_THE_SAME = ("the same", "about the same", "just the same", "no change", "no different", "unchanged")
_KIN = {
    "kind of": ("kinda", "sort of", "sorta", "kind off"),
    "a bit": ("a little", "a little bit", "little bit", "a tiny bit"),
    "a little": ("a bit", "a little bit", "little bit"),
    "a lot": ("lots", "loads", "a whole lot", "heaps"),
    "good": ("gud", "gd"),
    "ok": ("okay", "alright", "all right"),
    "up and down": ("ups and downs", "up n down"),
    "nobody": ("no one", "noone"),
    "no one": ("nobody", "noone"),
    "someone else": ("somebody else",),
    "agree": ("agreed", "i agree", "agrees"),
    "disagree": ("disagreed", "i disagree", "disagrees", "dont agree", "i dont agree"),
    "strongly agree": ("agree strongly", "i strongly agree", "totally agree", "completely agree"),
    "strongly disagree": ("disagree strongly", "i strongly disagree", "totally disagree", "completely disagree"),
    "mixed": ("bit mixed", "a bit mixed", "mix", "mixture", "a mixture", "up and down", "ups and downs"),
    "complaint": ("complain",),
    "same": _THE_SAME,
    "the same": ("same", *_THE_SAME),
    "about the same": ("same", *_THE_SAME),
    "stayed the same": ("same", *_THE_SAME),
    "no change": ("same", *_THE_SAME),
}
"""Labels, and what else people call them."""

_BY_DEGREES = ("better", "worse")
_DEGREES = (
    "much",
    "so much",
    "way",
    "a lot",
    "lots",
    "loads",
    "far",
    "a bit",
    "a little",
    "slightly",
    "got",
    "getting",
)
_BEFORE_LABELS = ("about the ", "stayed the ", "made it ", "just the ", "the ", "my ", "a ", "i ")
_NEGATIONS = frozenset({"not", "no", "none", "nothing", "nobody", "never", "hardly", "neither", "without", "cant"}) | {
    *("havent", "wasnt", "didnt", "dont", "isnt", "arent", "hasnt", "wont", "couldnt")
}
_NOT_TELLING = (
    frozenset({"very", "much", "made", "most", "with", "just", "only", "went", "long", "have", "plan", "early", "well"})
    | {"some", "else", "about", "stayed", "quite", "really", "strongly", "fairly", "always", "what", "when", "this", "that"}
    | {"someone", "somebody"}
)  # fmt: skip
_NOT_BEGINNINGS = frozenset(
    {"not", "very", "too", "the", "made", "hard", "hear", "with", "wait", "come", "know", "someone", "somebody"}
)
_NONE_FIRST = ("none ", "nothing ", "nobody ", "no one ", "not any ")
_YES_FIRST, _NO_FIRST = frozenset({"yes", "yeah"}), frozenset({"no"})
_STRETCHED = re.compile(r"([^\W\d_])\1{2,}")


class Meanings:
    """The tables of one question.

    Attributes:
        exact: bare words that are an answer, and the option each means.
        labels: the bare words of each option's label, by its number.
        yes, no, unsure, none: the options that mean these (`none` of several); None where no option does.
        nearer: options that say more exactly what a yes or a no before them meant ("yes, kind of").
        listed: a pattern for one option's words in a list of several.
        unsaid: words that leave a question unanswered. skips: words that pass it over.
        top: words for the highest number, on a scale from 0 to 10 only.
        never_leading: words that answer alone, and never with a comment after them ("y", "han").
        expected: which numbers answer it.
    """

    def __init__(self, question: Question) -> None:
        own = question.words or ReplyWords()
        self.unsaid = UNSURE | _folded(own.unsure)
        self.skips = SKIP | _folded(own.skip)
        self.top = TOP_OF_SCALE if (question.lowest, question.highest) == (0, SCALE_TOP) else frozenset[str]()
        self.expected = _expected(question, own)
        self.labels = {option.v: folded(option.label) for option in question.options}
        own_yes, own_no = _folded(own.yes), _folded(own.no)
        if question.type == "yes_no":
            self.yes: int | None = 1
            self.no: int | None = 2
        else:
            self.yes = self._only(YES | own_yes, _YES_FIRST | own_yes)
            self.no = self._only(NO | own_no, _NO_FIRST | own_no if self.yes else frozenset())
        self.unsure = next((v for v, label in self.labels.items() if label in self.unsaid), None)
        self.nearer = self._nearer()
        self.none = next(
            (v for v, label in self.labels.items() if label in NOT_ONE or label.startswith(_NONE_FIRST)), None
        )
        self.exact = self._exact(YES | own_yes, NO | own_no)
        self.never_leading = ((YES - LEADING_YES) | (NO - LEADING_NO) | {"k", "well"}) - (own_yes | own_no)
        in_lists = (form for form in self.exact if form not in YES | NO | self.unsaid and not form[0].isdecimal())
        words = "|".join(re.escape(form).replace(r"\ ", r"[\s-]+") for form in sorted(in_lists, key=len, reverse=True))
        self.listed = re.compile(rf"(?:{words})(?!\w)" if words else r"(?!)")
        self._telling = dict(self._telling_words())
        forms = {**self._telling, **self.exact}
        self._slippery = [(tuple(form.split()), v) for form, v in forms.items() if len(form) > 3]

    def _nearer(self) -> dict[int, frozenset[int]]:
        """Give the options that say more exactly what a yes or a no before them meant."""
        middle = frozenset(self.labels) - {self.yes, self.no, self.unsure}
        denying = frozenset(v for v in middle if self.labels[v].startswith("not "))
        return {v: more for v, more in ((self.yes, middle), (self.no, denying)) if v is not None}

    def option(self, words: str) -> int | None:
        """Give the option that these words are, as written or stretched ("yesss")."""
        found = self.exact.get(words)
        if found is None and _STRETCHED.search(words):
            once, twice = _STRETCHED.sub(r"\1", words), _STRETCHED.sub(r"\1\1", words)
            found = self.exact.get(twice, self.exact.get(once))
        return found

    def whole(self, words: str) -> int | None:
        """Give the option that these words, being all of the reply, are for sure: written out, begun or with a slip."""
        if (found := self.option(words)) is not None:
            return found
        if len(words) > _LONGEST:
            return None
        joined = self.exact.get(words.replace(" ", "")) if " " in words else None
        return joined or self._begun(words) or self._telling.get(words) or self.slipped(words)

    def slipped(self, words: str) -> int | None:
        """Give the one option that these words are but for a slip; None where two are equally near."""
        parts = words.split()
        nearest: dict[int, int] = {}
        for meant, v in self._slippery:
            if len(meant) == len(parts) and (far := _slips(parts, meant)) is not None:
                nearest[v] = min(far, nearest.get(v, far))
        if not nearest:
            return None
        least = min(nearest.values())
        fitting = [v for v, far in nearest.items() if far == least]
        return fitting[0] if len(fitting) == 1 else None

    def _begun(self, words: str) -> int | None:
        """Give the option whose label clearly begins so ("haven't seen"): whole words, or four letters and more."""
        if len(words) < 3 or words in _NOT_BEGINNINGS:
            return None
        beginning = words + ("" if len(words) > 3 else " ")
        fitting = [v for v, label in self.labels.items() if f"{label} ".startswith(beginning)]
        return fitting[0] if len(fitting) == 1 else None

    def _only(self, labels: frozenset[str], first_words: frozenset[str]) -> int | None:
        """Give the one option that is labelled so; where none is, the one whose label begins so ("Yes, a lot")."""
        labelled = [v for v, label in self.labels.items() if label in labels]
        beginning = [v for v, label in self.labels.items() if label.split(" ")[0] in first_words]
        return next((fitting[0] for fitting in (labelled, beginning) if len(fitting) == 1), None)

    def _exact(self, yes: frozenset[str], no: frozenset[str]) -> dict[str, int]:
        """Build the table, the surest first: a label beats what it might be short for, and that beats yes and no."""
        table: dict[str, int] = {}
        for forms in (_written, _short, _kin):
            found: dict[str, set[int]] = {}
            for v, label in self.labels.items():
                for form in forms(v, label):
                    found.setdefault(form, set()).add(v)
            for form, options in found.items():
                if len(options) == 1:
                    table.setdefault(form, min(options))
        for words, meaning in ((yes, self.yes), (no, self.no), (self.unsaid, self.unsure)):
            if meaning is not None:
                table = {**dict.fromkeys(words, meaning), **table}
        return table

    def _telling_words(self) -> Iterator[tuple[str, int]]:
        """Give the words that stand in one label only; none of a label that denies, which would then say its opposite."""
        everywhere = [word for label in self.labels.values() for word in set(label.split())]
        for v, label in self.labels.items():
            words = label.split()
            if not _NEGATIONS.intersection(words):
                telling = (word for word in words if len(word) > 3 and word not in _NOT_TELLING)
                yield from ((word, v) for word in telling if everywhere.count(word) == 1)


_LONGEST = 60  # characters of a reply that is nothing but an option, slips included


def folded(text: str) -> str:
    """Give a label or a word of a table in the shape of `surveys.hearing.said.Said.words`."""
    return unmarked(key(text))


def _folded(words: Iterable[str]) -> frozenset[str]:
    return frozenset(folded(word) for word in words) - {""}


def _written(v: int, label: str) -> tuple[str, ...]:
    return (label, f"{v} {label}") if label else ()


def _short(_: int, label: str) -> Iterator[str]:
    """Give a label without its article ("lot", "grown up") and without its spaces ("alot")."""
    yield from (label.removeprefix(start) for start in _BEFORE_LABELS if label.startswith(start))
    if " " in label:
        yield label.replace(" ", "")


def _kin(_: int, label: str) -> Iterator[str]:
    yield from _KIN.get(label, ())
    if label.startswith("very "):
        yield label.replace("very ", "v ", 1)
    if label in _BY_DEGREES:
        yield from (f"{degree} {label}" for degree in _DEGREES)


def _slips(written: list[str], meant: tuple[str, ...]) -> int | None:
    total = 0
    for one, other in zip(written, meant, strict=True):
        found = slips(one, other)
        if found is None:
            return None
        total += found
    return total


def _expected(question: Question, own: ReplyWords) -> Expected:
    numbers = grammar(tuple(sorted((_number_word(word), value) for word, value in own.numbers.items())))
    if question.type in HAS_RANGE:
        kind: Literal["scale", "amount"] = "scale" if question.type == "scale" else "amount"
        return Expected(kind, question.lowest, question.highest, numbers, frozenset(key(question.ask).split()))
    return Expected("option", 1, max((option.v for option in question.options), default=2), numbers)


def _number_word(word: str) -> str:
    return unmarked(plain(word))


_remembered: dict[int, tuple[Question, Meanings]] = {}
_MOST_REMEMBERED = 4096


def meanings_of(question: Question) -> Meanings:
    """Give the tables of a question, made once.

    They are found by the question's identity, since a model with a table inside cannot be hashed and takes long to
    compare; the question is kept beside them, so that no other can come to bear its identity.
    """
    found = _remembered.get(id(question))
    if found is None:
        if len(_remembered) >= _MOST_REMEMBERED:
            _remembered.clear()
        found = _remembered[id(question)] = question, Meanings(question)
    return found[1]
