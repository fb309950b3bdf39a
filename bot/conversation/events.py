"""What can happen to a conversation. Data only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from surveys.questions import Channel

Severity = Literal["red_now", "red_today", "conduct", "amber"]


@dataclass(frozen=True)
class Invited:
    """The person may now be asked. `first_contact`: this is the first text they ever get from the service."""

    first_contact: bool = False


@dataclass(frozen=True)
class Reply:
    """A message from the person.

    Attributes:
        text: word for word; several parts already joined.
        severity: the most serious concern found in it before the step: red_now, red_today, conduct, amber or None.
        next_open: set ("9am Monday") where the duty desk is closed now; at most 12 characters are safe.
        answered_by_provider: the SMS provider has acted on a keyword and answered it, so nothing may be said.
        button: the question under which the button stood that was pressed; None for what was typed.
        media: how many pictures, voice notes and the like came with it; they are never opened.
        foreign: its words are in a language that the person is not asked in.
        complaint: it may be a complaint about the service.
        crossed: it was written before our last message had gone out.
        again_on: the day ("Tuesday") on which we would try again if the person asked for later.
        comment_only: the words of an edited message, or of a page or a line that something later had overtaken: they
            answer nothing and command nothing, but for a stop and a call for help.
        message: the number under which the caller keeps it; None where it is not kept.
    """

    text: str
    severity: str | None = None
    next_open: str | None = None
    answered_by_provider: bool = False
    button: str | None = None
    media: int = 0
    foreign: bool = False
    complaint: bool = False
    crossed: bool = False
    again_on: str | None = None
    comment_only: bool = False
    message: int | None = None


@dataclass(frozen=True)
class Released:
    """Staff let a paused conversation go on."""


@dataclass(frozen=True)
class ReminderDue:
    """Nothing was heard for some days, or the person had asked for later.

    Attributes:
        turn: `State.turn` when the timer was set; a timer that somebody's words have overtaken does nothing. None where the
            caller has looked just now.
        asked_on: the day ("Tuesday") on which they were asked.
    """

    turn: int | None = None
    asked_on: str = ""


@dataclass(frozen=True)
class Lapsed:
    """Nothing was heard for the agreed time, and the questions now close. `turn`: as for `ReminderDue`."""

    turn: int | None = None


@dataclass(frozen=True)
class Expired:
    """The time for these questions is over, however lately the person wrote."""


@dataclass(frozen=True)
class CaseClosed:
    """The case has ended while questions about one of its stages were open."""


@dataclass(frozen=True)
class Cancelled:
    """The questions are withdrawn. `quiet`: nothing may be said, since contact is frozen or would be unkind."""

    quiet: bool = False


@dataclass(frozen=True)
class WorkerChanged:
    """Another worker has taken the case over."""


@dataclass(frozen=True)
class MovedTo:
    """The conversation goes on elsewhere: a private link was opened, or another line that the person agreed to is used.

    Attributes:
        channel: where it goes on; the same one where only the address is another, or the words there never left.
        shared_phone: several people use the line that it goes on by.
    """

    channel: Channel
    shared_phone: bool = False


Event = Invited | Reply | Released | ReminderDue | Lapsed | Expired | CaseClosed | Cancelled | WorkerChanged | MovedTo
