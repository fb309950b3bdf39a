"""Starting, pausing, going on with and ending a campaign."""

from __future__ import annotations

from datetime import datetime

from analysis.figures import counted
from bot.calendar import local_day
from bot.campaigns.asking import OVER
from bot.campaigns.preview import Outlook, outlooks
from bot.council import Council
from bot.invitations.offering import tell_of_doubt
from bot.one_by_one import one_by_one
from bot.talks import ways
from store import audit
from store.inviting import campaigns
from store.inviting.campaigns import CampaignRow, NewInvitation
from store.session import Database, Session
from surveys.catalogue import Catalogue
from surveys.survey import Survey


class CannotDo(ValueError):
    """This cannot be done with the campaign as it stands; the sentence says why and what to do instead."""


def start(
    session: Session,
    campaign_id: int,
    confirmed: int,
    *,
    staff_id: int | None,
    catalogue: Catalogue,
    council: Council,
    now: datetime,
) -> int:
    """Let a draft begin: everybody on its list is invited, or has the reason why not; return how many are invited.

    Args:
        confirmed: how many would be asked, as the preview said that somebody has looked at.

    Raises:
        CannotDo: it is no draft, is over, would ask nobody, or the list has changed since the preview.
    """
    campaign = _locked(session, campaign_id)
    if campaign.status != "draft":
        raise CannotDo("It has been started before.")
    _refuse_if_over(campaign, now)
    survey = catalogue.get(campaign.survey_id)
    seen = outlooks(session, campaign, survey, catalogue=catalogue, council=council, now=now)
    to_ask = sum(each.reason is None for each in seen)
    if to_ask != confirmed:
        raise CannotDo(
            f"It would ask {counted(to_ask, 'person', 'people')} now, not {confirmed}: look at the preview again."
        )
    if not to_ask:
        raise CannotDo("It would ask nobody: look at the preview for why.")
    campaigns.add_members(session, campaign.id, [each.person_id for each in seen])
    campaigns.invite(session, [_invitation(each, campaign, survey, now) for each in seen])
    tell_of_doubt(session, [(each.person_id, each.reason) for each in seen], now)
    _move(session, campaign, "running", "started a campaign", staff_id, now, started_at=now)
    return to_ask


def _invitation(outlook: Outlook, campaign: CampaignRow, survey: Survey, now: datetime) -> NewInvitation:
    return NewInvitation(
        person_id=outlook.person_id,
        campaign_id=campaign.id,
        triage_decision_id=None,
        stage_on=max(local_day(now), campaign.opens_on),
        audience=survey.audience,
        age_band=ways.band_of(outlook.judged.person, survey.audience, now),
        survey_id=survey.id,
        unit_id=outlook.case.unit_id,
        status="not_asked" if outlook.reason else "offered",
        not_asked_because=outlook.reason,
        due_at=outlook.due_at,
        made_at=now,
        settled_at=now if outlook.reason else None,
        case_id=outlook.case.case_id,
        worker_id=outlook.case.worker_id,
        line_manager_id=outlook.case.line_manager_id,
    )


def pause(session: Session, campaign_id: int, *, staff_id: int | None, now: datetime) -> None:
    """Send nothing more of it: nobody is asked or reminded, and what waits to be sent is held where it is.

    Whoever has been asked may answer, and is answered; in a pulse, once everybody's first mail has left
    (`store.inviting.pulse.Held`).

    Raises:
        CannotDo: it does not run.
    """
    _change(session, campaign_id, "running", "paused", "paused a campaign", staff_id, now)


def resume(session: Session, campaign_id: int, *, staff_id: int | None, now: datetime) -> None:
    """Go on with it.

    Raises:
        CannotDo: it is not paused, or its last day is over.
    """
    _refuse_if_over(_locked(session, campaign_id), now)
    _change(session, campaign_id, "paused", "running", "went on with a campaign", staff_id, now)


def end(session: Session, campaign_id: int, *, staff_id: int | None, now: datetime) -> int:
    """End it for good: who has not been asked will not be; return how many those are.

    Raises:
        CannotDo: it has ended before, or is a staff pulse.
    """
    campaign = _locked(session, campaign_id)
    if campaign.kind == "pulse":
        raise CannotDo(
            "The staff pulse ends by itself after its last day: results are shown once nobody can answer any more. "
            "Pause it, and nothing more of it is sent."
        )
    if campaign.status == "ended":
        raise CannotDo("It has ended before.")
    return _end(session, campaign, staff_id, now)


def end_over(database: Database, now: datetime) -> int:
    """End every campaign whose last day is over; return how many."""
    with database.reading() as session:
        over = campaigns.over(session, local_day(now))

    def end_one(campaign_id: int) -> bool:
        with database.writing() as session:
            campaign = campaigns.locked(session, campaign_id)
            if campaign is None or campaign.status == "ended":
                return False
            _end(session, campaign, None, now)
            return True

    return one_by_one(over, end_one)


def _end(session: Session, campaign: CampaignRow, staff_id: int | None, now: datetime) -> int:
    unasked = campaigns.withdraw(session, campaigns.waiting(session, campaign.id), OVER, now)
    _move(session, campaign, "ended", "ended a campaign", staff_id, now, ended_at=now)
    return unasked


def _refuse_if_over(campaign: CampaignRow, now: datetime) -> None:
    if campaign.status != "ended" and campaign.closes_on < local_day(now):
        raise CannotDo("Its last day is over, so that it asks nobody: make it anew with later days.")


def _change(
    session: Session, campaign_id: int, before: str, after: str, what: str, staff_id: int | None, now: datetime
) -> None:
    campaign = _locked(session, campaign_id)
    if campaign.status != before:
        standing = {"draft": "has not begun", "running": "runs", "paused": "is paused", "ended": "has ended"}
        raise CannotDo(f"It {standing[campaign.status]}.")
    _move(session, campaign, after, what, staff_id, now)


def _move(
    session: Session,
    campaign: CampaignRow,
    status: str,
    what: str,
    staff_id: int | None,
    now: datetime,
    **times: datetime,
) -> None:
    campaigns.change(session, campaign.id, status=status, **times)
    audit.record(session, at=now, staff_id=staff_id, what=what, subject=f"campaign {campaign.id}")


def _locked(session: Session, campaign_id: int) -> CampaignRow:
    campaign = campaigns.locked(session, campaign_id)
    if campaign is None or campaign.kind not in campaigns.WATCHED:
        raise CannotDo(f"There is no campaign {campaign_id}: see 'flask campaigns list'.")
    return campaign
