"""Asking the data team to look, where somebody who is not the person has had our texts (scenario 5).

A council that learns of a personal data breach has 72 hours to tell the Information Commissioner, unless nobody is likely to
come to harm by it (UK GDPR, article 33). Whether it is one, a person decides: the mail names nobody and leads to the alert.
"""

from __future__ import annotations

from bot.conversation.opening import CONFIRMED
from bot.conversation.state import State
from bot.council import Council
from store.talks.messages import Queued


def has_disclosed(state: State) -> bool:
    """Whether a conversation has told whoever holds the phone anything: who writes, or what about.

    The check who is there says neither, nor does a discreet text; what was said after somebody had confirmed does.
    """
    if state.answered or state.question:
        return True
    if state.discreet and state.channel != "web":
        return False
    return not state.shared_phone or CONFIRMED in state.marks


def check_wanted(reference: str, council: Council) -> Queued:
    """The mail to the data team about an alert of a wrong number."""
    return Queued(
        "email",
        council.duty.data_email,
        f"Alert {reference}: a number that we have texted is not, or no longer, that of the person we meant.\n\n"
        "Texts that say who we are had gone there. Please look whether this is a personal data breach. If it is, and "
        "somebody could come to harm, the Information Commissioner must be told within 72 hours.\n\n"
        f"What was sent, and what was answered, stands there after sign-in:\n{council.base_url}/alerts/{reference}\n",
        kind="alert",
        key=f"alert:{reference}:breach",
        subject=f"Heard alert {reference}: check for a data breach",
    )
