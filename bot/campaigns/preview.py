"""What would happen if a campaign began now: who would be asked and by what, who would not and why, and what texts cost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from bot.calendar import local_day, midnight
from bot.campaigns import reaching, selecting
from bot.campaigns.asking import OVER
from bot.campaigns.reaching import Judged
from bot.campaigns.selecting import BadSelection
from bot.conversation.effects import Say
from bot.conversation.events import Invited
from bot.conversation.step import step
from bot.council import Council
from bot.cover.hours import due_at
from bot.talks import ways
from bot.talks.beginning import Beginning
from channels.text import measure
from store.council import participants
from store.council.participants import OpenCase
from store.inviting import campaigns, marks
from store.inviting.campaigns import CampaignRow
from store.inviting.invitations import Invitee
from store.session import Session
from surveys.catalogue import Catalogue
from surveys.stages import FAMILIES
from surveys.survey import Survey


@dataclass(frozen=True)
class Preview:
    """A campaign before it goes.

    Attributes:
        people: on its list.
        to_ask: who would be asked.
        channels: how many of them by `email`, `sms` and `telegram`.
        left_out: how many would not, by reason.
        parts: of the first texts, as they are billed.
        pence: what those cost.
    """

    people: int
    to_ask: int
    channels: Mapping[str, int]
    left_out: Mapping[str, int]
    parts: int
    pence: Decimal


@dataclass(frozen=True)
class Outlook:
    """What there is to say about one of its people.

    Attributes:
        case: that of a family, whose worker they are told of.
        due_at: when their turn would come.
        reason: why they would not be asked.
    """

    person_id: int
    case: OpenCase
    judged: Judged
    due_at: datetime
    reason: str | None


def preview(
    session: Session, campaign: CampaignRow, *, catalogue: Catalogue, council: Council, now: datetime
) -> Preview:
    """Look at everybody on the list as they stand now. Nothing is written."""
    survey = catalogue.get(campaign.survey_id)
    seen = outlooks(session, campaign, survey, catalogue=catalogue, council=council, now=now)
    asked = [each for each in seen if each.reason is None]
    beginning = _beginning(catalogue, council)
    parts = sum(_parts(session, each, survey, beginning, now) for each in asked)
    return Preview(
        people=len(seen),
        to_ask=len(asked),
        channels=Counter(each.judged.reach.channel for each in asked if each.judged.reach),
        left_out=Counter(each.reason for each in seen if each.reason is not None),
        parts=parts,
        pence=parts * council.pence_per_part,
    )


def outlooks(
    session: Session,
    campaign: CampaignRow,
    survey: Survey,
    *,
    catalogue: Catalogue,
    council: Council,
    now: datetime,
) -> Sequence[Outlook]:
    """Everybody on the list, each with what there is to say about asking them."""
    try:
        people = selecting.people(session, campaign.id, campaign.selection)
    except BadSelection:
        people = []
    beginning = _beginning(catalogue, council)
    seen = (_outlook(session, person_id, campaign, survey, beginning, council, now) for person_id in people)
    return list(seen if survey.audience in FAMILIES else _once_an_address(seen))


def _once_an_address(seen: Iterable[Outlook]) -> Iterator[Outlook]:
    """Leave out whoever would be asked where somebody before them is."""
    taken = set[str]()
    for each in seen:
        address = each.judged.reach.address if each.reason is None and each.judged.reach else None
        yield replace(each, reason="same_address") if address in taken else each
        taken |= {address} if address else set()


def _outlook(
    session: Session,
    person_id: int,
    campaign: CampaignRow,
    survey: Survey,
    beginning: Beginning,
    council: Council,
    now: datetime,
) -> Outlook:
    case = participants.open_case(session, person_id)
    who = _invitee(session, person_id, case, survey, campaign.opens_on)
    judged = reaching.judge(session, who, campaign.kind, beginning, council, now)
    band = ways.band_of(judged.person, survey.audience, now)
    due = due_at(survey.audience, band, max(now, midnight(campaign.opens_on)), council)
    reason = judged.reason or _reason_by_then(session, who, campaign, judged, due, council)
    return Outlook(person_id, case, judged, due, reason)


def _reason_by_then(
    session: Session, who: Invitee, campaign: CampaignRow, judged: Judged, due: datetime, council: Council
) -> str | None:
    """Why somebody would not be asked when their turn comes: no day is left by then, or something else is asked before."""
    if local_day(due) > campaign.closes_on:
        return OVER
    is_free = judged.free_from is None or judged.free_from <= due
    since = due - timedelta(days=council.contact_cap_days)
    if is_free and not marks.is_to_be_asked(session, reaching.alike(session, who), since, due):
        return None
    return "asked_recently"


def _invitee(session: Session, person_id: int, case: OpenCase, survey: Survey, day: date) -> Invitee:
    """Somebody as their invitation would have them."""
    known = campaigns.named(session, person_id)
    return Invitee(
        invitation_id=0,
        person_id=person_id,
        person=known.name,
        audience=survey.audience,
        age_band=survey.age_band,
        stage=None,
        survey_id=survey.id,
        worker=case.worker,
        first_contacted_at=known.first_contacted_at,
        language=known.language,
        stage_on=day,
    )


def _beginning(catalogue: Catalogue, council: Council) -> Beginning:
    """One that makes no link, since nobody is asked."""
    return Beginning(catalogue, council, lambda *_: "")


def _parts(session: Session, outlook: Outlook, survey: Survey, beginning: Beginning, now: datetime) -> int:
    """How many parts of a text somebody's first texts have; 0 where they get none."""
    reach = outlook.judged.reach
    if reach is None or reach.channel != "sms":
        return 0
    who = _invitee(session, outlook.person_id, outlook.case, survey, local_day(now))
    state = beginning.new(session, who, survey, reach.way, now, outlook.judged.initial)
    _, effects = step(state, survey, Invited(first_contact=who.first_contacted_at is None), now)
    return sum(measure(effect.text).parts for effect in effects if isinstance(effect, Say))
