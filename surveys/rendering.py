"""How a question stands on each channel. Fills no gap; the gaps themselves stand in `surveys.gaps`.

By SMS it is one text, "2/8 Are things 1 Better, 2 Worse". On Telegram and the web the options stand apart, as buttons.
"""

from __future__ import annotations

from dataclasses import dataclass

from surveys.gaps import IN_SURVEYS, PLACEHOLDER, PLACEHOLDERS, Direction, at_its_longest, isolated
from surveys.questions import Question

__all__ = [
    "IN_SURVEYS",
    "PLACEHOLDER",
    "PLACEHOLDERS",
    "Apart",
    "as_asked",
    "as_asked_apart",
    "at_its_longest",
    "isolated",
]


_ENDS = (".", "?", "!", "…", ":", "।", "؟", "۔", "。", "？")
"""What a question may end with. One that ends with none of these reads on into its options."""


@dataclass(frozen=True)
class Apart:
    """A question whose options are pressed, not typed; gaps unfilled.

    Attributes:
        place: where it stands among the questions, "2/8".
        words: the question itself.
        options: the number and the label of each.
        faces: the options may be shown as faces; their labels stay beside them.
    """

    place: str
    words: str
    options: tuple[tuple[int, str], ...]
    faces: bool


def as_asked(
    question: Question, number: int, total: int, *, easy_read: bool = False, direction: Direction = "ltr"
) -> str:
    """Give the question as a text message, gaps unfilled: "2/8 Are things 1 Better, 2 Worse".

    In a right-to-left language "2/8" is set apart; whoever fills the gaps does the same (`isolated`).
    """
    options = ", ".join(f"{option.v} {option.label}" for option in question.options)
    words = _words(question, easy_read=easy_read)
    return " ".join(part for part in (isolated(f"{number}/{total}", direction), words, options) if part)


def as_asked_apart(
    question: Question, number: int, total: int, *, easy_read: bool = False, direction: Direction = "ltr"
) -> Apart:
    """Give the question for a channel with buttons, gaps unfilled. Words that its options would end are left open: "…"."""
    words = _words(question, easy_read=easy_read)
    is_open = bool(question.options) and not words.endswith(_ENDS)
    return Apart(
        place=isolated(f"{number}/{total}", direction),
        words=f"{words} …" if is_open else words,
        options=tuple((option.v, option.label) for option in question.options),
        faces=question.faces,
    )


def _words(question: Question, *, easy_read: bool) -> str:
    return question.text_easy if easy_read and question.text_easy else question.ask
