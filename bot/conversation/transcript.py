"""A conversation on paper: what a person texts, what the service says, and what it keeps. For people to read and review.

Each line of a script is one text from the person. Two lines stand for what is no text: "(released)", staff let a paused
conversation go on, and "(lapsed)", the time to answer is over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime

from bot.conversation.effects import Answered, Effect, Flagged, OptedIn, OptedOut, Say
from bot.conversation.events import Event, Invited, Lapsed, Released, Reply
from bot.conversation.state import State
from bot.conversation.step import step
from surveys.questions import Survey

SERVICE = "Service: "
PERSON = "Person:  "
KEPT = "         "

_HAPPENINGS: Mapping[str, Event] = {"(released)": Released(), "(lapsed)": Lapsed()}


def replay(
    survey: Survey,
    script_lines: Iterable[str],
    names: Mapping[str, str],
    now: datetime,
    *,
    severity_of: Callable[[str], str | None] | None = None,
    next_open: str | None = None,
    first_contact: bool = False,
    easy_read: bool = False,
) -> str:
    """Play a script against a survey, and give the whole transcript; the arguments are those of `play`."""
    played = play(
        survey,
        script_lines,
        names,
        now,
        severity_of=severity_of,
        next_open=next_open,
        first_contact=first_contact,
        easy_read=easy_read,
    )
    return "\n".join((*played, ""))


def play(
    survey: Survey,
    script_lines: Iterable[str],
    names: Mapping[str, str],
    now: datetime,
    *,
    severity_of: Callable[[str], str | None] | None = None,
    next_open: str | None = None,
    first_contact: bool = False,
    easy_read: bool = False,
) -> Iterator[str]:
    """Play a script against a survey, giving each line of the transcript as soon as it is said or kept.

    The state goes through JSON after every step, as it does in service.

    Args:
        survey: what is asked.
        script_lines: the person's texts, in order; empty lines are left out.
        names: what fills the gaps: worker, brand, initial, url.
        now: the time of every step, with its time zone.
        severity_of: finds the most serious concern in a text; without it no text holds one.
        next_open: set where the duty desk is closed now ("9am Monday").
        first_contact: the person has never had a text from the service.
        easy_read: ask in the easy-read wording.
    """
    kept = State.new(survey, names, easy_read).to_json()
    for script_line in (None, *(line.rstrip("\r\n") for line in script_lines if line.strip())):
        if script_line is None:
            event: Event = Invited(first_contact)
        elif script_line in _HAPPENINGS:
            event = _HAPPENINGS[script_line]
            yield script_line
        else:
            severity = severity_of(script_line) if severity_of else None
            event = Reply(script_line, severity, next_open if severity else None)
            yield PERSON + script_line
        state, effects = step(State.from_json(kept), survey, event, now)
        kept = state.to_json()
        yield from (_written(effect) for effect in effects)
    yield f"(ends {State.from_json(kept).phase})"


def _written(effect: Effect) -> str:
    match effect:
        case Say():
            return SERVICE + effect.text
        case Answered():
            return KEPT + _answer(effect)
        case Flagged():
            return f"{KEPT}[{effect.question}: {effect.flag}]"
        case OptedOut():
            return KEPT + "[opted out]"
        case OptedIn():
            return KEPT + "[opted in]"


def _answer(answer: Answered) -> str:
    parts = (
        f"value {answer.value}" if answer.value is not None else "",
        f"score {answer.score}" if answer.score is not None else "",
        f'comment "{answer.comment}"' if answer.comment is not None else "",
        *answer.flags,
    )
    return f"[{answer.question} {answer.metric}: {', '.join(filter(None, parts))}]"
