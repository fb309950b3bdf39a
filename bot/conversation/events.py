"""What can happen to a conversation. Data only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["red_now", "red_today", "conduct", "amber"]


@dataclass(frozen=True)
class Invited:
    """The person may now be asked. `first_contact`: this is the first text they ever get from the service."""

    first_contact: bool = False


@dataclass(frozen=True)
class Reply:
    """A text from the person.

    Attributes:
        text: word for word; several parts already joined.
        severity: the most serious concern found in it before the step: red_now, red_today, conduct, amber or None.
        next_open: set ("9am Monday") where the duty desk is closed now; at most 12 characters are safe.
        answered_by_provider: the SMS provider has acted on a keyword and answered it, so nothing may be said.
    """

    text: str
    severity: str | None = None
    next_open: str | None = None
    answered_by_provider: bool = False


@dataclass(frozen=True)
class Released:
    """Staff let a paused conversation go on."""


@dataclass(frozen=True)
class Lapsed:
    """The person was given the agreed time and the questions now close."""


Event = Invited | Reply | Released | Lapsed
