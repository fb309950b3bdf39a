"""What the clock does for campaigns. Each may run twice, in two processes at once; the second run changes nothing."""

from __future__ import annotations

from bot.campaigns import always_open, cycle, district, reminding, running
from bot.campaigns.asking import CampaignInviter
from bot.clock import Clock
from bot.service import Service


def make_due(service: Service, clock: Clock) -> int:
    """End what is over, keep the partners' page open, and invite whose turn it is; return how many were invited."""
    now = clock.now()
    running.end_over(service.database, now)
    service.database.transact(lambda session: always_open.keep_open(session, service.catalogue, now))
    parts = (service.database, service.catalogue, service.council, now)
    return cycle.make_due(*parts) + district.make_due(*parts)


def ask_due(service: Service, clock: Clock) -> int:
    """Ask whoever is invited and due; return how many."""
    district.hand_over(service.database, service.catalogue, clock.now())
    asked = CampaignInviter(service.database, service.catalogue, service.council, clock).send_due()
    if asked:
        service.outbox.wake()
    return asked


def remind_due(service: Service, clock: Clock) -> int:
    """Remind whoever was mailed and has said nothing; return how many."""
    reminded = reminding.remind_due(service.database, service.catalogue, service.council, clock.now())
    if reminded:
        service.outbox.wake()
    return reminded
