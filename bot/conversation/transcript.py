"""A conversation on paper: what a person texts, what the service says, and what it keeps. For people to read and review.

Each line of a script is one text from the person. Lines in brackets stand for what is no text: `HAPPENINGS` lists them, and
"(picture)", "(picture) 3" with a caption, "(button q2) 3", "(edited) 4" and "(20 seconds later)" are understood too. What
may be pressed under a text stands below it in brackets.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.conversation import tries
from bot.conversation.effects import Answered, Effect, Flagged, Noticed, OptedIn, OptedOut, Postponed, Say
from bot.conversation.events import (
    Cancelled,
    CaseClosed,
    Event,
    Expired,
    Invited,
    Lapsed,
    MovedTo,
    Released,
    ReminderDue,
    Reply,
    WorkerChanged,
)
from bot.conversation.state import State
from bot.conversation.step import step
from surveys.questions import Value
from surveys.survey import Survey

SERVICE = "Service: "
PERSON = "Person:  "
KEPT = "         "

HAPPENINGS: Mapping[str, Callable[[State], Event]] = {
    "(released)": lambda _: Released(),
    "(reminder due)": lambda state: ReminderDue(state.turn, "Monday"),
    "(stale reminder due)": lambda state: ReminderDue(state.turn - 1, "Monday"),
    "(lapsed)": lambda state: Lapsed(state.turn),
    "(expired)": lambda _: Expired(),
    "(case closed)": lambda _: CaseClosed(),
    "(cancelled)": lambda _: Cancelled(),
    "(cancelled quietly)": lambda _: Cancelled(quiet=True),
    "(worker changed)": lambda _: WorkerChanged(),
    "(link opened)": lambda _: MovedTo("web"),
    "(moved to telegram)": lambda _: MovedTo("telegram"),
    "(moved to a shared phone)": lambda _: MovedTo("sms", shared_phone=True),
}
_LATER = re.compile(r"\((?P<seconds>\d+) seconds later\)")
_BUTTON = re.compile(r"\(button (?P<question>\w+)\) (?P<text>.*)")
_EDITED = "(edited) "
_PICTURE = "(picture)"
_BETWEEN_TEXTS = timedelta(minutes=2)


@dataclass(frozen=True)
class Setting:
    """Around one conversation.

    Attributes:
        names: what fills the gaps: worker, brand, initial, url, link.
        severity_of: finds the most serious concern in a text; without it no text holds one.
        is_foreign, is_complaint: what the analysis would find in a text.
        next_open: set where the duty desk is closed now ("9am Monday").
        again_on: the day on which later would be ("Thursday").
    """

    names: Mapping[str, str]
    severity_of: Callable[[str], str | None] = lambda _: None
    is_foreign: Callable[[str], bool] = lambda _: False
    is_complaint: Callable[[str], bool] = lambda _: False
    next_open: str | None = None
    again_on: str | None = None


@dataclass(frozen=True)
class _Line:
    """One line of a script: what it means, and how long after the line before."""

    event: Event | None
    after: timedelta = field(default=_BETWEEN_TEXTS)


def play(
    state: State, survey: Survey, script: Iterable[str], setting: Setting, now: datetime, *, first_contact: bool = False
) -> Iterator[str]:
    """Play a script against a survey, giving each line of the transcript as soon as it is said or kept.

    The state goes through JSON after every step, as it does in service.

    Args:
        state: a new conversation.
        survey: what is asked.
        script: the person's texts, in order; empty lines are left out.
        now: the time of the invitation, with its time zone; texts come two minutes apart.
        first_contact: the person has never had a text from the service.
    """
    state, effects = _stepped(state, survey, Invited(first_contact), now)
    yield from map(_written, effects)
    texts: list[str] = []
    for written in (line.rstrip("\r\n") for line in script if line.strip()):
        line = _read(written, state, setting)
        now += line.after
        yield written if written.startswith("(") and not written.startswith(("(button", _EDITED)) else PERSON + written
        if line.event is not None:
            state, effects = _stepped(state, survey, _kept_in(texts, line.event), now)
            yield from (_written(_with_tries(effect, texts)) for effect in effects)
    yield f"(ends {state.phase})"


def _stepped(state: State, survey: Survey, event: Event, now: datetime) -> tuple[State, tuple[Effect, ...]]:
    state, effects = step(state, survey, event, now)
    return State.from_json(state.to_json()), effects


def _kept_in(texts: list[str], event: Event) -> Event:
    """Keep what the person wrote among their texts, under its place there."""
    if not isinstance(event, Reply):
        return event
    texts.append(event.text)
    return replace(event, message=len(texts) - 1)


def _with_tries(effect: Effect, texts: Sequence[str]) -> Effect:
    if not isinstance(effect, Answered):
        return effect
    earlier = [texts[number] for number in effect.after if tries.belong(effect, texts[number])]
    return replace(effect, comment=tries.together(earlier, effect))


def _read(written: str, state: State, setting: Setting) -> _Line:
    if happening := HAPPENINGS.get(written):
        return _Line(happening(state))
    if later := _LATER.fullmatch(written):
        return _Line(None, timedelta(seconds=int(later["seconds"])) - _BETWEEN_TEXTS)
    if written.startswith(_PICTURE):
        return _Line(Reply(written.removeprefix(_PICTURE).strip(), "amber", setting.next_open, media=1))
    button = _BUTTON.fullmatch(written)
    text = button["text"] if button else written.removeprefix(_EDITED)
    return _Line(
        Reply(
            text,
            setting.severity_of(text),
            setting.next_open,
            button=button["question"] if button else None,
            foreign=setting.is_foreign(text),
            complaint=setting.is_complaint(text),
            again_on=setting.again_on,
            comment_only=written.startswith(_EDITED),
        )
    )


def _written(effect: Effect) -> str:
    if isinstance(effect, Say):
        pressed = effect.choices.options if effect.choices else ()
        buttons = " ".join(
            f"({number} {label})" if label != str(number) else f"({number})" for number, label in pressed
        )
        return SERVICE + effect.text + (f"\n{KEPT}{buttons}" if buttons else "")
    return f"{KEPT}[{_kept(effect)}]"


def _kept(effect: Answered | Flagged | OptedOut | OptedIn | Postponed | Noticed) -> str:
    match effect:
        case Answered():
            return _answer(effect)
        case Flagged():
            return f"{effect.question}: {effect.flag}"
        case Noticed():
            return f"noticed: {effect.what}" + (f", {effect.severity}" if effect.severity else "")
        case OptedOut() | OptedIn() | Postponed():
            return _PLAIN[type(effect)]


_PLAIN: Mapping[type, str] = {OptedOut: "opted out", OptedIn: "opted in", Postponed: "postponed"}


def _answer(answer: Answered) -> str:
    parts = (
        f"value {_shown(answer.value)}" if answer.value is not None else "",
        f"score {answer.score}" if answer.score is not None else "",
        f'comment "{answer.comment}"' if answer.comment is not None else "",
        *answer.flags,
    )
    return f"{answer.question} {answer.metric}: {', '.join(filter(None, parts))}"


def _shown(value: Value) -> str:
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
