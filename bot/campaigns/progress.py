"""How far campaigns have come, as whoever watches them reads it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from analysis.digesting.standings import place
from analysis.figures import reason_label
from bot.calendar import local_day
from bot.talks.standing import CAMPAIGN_OVER
from store.inviting import campaigns, pulse
from store.inviting.campaigns import CampaignRow
from store.session import Session
from store.shown import campaigns as rows
from store.shown.campaigns import Proof

STATUSES: Mapping[str, str] = {
    "draft": "Not begun",
    "running": "Running",
    "paused": "Paused",
    "ended": "Ended",
}
ASKED = ("asked", "started", "partly_answered", "answered", "declined", "lapsed", "withdrawn")
STEPS: Mapping[str, str] = {
    "offered": "Still to be asked",
    "asked": "Asked, no answer yet",
    "started": "Started",
    "partly_answered": "Answered in part",
    "answered": "Answered",
    "declined": "Declined",
    "lapsed": "Did not answer in time",
    "withdrawn": "Questions withdrawn before they had answered",
    "unreachable": "Could not be reached",
    "not_asked": "Not asked",
}
"""Where an invitation may stand, in words, in the order in which they are read."""


@dataclass(frozen=True)
class Progress:
    """One campaign and how far it has come.

    Attributes:
        steps: how many people stand where; only where somebody does.
        not_asked: how many were not asked, by reason in words.
        waiting: messages that wait to be sent.
    """

    campaign: CampaignRow
    steps: Mapping[str, int]
    not_asked: Mapping[str, int]
    waiting: int = 0

    @property
    def people(self) -> int:
        """Everybody who was invited, asked or not."""
        return sum(self.steps.values())

    @property
    def asked(self) -> int:
        """Whoever has been asked, whatever came of it."""
        return sum(self.steps.get(step, 0) for step in ASKED)

    @property
    def answered(self) -> int | None:
        """Whoever has answered, in part or altogether; None in a pulse: `flask pulse show` tells what may be told of it."""
        if self.campaign.kind == "pulse":
            return None
        return self.steps.get("answered", 0) + self.steps.get("partly_answered", 0)

    @property
    def is_over(self) -> bool:
        """Whether nothing more will be sent."""
        return self.campaign.status == "ended"


def everyone(session: Session) -> list[Progress]:
    """Every campaign, the latest first."""
    return _with_standings(session, campaigns.everyone(session))


def of(session: Session, campaign_id: int) -> Progress | None:
    """One campaign; None where there is none that may be watched."""
    found = campaigns.find(session, campaign_id)
    if found is None or found.kind not in campaigns.WATCHED:
        return None
    progress = _with_standings(session, [found])[0]
    count = pulse.waiting_mails if found.kind == "pulse" else rows.waiting_mails
    return Progress(found, progress.steps, progress.not_asked, count(session, campaign_id))


def _with_standings(session: Session, found: Sequence[CampaignRow]) -> list[Progress]:
    ids = [campaign.id for campaign in found]
    standings = rows.standings(session, ids)
    standings += [rows.Standing(of, "asked", None, people) for of, people in pulse.how_many_asked(session, ids).items()]
    return [_progress(campaign, [each for each in standings if each.campaign_id == campaign.id]) for campaign in found]


def _progress(campaign: CampaignRow, standings: Iterable[rows.Standing]) -> Progress:
    steps, reasons = dict.fromkeys(STEPS, 0), dict[str, int]()
    for standing in standings:
        step = _place(standing)
        steps[step] = steps.get(step, 0) + standing.people
        if step == "not_asked":
            reason = reason_label(standing.not_asked_because or "")
            reasons[reason] = reasons.get(reason, 0) + standing.people
    return Progress(campaign, {step: number for step, number in steps.items() if number}, reasons)


def _place(standing: rows.Standing) -> str:
    """As in coverage; who got nothing because we had ended the campaign by then was not asked, and can be reached."""
    if standing.status == "unreachable" and standing.not_asked_because == CAMPAIGN_OVER:
        return "not_asked"
    return place(standing.status, standing.not_asked_because)


PROOF_COLUMNS = (
    *("organisation", "kind", "level", "district", "post", "campaign", "invited_on"),
    *("channel", "message", "status", "not_asked_because"),
)


def proof_as_csv(proofs: Iterable[Proof]) -> str:
    """Proof of invitation as CSV, a contact a row: by their post, never by name or address."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(PROOF_COLUMNS)
    for proof in proofs:
        invited_on = local_day(proof.invited_at).isoformat() if proof.invited_at else ""
        why = reason_label(proof.not_asked_because) if proof.not_asked_because else ""
        cells = (*proof[:4], proof.post, proof.campaign, invited_on, proof.channel, proof.way, proof.status, why)
        writer.writerow([_plain(cell) for cell in cells])
    return text.getvalue()


def _plain(cell: str | None) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell and cell[0] in "=+-@\t\r" else cell or ""
