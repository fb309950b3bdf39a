"""Where a conversation stands: versioned JSON that the core writes and reads and the store merely keeps.

Holds numbers, times and names of questions only, never a person's words.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime, timedelta
from hashlib import blake2b
from types import NoneType
from typing import Any, Literal, Self, get_args

from surveys.questions import Channel, Value
from surveys.stages import Audience
from surveys.survey import Survey

FORMAT = 1

Phase = Literal[
    "new",
    "checking",
    "waiting",
    "invited",
    "linked",
    "asking",
    "complaint",
    "paused",
    "finished",
    "declined",
    "opted_out",
    "lapsed",
    "cancelled",
    "wrong_number",
    "unsafe",
    "outside",
]
"""checking: who holds the phone. waiting: for the right person to hold it. linked: sent on to the web. complaint: offered
one. unsafe: someone else reads this phone. outside: no conversation is open."""

OPEN: frozenset[Phase] = frozenset({"checking", "waiting", "invited", "linked", "asking", "complaint", "paused"})
CLOSED: frozenset[Phase] = frozenset(get_args(Phase)) - OPEN - {"new", "outside"}

_PRESSED: frozenset[Phase] = frozenset({"asking", "complaint"})
"""Where something is asked that a button answers."""

SAME_WORDS_WITHIN = timedelta(seconds=60)

LATER = "later"
"""The mark of a conversation whose person was promised that we come back, while we have not and they have not answered."""

COMPLAINT = "complaint"
"""What the offer to look at words as a complaint is called among questions."""


class UnknownState(ValueError):
    """A kept state that this version of the service cannot read."""


@dataclass(frozen=True)
class State:
    """Where one conversation stands.

    Attributes:
        survey_id, survey_version: the survey as it was when the conversation began.
        names: what fills the gaps in wordings (worker, brand, initial, url, link), as recorded; wording makes them fit.
        channel, language: how and in which language (ISO 639-1) the person is asked.
        discreet: nothing in a text may tell what it is about or who it is from.
        shared_phone: several people use it, so that the holder is asked first who they are.
        first_contact: nobody has told this person yet what the service is.
        question: the open question's id; None before the first and after the last.
        answered: each question dealt with, in the order it was, and its value; None for words, skipped and unclear.
        asks: how often each question was put since the person last went back to before it, a request for a clearer reply
            included; never more than twice.
        unclear: by question, the numbers (`Reply.message`) of the messages that were no answer to it, until one is kept.
        nudged: the one repeat allowed outside questions has been used: the prompt to begin, a late reply's answer.
        turn: how many messages have come from the person; what timers are compared with.
        asides: how many of those answered nothing, because something later had overtaken what they were written to.
        reminded, postponed: how many reminders went out; how often the person asked for later.
        worry_turn: the turn of the latest sign of worry (an amber concern, HELP, a very low score); None without one.
        marks: what happens once only and has ("language", "complaint", "now", "start", "confirmed", "grown_up"), and
            `LATER`.
        heard, heard_at: a digest of the latest words and their time, to know the same words again.
        said_on, said_today, said: the day of our latest message, how many that day, and how many in all.
        late: used outside a conversation: the person's questions have closed, rather than never having been open.
        reminders: the most that their campaign allows; None where only their audience's number counts.
    """

    survey_id: str
    survey_version: int
    audience: Audience
    names: Mapping[str, str]
    phase: Phase = "new"
    channel: Channel = "sms"
    language: str = "en"
    easy_read: bool = False
    discreet: bool = False
    shared_phone: bool = False
    first_contact: bool = False
    question: str | None = None
    answered: Mapping[str, Value] = field(default_factory=dict)
    asks: Mapping[str, int] = field(default_factory=dict)
    unclear: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    nudged: bool = False
    turn: int = 0
    asides: int = 0
    reminded: int = 0
    postponed: int = 0
    worry_turn: int | None = None
    marks: tuple[str, ...] = ()
    heard: str | None = None
    heard_at: str | None = None
    said_on: str | None = None
    said_today: int = 0
    said: int = 0
    late: bool = False
    reminders: int | None = None

    @classmethod
    def new(
        cls,
        survey: Survey,
        names: Mapping[str, str],
        *,
        channel: Channel = "sms",
        language: str = "en",
        easy_read: bool = False,
        discreet: bool = False,
        shared_phone: bool = False,
    ) -> Self:
        """Begin a conversation that nobody has been told of yet."""
        return cls(
            survey.id,
            survey.version,
            survey.audience,
            dict(names),
            channel=channel,
            language=language,
            easy_read=easy_read,
            discreet=discreet,
            shared_phone=shared_phone,
        )

    @classmethod
    def outside(cls, survey: Survey, names: Mapping[str, str], *, opted_out: bool, late: bool) -> Self:
        """Stand ready for a text that comes when no conversation is open.

        Args:
            survey: what `surveys.catalogue.Catalogue.nothing_open` gives for the person's audience.
            names: as for `new`.
            opted_out: the person has said stop; nothing but START is answered.
            late: the person had questions and they have closed.
        """
        return cls.new(survey, names).but(phase="opted_out" if opted_out else "outside", late=late)

    def but(self, **changes: Any) -> Self:  # noqa: ANN401 - one value for each field that changes
        """Give the same state with some fields changed; ten times as quick as `dataclasses.replace`.

        Raises:
            TypeError: a state has no such field.
        """
        if not changes.keys() <= _FIELDS:
            msg = f"A state has no {', '.join(sorted(changes.keys() - _FIELDS))}."
            raise TypeError(msg)
        changed = object.__new__(type(self))
        changed.__dict__.update(self.__dict__, **changes)
        return changed

    def unmarked(self, mark: str) -> Self:
        """Give the same state without a mark."""
        return self.but(marks=tuple(each for each in self.marks if each != mark)) if mark in self.marks else self

    @property
    def heeded(self) -> int:
        """How many of the person's messages were taken as meant for where the conversation stood then."""
        return self.turn - self.asides

    @property
    def pressable(self) -> str | None:
        """Under what name a button answers now; those under any other name have been overtaken."""
        return COMPLAINT if self.phase == "complaint" else self.question

    def takes(self, button: str | None) -> bool:
        """Whether a button answers what is asked now: its question is open, and nothing holds the conversation."""
        return self.phase in _PRESSED and button == self.pressable

    def repeats(self, text: str, now: datetime) -> bool:
        """Say whether the person's latest words were the same and less than a minute ago."""
        if self.heard_at is None or self.heard != digest(text):
            return False
        return now - datetime.fromisoformat(self.heard_at) <= SAME_WORDS_WITHIN

    def to_json(self) -> str:
        """Write the state as ASCII JSON; the order of `answered` is kept, since it has a meaning."""
        return json.dumps({"format": FORMAT, **vars(self)})

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read what `to_json` wrote.

        Raises:
            UnknownState: the text is not a state of a format that this version knows.
        """
        content = _read_object(text)
        found = content.pop("format", None)
        if found != FORMAT:
            msg = f"This conversation was kept in format {found!r}; this version of the service reads format {FORMAT}."
            raise UnknownState(msg)
        content = {**_ADDED, **content}
        if not _fits(content):
            msg = f"This conversation says it is in format {FORMAT}, but its fields do not fit that format."
            raise UnknownState(msg)
        for name in ("answered", "unclear"):
            content[name] = {key: tuple(v) if isinstance(v, list) else v for key, v in content[name].items()}
        content["marks"] = tuple(content["marks"])
        return cls(**content)


_FIELDS = {field.name for field in fields(State)}
_PHASES = frozenset(get_args(Phase))
_ADDED: Mapping[str, Any] = {"asides": 0, "reminders": None, "unclear": {}}
"""Fields that a state need not have: those from before there were these go on."""

_KINDS: Mapping[str, tuple[type, ...]] = {
    **dict.fromkeys(("survey_id", "audience", "channel", "language"), (str,)),
    **dict.fromkeys(("question", "heard", "heard_at", "said_on"), (str, NoneType)),
    **dict.fromkeys(("survey_version", "turn", "asides", "reminded", "postponed", "said_today", "said"), (int,)),
    **dict.fromkeys(("names", "answered", "asks", "unclear"), (dict,)),
    **dict.fromkeys(("worry_turn", "reminders"), (int, NoneType)),
    "marks": (list,),
}


def _fits(content: Mapping[str, Any]) -> bool:
    """Say whether every field is there and of its kind, so that no step stumbles over a damaged state."""
    if content.keys() != _FIELDS or not isinstance(content["phase"], str) or content["phase"] not in _PHASES:
        return False
    return all(isinstance(content[name], kinds) for name, kinds in _KINDS.items())


def digest(text: str) -> str:
    """Give a short fingerprint of a text, by which the same words are known again; the words cannot be read from it."""
    return blake2b(" ".join(text.split()).encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()


def _read_object(text: str) -> dict[str, Any]:
    try:
        content = json.loads(text)
    except (ValueError, RecursionError) as error:
        msg = "This conversation's kept state is not JSON."
        raise UnknownState(msg) from error
    if not isinstance(content, dict):
        msg = "This conversation's kept state is JSON, but not an object."
        raise UnknownState(msg)
    return content
