"""What the simulated phones show, in the shapes that the pages are given.

Plain values: nothing here may look anything up. All times are aware.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

DoingKind = Literal["kept", "looked", "answer", "said", "alert", "invited", "silent"]
"""What the service did: kept a message, looked for signs of danger, understood an answer, said something, alerted a
person, invited somebody, kept silent."""


@dataclass(frozen=True)
class Phone:
    """One phone in the list.

    Attributes:
        id: stands in URLs, so it is opaque: neither the number nor the name, and safe in a path.
        address: E.164.
        name: whose phone it is.
        who: what they are to the case, for example "Parent of Ada".
        unread: messages that nobody has looked at.
        last: the latest words, shown in one line.
    """

    id: str
    address: str
    name: str
    who: str
    unread: int = 0
    last: str = ""


@dataclass(frozen=True)
class PhoneList:
    """The phones that are listed, and how many there are in all."""

    phones: tuple[Phone, ...]
    how_many: int


@dataclass(frozen=True)
class Bubble:
    """One message on a phone: `mine` are the holder's own; `status` is a word such as "delivered", or empty."""

    text: str
    mine: bool
    at: datetime
    status: str = ""


@dataclass(frozen=True)
class Doing:
    """One thing that the service did, with its reasons in `detail`."""

    at: datetime
    title: str
    detail: str
    kind: DoingKind


@dataclass(frozen=True)
class Watched:
    """A phone and what goes on behind it.

    Attributes:
        phone: whose.
        bubbles: oldest first.
        doings: oldest first; the page shows the newest at the top.
        survey: title of the survey that is being asked, or empty.
        stage: the case stage that it is about, or empty.
    """

    phone: Phone
    bubbles: tuple[Bubble, ...] = ()
    doings: tuple[Doing, ...] = ()
    survey: str = ""
    stage: str = ""
