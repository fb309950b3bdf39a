"""What the web chat's pages are given to show, and what they hand on.

Plain values: nothing here may look anything up. All times are aware.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, Protocol

Kind = Literal["choice", "choices", "yes_no", "scale", "number", "date", "text"]
Pressed = Literal["skip", "back", "stop"]
Standing = Literal["cover", "asking", "waiting", "finished", "closed"]
"""Where a chat stands. cover: nobody has begun. waiting: a person will read what was said, and nothing is asked for now.
closed: the link has expired or was taken back, or the questions are over."""


@dataclass(frozen=True)
class Bubble:
    """One message; `mine` are the person's own. pressed: which button it was, where they wrote nothing."""

    text: str
    mine: bool
    at: datetime
    pressed: Pressed | None = None


@dataclass(frozen=True)
class Asked:
    """The open question.

    Attributes:
        id: comes back in `Turn.question`.
        words: the question itself, without its options.
        number, total: "2 of 8".
        options: number and label of each; empty for scales, numbers, dates and words.
        faces: the options may be shown as faces, the first the happiest; their labels stay beside them.
        lowest, highest: the ends of a scale or a number, both included.
        ends: what the ends of a scale mean, such as "really hard" and "really good", where that is known.
    """

    id: str
    kind: Kind
    words: str
    number: int
    total: int
    options: tuple[tuple[int, str], ...] = ()
    faces: bool = False
    lowest: int = 0
    highest: int = 10
    ends: tuple[str, str] = ("", "")


@dataclass(frozen=True)
class Scene:
    """One chat as its page shows it.

    Attributes:
        service: the council's name for the service.
        opening: what is said before anything is asked, shown on the cover, a paragraph each.
        bubbles: oldest first, the open question's own words left out, since they stand in `asked`.
        turn: names this turn; comes back in `Turn.turn`, so that the same turn sent twice answers once.
        help_lines: whom to call or text, a sentence each, in English; always in sight.
        language, direction: ISO 639-1, and which way it is written.
        door: the code of the open survey that the chat belongs to; None for one person's own link.
    """

    standing: Standing
    service: str
    opening: tuple[str, ...] = ()
    bubbles: tuple[Bubble, ...] = ()
    asked: Asked | None = None
    may_go_back: bool = False
    turn: str = ""
    help_lines: tuple[str, ...] = ()
    language: str = "en"
    direction: Literal["ltr", "rtl"] = "ltr"
    door: str | None = None


@dataclass(frozen=True)
class Turn:
    """What somebody has sent from the page.

    Attributes:
        turn: as the page had it.
        question: the question that the page showed; None where it showed none.
        text: the words, or the numbers of what was chosen ("1", "1,3"), or SKIP, BACK or STOP for the buttons.
    """

    turn: str
    question: str | None
    text: str


@dataclass(frozen=True)
class Door:
    """An open survey, before anybody has gone in.

    Attributes:
        title: of the survey.
        opening: as `Scene.opening`.
        is_open: False once it is over.
        opens_on: its first day, where that has not come yet.
        once: it is opened by a ticket that lets one person in, once; is_spent: somebody has been let in by it; is_held: it
            lets nobody in yet, since others have not been sent theirs.
        ends_tonight: whoever goes in cannot come back tomorrow, since nothing may tell by then whose chat it was.
    """

    code: str
    service: str
    title: str
    opening: tuple[str, ...]
    is_open: bool
    help_lines: tuple[str, ...] = ()
    language: str = "en"
    direction: Literal["ltr", "rtl"] = "ltr"
    opens_on: date | None = None
    once: bool = False
    is_spent: bool = False
    is_held: bool = False
    ends_tonight: bool = False


class Chats(Protocol):
    """What the pages ask of the service; `app.py` passes it in."""

    def look(self, token: str) -> Scene | None:
        """What a link leads to; None where there is no such link. Changes nothing: previews of links look too."""

    def begin(self, token: str) -> None:
        """Begin the chat, if nobody has; called as well when somebody carries on with it on another device."""

    def say(self, token: str, turn: Turn) -> None:
        """Take in what was sent; when this returns, it is kept.

        It may come from a page that something later has overtaken (`turn` is not the scene's), from a chat that is closed,
        and STOP may come from somebody who would rather not begin.
        """

    def door(self, code: str) -> Door | None:
        """The open survey of that code; None where there is none."""

    def enter(self, code: str) -> str | None:
        """Go in: make a link for one more person, begin its chat, and return its token; None where it is not open."""

    def ticket(self, token: str) -> Door | None:
        """The door that a ticket opens; None where there is no such ticket. Changes nothing: previews of links look too."""

    def hand_in(self, token: str) -> str | None:
        """Go in by a ticket, which is spent by that; return the chat's token, or None where it lets nobody in."""
