"""The words that go out: gaps filled, names made to fit, one SMS part where two wordings go together.

Chooses no wording; what is said when stands in the step.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.conversation.effects import Choices, Say
from bot.conversation.state import State
from surveys.gsm7 import ONE_PART, foreign_characters, septets
from surveys.letters import to_plain_letters
from surveys.questions import Channel, Question
from surveys.rendering import PLACEHOLDER, PLACEHOLDERS, as_asked, as_asked_apart, isolated
from surveys.survey import Survey

_FALLBACKS: Mapping[str, str] = {
    "brand": "Early Help",
    "initial": "someone",
    "day": "another day",
    "date": "soon",
    "next_open": "we reopen",
}
"""What fills a gap where nothing fitting is recorded; a worker is "your worker" in each language, other gaps close up."""

_TITLES = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr"})
_SENTENCE_BEGINS = re.compile(r"(?:^|[.?!] )$")
_WEEKDAYS = re.compile(r"\b(mon|tue|wed|thu|fri|sat|sun)[a-z]*day\b", re.IGNORECASE)


def first_name_for_text(name: str) -> str:
    """Give a first name as it stands in a text: in letters plain SMS carries, at most 12 of them.

    "Łukasz Nowak" is "Lukasz", "Ms Jones" stays "Ms Jones"; empty where no letter is left.
    """
    words = to_plain_letters(name).split()
    if len(words) > 1 and words[0].lower().rstrip(".") in _TITLES:
        return _cut(" ".join(words[:2]), PLACEHOLDERS["worker"])
    return _cut(words[0], PLACEHOLDERS["worker"]) if words else ""


WITH_BUTTONS: frozenset[Channel] = frozenset({"telegram", "web"})
"""Where options stand apart from the question, to be pressed; a typed number counts there all the same."""


def shared(state: State, survey: Survey, name: str, **more: str) -> Say:
    """Give the shared message called `name`, with `more` gaps filled besides the person's names."""
    return Say(_filled(survey, survey.messages[name], {**state.names, **more}), name)


def intro(state: State, survey: Survey) -> Say:
    """Give the survey's own opening."""
    return Say(_filled(survey, survey.intro, state.names), f"{survey.id}.intro")


def closing(state: State, survey: Survey) -> Say:
    """Give the words that end the survey."""
    return Say(_filled(survey, survey.closing, state.names), f"{survey.id}.closing")


def question(state: State, survey: Survey, question_id: str) -> Say:
    """Give a question as it is asked: "2/8 Are things 1 Better, 2 Worse"; without its options where they stand apart."""
    number, asked = next((number, asked) for number, asked in survey.numbered() if asked.id == question_id)
    pressed = choices(state, survey, asked)
    if pressed is not None and asked.options:
        apart = as_asked_apart(asked, number, survey.total, easy_read=state.easy_read, direction=survey.direction)
        text = f"{apart.place} {apart.words}"
    else:
        text = as_asked(asked, number, survey.total, easy_read=state.easy_read, direction=survey.direction)
    return Say(_filled(survey, text, state.names), f"{survey.id}.{question_id}", pressed)


def choices(state: State, survey: Survey, asked: Question) -> Choices | None:
    """Give what may be pressed in answer to a question; None where it is typed.

    A scale is pressed as well. Where several options may be picked, a press is no whole answer in a Telegram chat, so
    they stay in the text there and are typed; the web has boxes to tick.
    """
    several = asked.type == "choices"
    if state.channel not in WITH_BUTTONS or (several and state.channel != "web"):
        return None
    if asked.type == "scale":
        return Choices(asked.id, tuple((number, str(number)) for number in range(asked.lowest, asked.highest + 1)))
    options = tuple((option.v, _filled(survey, option.label, state.names)) for option in asked.options)
    return Choices(asked.id, options, several) if options else None


def together(state: State, first: Say, second: Say) -> tuple[Say, ...]:
    """Give two wordings as one text where one SMS part holds both, or else as two.

    On the web they are two: the open question has its own place on the page.
    """
    if state.channel == "web":
        return first, second
    both = Say(f"{first.text} {second.text}", f"{first.message}+{second.message}", second.choices)
    fits = septets(both.text) <= ONE_PART and not foreign_characters(both.text)
    return (both,) if fits else (first, second)


def _filled(survey: Survey, text: str, values: Mapping[str, str]) -> str:
    """Fill every gap, once: what is put in is never read for gaps itself."""

    def fill(gap: re.Match[str]) -> str:
        value = _fitting(gap[1], values.get(gap[1], ""))
        if value:
            return isolated(value, survey.direction)
        fallback = survey.messages["your_worker"] if gap[1] == "worker" else _FALLBACKS.get(gap[1], "")
        begins_sentence = _SENTENCE_BEGINS.search(text[: gap.start()])
        return fallback[:1].upper() + fallback[1:] if begins_sentence else fallback

    filled = PLACEHOLDER.sub(fill, text) if "{" in text else text
    return re.sub(r" {2,}", " ", filled).strip() if "  " in filled else filled.strip()


def _fitting(gap: str, value: str) -> str:
    """Make a value fit its gap. An address of a page is never cut: half of one leads nowhere."""
    if gap == "worker":
        return first_name_for_text(value)
    tidy = " ".join(to_plain_letters(value).split())
    limit = PLACEHOLDERS.get(gap, 0)
    if gap in {"url", "link"} or septets(tidy) <= limit:
        return tidy
    return _cut(_WEEKDAYS.sub(lambda day: day[1], tidy), limit)


def _cut(value: str, limit: int) -> str:
    fits = value[:limit]
    while septets(fits) > limit:  # a bracket or a euro sign takes the room of two letters
        fits = fits[:-1]
    return fits.rstrip(" -'")
