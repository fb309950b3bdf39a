"""A council for the bench: whatever it has chosen, no family of its own is behind it."""

from __future__ import annotations

from decimal import Decimal

from bot.calendar import Hours
from bot.council import Council, DutyDesk


def council() -> Council:
    """The council."""
    mailbox = "duty@council.example"
    return Council(
        brand="Early Help",
        privacy_url="heard.bench.example/p",
        base_url="https://heard.bench.example",
        duty=DutyDesk("Duty desk", mailbox, None, mailbox, mailbox, mailbox, Hours.parse("mon-fri 09:00-17:00")),
        country="GB",
        lines={},
        pence_per_part=Decimal(4),
        keeps_windows=True,
        ask_within_days=28,
        conversation_days=7,
        contact_cap_days=28,
    )
