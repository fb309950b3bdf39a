"""How often and how soon a message is tried again: one place for every kind of message and every kind of fault.

Families are answered as long as an answer still makes sense to them (`store.messages.LIFETIMES`, which is shorter in most
cases); an alert is tried for days, and soon after each fault.
"""

from __future__ import annotations

import random
from datetime import timedelta

from channels.errors import LONGEST_WAIT, BadAddress, Busy, Final, OurFault, Refused, SendError, TimedOut
from store.sending.claimed import Claimed

MOST_ATTEMPTS = 72
"""With the pauses below, about 17 hours where a provider is in trouble, and three days where our account is."""
MOST_ATTEMPTS_OF_AN_ALERT = 10_000
"""About a week."""
MOST_ATTEMPTS_WHEN_BROKEN = 12
"""Where our own program fails over a message: what waits behind it must not wait for hours."""

FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=4), timedelta(minutes=15)
FIRST_PAUSE_OF_OURS, LONGEST_PAUSE_OF_OURS = timedelta(minutes=1), timedelta(hours=1)
LONGEST_PAUSE_OF_AN_ALERT, LONGEST_PAUSE_OF_AN_ALERT_OF_OURS = timedelta(minutes=1), timedelta(minutes=5)


class Broken(SendError):
    """Our own program failed over a message, at whatever point."""

    may_have_been_sent = True

    def __init__(self, fault: str) -> None:
        """`fault`: the name of the exception's class; its values may hold words."""
        super().__init__(fault, "A fault in Heard itself. Those who look after it find it in the log.")


class NeverEnding(Broken):
    """A message was taken up over and over, and nobody lived to say what became of it."""


def check(claimed: Claimed) -> None:
    """Refuse a message that has been taken up more often than all faults together allow.

    Raises:
        NeverEnding: whoever sends it seems to die of it.
    """
    if claimed.attempts > _most(claimed, MOST_ATTEMPTS) + MOST_ATTEMPTS_WHEN_BROKEN + 1:
        raise NeverEnding("never_ending")


def check_after_look(claimed: Claimed) -> None:
    """Refuse a message that was taken up once more only to see whether its provider has it, and it has not.

    Raises:
        SendError: what the last attempt came to; `NeverEnding` where nobody lived to say.
    """
    if claimed.faults >= _most(claimed, MOST_ATTEMPTS_WHEN_BROKEN):
        raise Broken(claimed.error_code or "never_ending")
    if claimed.attempts - claimed.faults > _most(claimed, MOST_ATTEMPTS):
        if claimed.error_code is None:
            raise NeverEnding("never_ending")
        raise TimedOut(claimed.error_code, claimed.error_explanation or "")


def is_over(claimed: Claimed, error: SendError) -> bool:
    """Whether a message is given up after this fault.

    What our own program failed over, and what its provider did not take, are counted apart. What may have been taken is put
    back once more than that, for a last look at the provider. An alert that is refused is tried again all the same, to an
    address that is said to be bad too: one answer may be wrong, or ours to put right.
    """
    if isinstance(error, NeverEnding):
        return True
    if isinstance(error, Final):
        return not (claimed.kind == "alert" and isinstance(error, Refused | BadAddress))
    last_look = claimed.unsure or error.may_have_been_sent
    if isinstance(error, Broken):
        return claimed.faults + 1 >= _most(claimed, MOST_ATTEMPTS_WHEN_BROKEN) + last_look
    return claimed.attempts - claimed.faults >= _most(claimed, MOST_ATTEMPTS) + last_look


def _most(claimed: Claimed, usual: int) -> int:
    return MOST_ATTEMPTS_OF_AN_ALERT if claimed.kind == "alert" else usual


def pause_of_channel(error: SendError) -> timedelta | None:
    """How long a whole channel is left alone, since its provider asks for it; None where it does not.

    A little longer than it asks for, and never the same, so that workers do not all come back in one instant. Never so long
    that one nonsense answer could silence a channel.
    """
    if not isinstance(error, Busy) or not error.retry_after:
        return None
    asked = timedelta(seconds=min(error.retry_after, LONGEST_PAUSE.total_seconds()))
    return asked * random.uniform(1.01, 1.1)


def pause(claimed: Claimed, error: SendError) -> timedelta:
    """How long to wait before the next attempt: twice as long each time, as long as the provider asks for."""
    ours = isinstance(error, OurFault | Refused | BadAddress)
    first = FIRST_PAUSE_OF_OURS if ours else FIRST_PAUSE
    longest = LONGEST_PAUSE_OF_OURS if ours else LONGEST_PAUSE
    if claimed.kind == "alert":
        first = FIRST_PAUSE
        longest = LONGEST_PAUSE_OF_AN_ALERT_OF_OURS if ours else LONGEST_PAUSE_OF_AN_ALERT
    usual = min(first * 2.0 ** min(claimed.attempts - 1, 20), longest) * random.uniform(0.75, 1.25)
    return max(usual, timedelta(seconds=min(error.retry_after or 0, LONGEST_WAIT)))
