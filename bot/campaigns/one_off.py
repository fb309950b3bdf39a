"""Campaigns that a person makes: a survey, a list, a window of days. Nothing goes out before its preview was looked at."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime

from analysis.figures import counted
from bot.calendar import local_day
from bot.campaigns import lists, selecting
from bot.campaigns.lists import Read
from bot.campaigns.selecting import FROM_A_FILE, BadSelection
from bot.cases.rows import Refusal
from store import audit
from store.inviting import addressees, campaigns
from store.inviting.addressees import Addressee
from store.inviting.campaigns import NewCampaign
from store.session import Session
from surveys.catalogue import Catalogue, UnknownSurvey
from surveys.stages import FAMILIES, Audience
from surveys.survey import Survey

KIND = "one_off"
MOST_REMINDERS = 2
LONGEST_NAME = 120
_BY_FILE: tuple[Audience, ...] = ("partner", "notifier", "staff_or_partner")
"""Who may be asked by a file of addresses; families are found by their open cases alone."""

COLUMNS: lists.Readers = {
    "name": lists.few_words("the name"),
    "organisation": lists.optional(lists.few_words("the organisation")),
    **lists.ADDRESSES,
}
MAY_LACK = ("organisation", "email", "mobile")


class CannotMake(ValueError):
    """This campaign cannot be made; `str` says what to do instead. `refused`: rows of its list that cannot be taken."""

    def __init__(self, told: str, refused: tuple[Refusal, ...] = ()) -> None:
        super().__init__(told)
        self.refused = refused


@dataclass(frozen=True)
class Wanted:
    """A campaign as somebody wants it: with a selection in words, or a list as a file."""

    name: str
    survey_id: str
    opens_on: date
    closes_on: date
    reminders: int
    selection: str = ""
    file: bytes | None = None


def may_be_sent(survey: Survey) -> bool:
    """Whether a survey can be sent to a list: answered by oneself, with a name behind each answer."""
    return not (survey.anonymous or survey.in_person) and survey.audience not in {"staff", "open_access"}


def make(session: Session, wanted: Wanted, *, catalogue: Catalogue, staff_id: int | None, now: datetime) -> int:
    """Write a campaign as a draft; return its id.

    Raises:
        CannotMake: nothing was changed.
        bot.campaigns.lists.UnreadableList: nor here.
    """
    survey = _checked(wanted, catalogue, local_day(now))
    if wanted.file is None:
        selection = _selected(session, wanted.selection, survey)
        people = list[int]()
    else:
        people = _from_file(session, lists.read(wanted.file, COLUMNS, may_lack=MAY_LACK), survey, now)
        selection = f"{FROM_A_FILE}{len(people)}"
    campaign = NewCampaign(
        name=" ".join(wanted.name.split()),
        kind=KIND,
        period=None,
        survey_id=survey.id,
        audience=survey.audience,
        opens_on=wanted.opens_on,
        closes_on=wanted.closes_on,
        reminders=wanted.reminders,
        selection=selection,
        status="draft",
        made_at=now,
        made_by=staff_id,
    )
    campaign_id = campaigns.add(session, campaign)
    campaigns.add_members(session, campaign_id, people)
    audit.record(session, at=now, staff_id=staff_id, what="made a campaign", subject=f"campaign {campaign_id}")
    return campaign_id


def _checked(wanted: Wanted, catalogue: Catalogue, today: date) -> Survey:
    may_be = ", ".join(survey.id for survey in catalogue.latest() if may_be_sent(survey))
    try:
        survey = catalogue.get(wanted.survey_id)
    except UnknownSurvey:
        raise CannotMake(f"There is no such survey; these can be sent to a list: {may_be}.") from None
    problems = (
        (not may_be_sent(survey), f"{survey.id} cannot be sent to a list; these can: {may_be}."),
        (not 0 < len(wanted.name.strip()) <= LONGEST_NAME, f"Give it a name of at most {LONGEST_NAME} characters."),
        (wanted.closes_on < wanted.opens_on, "Its last day comes after its first, or is the same."),
        (wanted.closes_on < today, f"Its last day is over: write {today} or a later one."),
        (not 0 <= wanted.reminders <= MOST_REMINDERS, f"Write at most {MOST_REMINDERS} reminders."),
        ((wanted.file is None) == (not wanted.selection.strip()), "Give it either a file or a selection in words."),
        (wanted.file is not None and survey.audience not in _BY_FILE, f"Families are not asked by a file: {_SELECT}."),
    )
    if told := next((sentence for holds, sentence in problems if holds), None):
        raise CannotMake(told)
    return survey


_SELECT = {
    "parent_carer": 'select "parents on open cases"',
    "young_person": 'select "young people on open cases"',
}


def _selected(session: Session, words: str, survey: Survey) -> str:
    """The words of a selection, which must select the people whom the survey is for."""
    try:
        selection = selecting.read(session, words)
    except BadSelection as problem:
        told = str(problem)
    else:
        is_fit = selection.role == survey.audience if survey.audience in FAMILIES else selection.role is None
        if is_fit:
            return " ".join(words.split())
        told = f"{survey.id} is for others than those; {_SELECT.get(survey.audience, 'select partners')}."
    raise CannotMake(told)


def _from_file(session: Session, read: Read, survey: Survey, now: datetime) -> list[int]:
    """Find those whom a file names, and keep those whom nobody knew yet; all rows, or none where one is wrong."""
    refused, people = list(read.refused), dict[int, None]()
    for row in read.rows:
        reached_at = lists.addresses(row)
        if not reached_at:
            refused.append(lists.without_address(row))
        elif addressees.of_a_family(session, reached_at):
            refused.append(lists.of_a_family(row))
        elif not refused:
            people[addressees.at(session, reached_at) or _add(session, row, reached_at, now)] = None
    if refused:
        refused.sort(key=lambda each: each.line)
        told = f"{counted(len(refused), 'problem')} in the list: mend that and send it again. Nothing was changed."
        raise CannotMake(told, tuple(refused))
    if not people:
        raise CannotMake(f"The list names nobody: give it a row for each person whom {survey.id} is for.")
    return list(people)


def _add(session: Session, row: lists.Row, reached_at: dict[str, str], now: datetime) -> int:
    first = next(iter(reached_at.values()))
    reference = f"list:{hashlib.sha256(first.encode()).hexdigest()[:24]}"
    who = Addressee(reference, row.values["name"], reached_at, post=row.values["organisation"])
    return addressees.keep(session, who, now).person_id
