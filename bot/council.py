"""What one council has chosen: its names, its duty desk and its limits. `app.py` fills it from the settings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from bot.calendar import Hours
from bot.naming import Names, shipped


@dataclass(frozen=True)
class DutyDesk:
    """Who is told when someone may not be safe, and when they read.

    Attributes:
        mobile: E.164, or None where alerts are only mailed.
        safeguarding_email: who alone is told of a concern about a worker.
        complaints_email, data_email: who is told where somebody complains, or asks about what is kept of them.
    """

    name: str
    email: str
    mobile: str | None
    safeguarding_email: str
    complaints_email: str
    data_email: str
    hours: Hours

    def mailbox(self, reason: str) -> str:
        """Give the address to which an alert of this reason is mailed."""
        return {
            **dict.fromkeys(("complaint", "complaint_call", "complaint_unsure"), self.complaints_email),
            **dict.fromkeys(("access_request", "erasure_request"), self.data_email),
        }.get(reason, self.email)


@dataclass(frozen=True)
class Council:
    """The council's own choices.

    Attributes:
        privacy_url: the page a first text points to.
        base_url: where the console is reached; links in mails begin with it.
        country: whose numbers its lines are, ISO 3166.
        lines: the numbers and names that it gives people, by the gap in texts that they fill.
        pence_per_part: what one SMS part costs.
        keeps_windows: whether families are only texted in their hours; False on the simulated handset alone,
            where nobody is disturbed.
        ask_within_days: a stage longer ago than this is not asked about any more.
        conversation_days: a conversation without an answer lapses after so many days.
        contact_cap_days: at most one survey per person in so many days; closure may override it.
        chat_days: a link to a web chat works for so many days.
        telegram_bot: the user name of its bot; empty where nobody is asked on Telegram.
        asks_staff: whether a staff pulse begins by itself in every quarter.
        names: what it calls its roles, and every how many months it asks partners and staff.
    """

    brand: str
    privacy_url: str
    base_url: str
    duty: DutyDesk
    country: str
    lines: Mapping[str, str]
    pence_per_part: Decimal
    keeps_windows: bool
    ask_within_days: int
    conversation_days: int
    contact_cap_days: int
    chat_days: int = 14
    telegram_bot: str = ""
    asks_staff: bool = True
    names: Names = field(default_factory=shipped)
