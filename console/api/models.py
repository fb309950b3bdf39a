"""What calls say and what they are answered, as Pydantic reads and the document shows it."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from console.api.words import Cursor, Day, Email, FirstName, Lines, Name, PageSize, Reference, Short
from store.shown.coverage import By
from store.systems.answers import AnswerTold
from surveys.stages import AgeBand, Level

SafeContact = Literal["text", "discreet", "none"]
Channel = Literal["sms", "telegram"]
Role = Literal["young_person", "parent_carer"]
Event = Literal[
    "assessment", "review", "family_plan", "closure", "reopened", "stepped_up", "stepped_down", "moved_away"
]
WhyNot = Literal["died", "in_hospital", "missing", "asked_not_to", "court_order", "unsafe", "other"]
WhyLimited = Literal["court_order", "separated", "unsafe", "other"]
WhyEnded = Literal["order_ended", "agreed", "safe_now", "entered_by_mistake"]
Mistake = Literal["did_not_happen", "wrong_case", "wrong_stage", "entered_twice"]


class Said(BaseModel):
    """What a call says: every field as the document has it, and no other."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Told(BaseModel):
    """What a call is answered."""

    model_config = ConfigDict(extra="forbid", frozen=True, json_schema_serialization_defaults_required=True)


class PersonSaid(Said):
    """A person as the case system has them. What is left out is taken to be empty: it is the whole record each time."""

    name: FirstName = Field(description="What they are called, as messages may use it.", examples=["Jo"])
    birth_date: Day | None = None
    age_band: AgeBand | None = Field(default=None, description="Where the date of birth is not known.")
    language: str = Field(
        default="en", pattern=r"^[a-z]{2,3}(?:-[a-z0-9]{2,8}){0,3}$", description="ISO code.", examples=["pl"]
    )
    easy_read: bool = False
    safe_contact: SafeContact = Field(
        default="none",
        description=(
            "Whether it is safe to write to them. `discreet`: nothing that tells who is writing or why. `none`: not known, "
            "or not safe: nothing is sent."
        ),
    )
    safe_contact_note: Lines | None = None
    preferred_channel: Channel | None = None
    mobiles: list[Short] = Field(default=[], max_length=5, examples=[["+447700900001"]])
    emails: list[Email] = Field(default=[], max_length=5, examples=[["jo@example.org"]])


class PointTold(Told):
    """An address at which a person can be reached. `in_use`: whether anything is sent there."""

    channel: str
    address: str
    in_use: bool
    confirmed_on: date


class BarTold(Told):
    """That nobody may write to a person, whatever else is recorded."""

    reason: str
    since: date


class AloneTold(Told):
    """Whether somebody can take part alone: whose decision that is (their work e-mail address), and of which day."""

    may: bool
    worker: str
    decided_on: date


class PersonTold(Told):
    """What is kept of a person: never their answers."""

    reference: str
    name: str
    birth_date: date | None
    age_band: str | None
    language: str
    easy_read: bool
    safe_contact: str
    safe_contact_note: str | None
    preferred_channel: str | None
    contact_points: list[PointTold]
    do_not_contact: BarTold | None
    alone: AloneTold | None


class AloneSaid(Said):
    """Whether somebody of 11 to 15 can take part alone, as a named worker has decided; no system decides it by itself."""

    may: bool
    why: Lines = Field(min_length=1, examples=["She has a phone of her own and wants to."])
    worker: Email = Field(
        description="The work e-mail address of whoever has decided: a member of staff whom Heard knows.",
        examples=["sam.worker@council.example"],
    )


class BarSaid(Said):
    """Why nobody may write to a person. It counts within a minute, and beats everything else."""

    reason: WhyNot
    note: Lines | None = None
    worker: Email | None = Field(
        default=None,
        description="The work e-mail address of the member of staff who says so, where it is one; kept with it.",
        examples=["sam.worker@council.example"],
    )


class ColleagueSaid(Said):
    """A member of staff, known by their work e-mail address."""

    email: Email = Field(examples=["sam.worker@council.example"])
    name: Name = Field(examples=["Sam Worker"])


class CaseSaid(Said):
    """A case as the case system has it now."""

    level: Level
    service: Name = Field(examples=["Early Help units"])
    district: Name = Field(examples=["Marlbury"])
    unit: Name = Field(examples=["North"])
    area: Name | None = Field(default=None, description="The area that the district lies in.")
    worker: ColleagueSaid
    manager: ColleagueSaid = Field(
        description="The worker's line manager.",
        examples=[{"email": "mo.manager@council.example", "name": "Mo Manager"}],
    )


class ColleagueTold(Told):
    """A member of staff."""

    email: str
    name: str


class ParticipantTold(Told):
    """Someone's part in a case. `person` is null where the person came another way and has no reference."""

    person: str | None
    role: str
    parental_responsibility: bool | None
    left_on: date | None


class LimitTold(Told):
    """Two adults of a case who may not learn of each other what is known. A person is null where they have no reference."""

    person: str | None
    other: str | None
    reason: str


class CaseTold(Told):
    """A case as it is kept, and who takes part in it. `status` follows from its events."""

    reference: str
    level: str
    status: str
    service: str
    district: str
    unit: str
    area: str | None
    worker: ColleagueTold
    manager: ColleagueTold | None
    participants: list[ParticipantTold]
    contact_limits: list[LimitTold]


class LimitSaid(Said):
    """Why two adults of a case may not learn of each other what is known. `other` needs a note."""

    reason: WhyLimited
    note: Lines | None = None


class LimitEnded(Said):
    """Why contact is limited no more."""

    because: WhyEnded


class PartSaid(Said):
    """Someone's part in a case. `parental_responsibility`: null where nobody has recorded it."""

    role: Role
    parental_responsibility: bool | None = None


class EventSaid(Said):
    """Something that has happened in a case, or will on a day that is known. Invitations follow from it by themselves."""

    stage: Event
    happened_on: Day
    reference: Reference | None = Field(default=None, description="What the calling system calls the event.")


class MovedSaid(Said):
    """The right day of an event."""

    happened_on: Day


class EventTold(Told):
    """An event of a case. `withdrawn_on`: it never happened, after all."""

    id: int
    case: str
    stage: str
    happened_on: date
    reference: str | None
    withdrawn_on: date | None


class EventsTold(Told):
    """A page of events. `next` is null on the last one."""

    events: list[EventTold]
    next: Annotated[str | None, Field(description="Give it as `after` to get the next page.")]


class AnswersTold(Told):
    """A page of answers, the one given longest ago first. `next` is null on the last page."""

    answers: list[AnswerTold]
    next: Annotated[str | None, Field(description="Give it as `after` to get the next page.")]


class Paging(Said):
    """Which page of a list."""

    model_config = ConfigDict(strict=False)

    after: Cursor | None = None
    limit: PageSize = 100


class Since(Paging):
    """Which answers, and which page of them."""

    since: Day = Field(description="Answers given on that day or later.")


class CountsWanted(Said):
    """Which stages are counted, and by what."""

    model_config = ConfigDict(strict=False)

    by: By
    since: Day = Field(description="Stages of that day or later.")
    until: Day | None = Field(default=None, description="Stages before that day.")


class CountTold(Told):
    """How many people of a group stand where, of all who were invited about a stage.

    `group`: null where it is not known; a worker's is their e-mail address, a unit's service/district/unit. `because`: why
    they were not asked. `held_back`: it was their worker's doing.
    """

    group: str | None
    status: str
    because: str | None
    held_back: bool
    people: int


class CountsTold(Told):
    """All counts, group by group. A month is told by its first day."""

    by: By
    counts: list[CountTold]


class Withdrawal(Said):
    """Why an event is withdrawn."""

    because: Mistake = Field(description="What was wrong with it.")
