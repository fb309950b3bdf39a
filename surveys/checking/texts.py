"""Whether every wording can be sent: gaps that are filled, letters that SMS carries, a length that fits."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from surveys.checking.problems import Finding
from surveys.frozen import IDENTIFIER
from surveys.gaps import IN_SURVEYS, LINES, PLACEHOLDER, WITHOUT_A_CASE, Direction, at_its_longest
from surveys.gsm7 import foreign_characters, room, size
from surveys.languages import Language
from surveys.letters import wording_in_plain_letters
from surveys.rendering import as_asked
from surveys.stages import FAMILIES, Audience
from surveys.survey import Survey

FILLED_IN: Mapping[str, tuple[str, ...]] = {
    "reminder": ("day",),
    "later_ok": ("day",),
    "complaint_logged": ("date",),
    "urgent_ooh_yp": ("next_open",),
    "urgent_ooh_adult": ("next_open",),
    "you_said_we_did": ("you_said", "we_did"),
    "discreet_link": ("link",),
    "clarify_number": ("lowest", "highest"),
}
"""Gaps that are filled in one message only, besides those that are filled everywhere."""


@dataclass(frozen=True)
class Manner:
    """How texts of one language travel.

    Attributes:
        plain_letters: they are measured without the marks of their letters, as SMS carries them.
        any_letters: they may hold letters that plain SMS cannot carry, at the price of shorter parts.
    """

    plain_letters: bool = False
    any_letters: bool = False
    most_parts: int = 1
    direction: Direction = "ltr"

    @classmethod
    def of(cls, language: Language) -> Manner:
        """Give the manner of a language besides English."""
        return cls(language.plain_letters, not language.plain_letters, language.most_parts, language.direction)


ENGLISH_MANNER = Manner()


def in_text(
    place: str | None, text: str, gaps: tuple[str, ...], manner: Manner = ENGLISH_MANNER, called: str = "The message"
) -> Iterator[Finding]:
    """Give everything that keeps one text from being sent.

    Args:
        place: the question or message, for the finding.
        text: gaps unfilled.
        gaps: those that are filled in it, besides the council's lines.
        manner: how texts of its language travel.
        called: what to call it in a sentence.
    """
    known = ", ".join(f"{{{gap}}}" for gap in (*gaps, *LINES))
    for gap in dict.fromkeys(PLACEHOLDER.findall(text)):
        if gap not in gaps and gap not in LINES:
            yield Finding(place, f"{{{gap}}} is a gap that nothing fills.", f"Use only {known}.")
    if re.search(r"[{}]", PLACEHOLDER.sub("", text)):
        yield Finding(place, "A { or } stands alone.", f"Write a gap as {{worker}}; known here: {known}.")
    sent = at_its_longest(wording_in_plain_letters(text) if manner.plain_letters else text, manner.direction)
    if not manner.any_letters and (foreign := foreign_characters(sent)):
        wrong = f"Plain SMS cannot carry {' '.join(foreign)}, so the text would cost several parts."
        yield Finding(place, wrong, "Write it with plain letters and signs.")
        return
    length, limit = size(sent), room(sent, manner.most_parts)
    if length > limit:
        holds = "one SMS holds" if manner.most_parts == 1 else f"{manner.most_parts} SMS hold"
        yield Finding(
            place, f"{called} can grow to {length} characters; {holds} {limit}.", f"Shorten it by {length - limit}."
        )


def in_messages(messages: Mapping[str, str], manner: Manner = ENGLISH_MANNER) -> Iterator[Finding]:
    """Give everything wrong in shared messages that are there."""
    for name, words in messages.items():
        yield from in_text(name, words, (*IN_SURVEYS, *FILLED_IN.get(name, ())), manner)
        if not words.strip():
            yield Finding(name, "It is empty.", "Write the words.")


def gaps_for(survey: Survey) -> tuple[str, ...]:
    """Give the gaps that a survey's own wordings may hold: what is known of the people it asks."""
    families: tuple[Audience, ...] = FAMILIES
    return IN_SURVEYS if survey.audience in families and not survey.anonymous else WITHOUT_A_CASE


def in_wording(survey: Survey, manner: Manner = ENGLISH_MANNER) -> Iterator[Finding]:
    """Give everything wrong in the texts that a survey says itself, in the language it is spoken in."""
    gaps = gaps_for(survey)
    for name in ("intro", "closing"):
        text = getattr(survey, name)
        yield from in_text(name, text, gaps, manner)
        if re.fullmatch(IDENTIFIER, text):
            yield Finding(
                name, f"There is no shared message called {text}.", "Add it to messages.yaml, or write the words."
            )
        if not text.strip():
            yield Finding(name, "It is empty.", "Write the words, or the name of a shared message.")
    for number, question in survey.numbered():
        for easy_read in (False, True) if question.text_easy else (False,):
            text = as_asked(question, number, survey.total, easy_read=easy_read, direction=manner.direction)
            called = "The easy-read question" if easy_read else "The question"
            yield from in_text(question.id, text, gaps, manner, called)
