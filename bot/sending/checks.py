"""What is looked at once more at the moment of sending: one table of named checks, each with the kinds that it is for.

An alert, what confirms a stop and what answers a possible danger always go, unless the address has said stop or the
words are too old to make sense. Everything else goes only where it is still right; who has just
written is answered at any hour, and who wrote before an outage is not woken by the answer.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import cast

from bot.calendar import in_window, local_day
from bot.conversation.state import State
from bot.council import Council
from bot.cover.hours import look_again_at, may_go_at
from bot.cover.rota import NO_ROTA, Rota
from bot.respondents import band_on
from bot.talks.at_their_age import is_unanswered
from bot.talks.standing import CAMPAIGN_OVER
from bot.talks.ways import is_old_enough_for_telegram, reason_of_age
from store.sending.claimed import Claimed
from surveys.stages import AgeBand

TOO_OLD = "too_old"
"""The code of what could not leave in time."""

TOO_YOUNG = "too_young"
"""The code of what may not go by Telegram, for its person is under 16."""

DO_NOT_CONTACT = "do_not_contact"
"""The code of what may not go to its person, whatever else is recorded."""

OTHER_AGE = "other_age"
"""The code of first words to a young person who has had a birthday, or whose age was put right, since they were written."""

NOT_AT_THEIR_AGE = "not_at_their_age"
"""The code of questions to a young person who turns out to be too young to be asked them alone."""

NOT_IN_TIME = "It could not be sent in time, and would have come too late to make sense."

UNASKED = frozenset({"invitation", "reminder"})
"""What nobody waits for."""
INVITATIONS = frozenset({"invitation"})
REPLIES = frozenset({"reply"})
ON = UNASKED | REPLIES
"""What goes on with the questions."""
TO_PEOPLE = ON | {"safety"}
TO_STAFF = frozenset({"alert", "alarm", "request", "digest"})
EVERY_KIND = TO_PEOPLE | TO_STAFF | {"confirmation"}


LOOK_AGAIN = timedelta(minutes=5)
"""So long after a message was held up by a paused campaign it is looked at again."""

AT_ONCE = timedelta(hours=1)
"""Who has written not longer ago than that waits for the answer."""

PROVEN_WRONG = frozenset({"undeliverable", "blocked"})
"""Why an address was closed, where whoever writes from it shows that it can be reached again."""

ON_THE_PAGE = "web"
"""Where everything has been said as soon as it is written: its page shows the rows themselves."""


@dataclass(frozen=True)
class Verdict:
    """Why a message does not leave now.

    Attributes:
        code: the check that found it.
        explanation: in a sentence, for the person who will read it.
        until: when it may; None where it never will.
    """

    code: str
    explanation: str
    until: datetime | None = None


@dataclass(frozen=True)
class Check:
    """One thing to look at.

    Attributes:
        found: whether it speaks against sending the message at that moment; a moment says until when.
        kinds: the kinds of message that it is for.
    """

    code: str
    explanation: str
    kinds: frozenset[str]
    found: Callable[[Claimed, datetime, Council | None], bool | datetime]


def _do_not_contact(claimed: Claimed, _now: datetime, _council: Council | None) -> bool:
    return claimed.facts.do_not_contact


def _other_age(claimed: Claimed, now: datetime, _council: Council | None) -> bool:
    """Whether it invites a young person to a survey for another age than they are by now."""
    facts = claimed.facts
    band = band_on(facts.audience, facts.birth_date, cast("AgeBand | None", facts.recorded_band), local_day(now))
    if band == facts.age_band or facts.conversation_state is None:
        return False
    return is_unanswered(State.from_json(facts.conversation_state))


def _not_at_their_age(claimed: Claimed, now: datetime, _council: Council | None) -> bool:
    """Whether it goes on with questions to somebody below 11, or below 16 and nobody has decided that they can alone.

    Whoever writes to us when the questions have closed is answered, at any age.
    """
    facts = claimed.facts
    if facts.conversation_closed_at is not None:
        return False
    band = band_on(facts.audience, facts.birth_date, cast("AgeBand | None", facts.recorded_band), local_day(now))
    return reason_of_age(band, may_alone=facts.may_alone) is not None


def _address_frozen(claimed: Claimed, _now: datetime, _council: Council | None) -> bool:
    return claimed.facts.address_frozen


def _opted_out(claimed: Claimed, _now: datetime, _council: Council | None) -> bool:
    return claimed.facts.opted_out and not (claimed.channel == "email" and claimed.kind in TO_STAFF)


def _person_opted_out(claimed: Claimed, _now: datetime, _council: Council | None) -> bool:
    return claimed.facts.person_opted_out


def _too_young(claimed: Claimed, now: datetime, _council: Council | None) -> bool:
    """Whether it would go by Telegram to somebody under 16."""
    facts = claimed.facts
    if claimed.channel != "telegram":
        return False
    return not is_old_enough_for_telegram(facts.birth_date, facts.recorded_band, now, young=facts.is_young_person)


def _too_old(claimed: Claimed, now: datetime, _council: Council | None) -> bool:
    return claimed.not_after is not None and now > claimed.not_after


def _not_safe(claimed: Claimed, _now: datetime, _council: Council | None) -> bool:
    """Whether its person, or whoever else can be reached there, may not be contacted at all, or only more discreetly."""
    facts = claimed.facts
    if facts.safe_contact is None:
        return False
    wanted = {facts.safe_contact, facts.safe_contact_there} - {"text"}
    if wanted == {"discreet"} and facts.conversation_state:
        return not State.from_json(facts.conversation_state).discreet
    return bool(wanted)


def _address_closed(claimed: Claimed, _now: datetime, _council: Council | None) -> bool:
    return claimed.facts.address_closed is not None


def _address_left(claimed: Claimed, _now: datetime, _council: Council | None) -> bool:
    return claimed.facts.address_closed not in {None, *PROVEN_WRONG}


def _conversation_closed(claimed: Claimed, _now: datetime, _council: Council | None) -> bool:
    closed_at = claimed.facts.conversation_closed_at
    return closed_at is not None and closed_at > claimed.at


def _case_ended(claimed: Claimed, now: datetime, _council: Council | None) -> bool:
    ended_on = claimed.facts.case_ended_on
    return ended_on is not None and ended_on <= local_day(now) and claimed.facts.conversation_closed_at is None


def _overtaken(claimed: Claimed, _now: datetime, _council: Council | None) -> bool:
    return claimed.facts.overtaken


def _answered_since(claimed: Claimed, _now: datetime, _council: Council | None) -> bool:
    return claimed.facts.heard_at is not None and claimed.facts.heard_at > claimed.at


def _out_of_hours(rota: Rota, claimed: Claimed, now: datetime, council: Council | None) -> bool | datetime:
    """Whether its audience may not be written to now. What begins no conversation is mailed to staff: a pulse, an event."""
    band = claimed.facts.age_band
    audience = claimed.facts.audience or ("staff" if claimed.conversation_id is None else None)
    if council is None or audience is None:
        return False
    opens = may_go_at(audience, band, now, council, rota)
    if opens is None:
        return look_again_at(audience, band, now) if rota.is_kept else True
    return opens != now and opens


def _campaign_ended(claimed: Claimed, _now: datetime, _council: Council | None) -> bool:
    return claimed.facts.campaign_status == "ended"


def _campaign_paused(claimed: Claimed, now: datetime, _council: Council | None) -> bool | datetime:
    return claimed.facts.campaign_status in {"draft", "paused"} and now + LOOK_AGAIN


def _has_waited(claimed: Claimed, now: datetime) -> bool:
    return now - claimed.at > AT_ONCE


def _overtaken_while_waiting(claimed: Claimed, now: datetime, _council: Council | None) -> bool:
    return claimed.facts.overtaken and _has_waited(claimed, now)


def _late_and_out_of_hours(claimed: Claimed, now: datetime, council: Council | None) -> bool | datetime:
    facts = claimed.facts
    if council is None or not council.keeps_windows or facts.audience is None or not _has_waited(claimed, now):
        return False
    opens = in_window(facts.audience, facts.age_band, now)
    return opens != now and opens


CHECKS = (
    Check(DO_NOT_CONTACT, "Nobody may write to this person, as their worker has recorded.", ON, _do_not_contact),
    Check("opted_out", "The person has said stop.", EVERY_KIND - {"confirmation"}, _opted_out),
    Check("opted_out", "The person has said stop.", TO_PEOPLE, _person_opted_out),
    Check(TOO_YOUNG, "Telegram is not for anyone under 16.", ON, _too_young),
    Check(TOO_OLD, NOT_IN_TIME, EVERY_KIND, _too_old),
    Check(
        "not_safe_to_text", "A worker has recorded that texting this person, or this phone, is not safe.", ON, _not_safe
    ),
    Check("address_closed", "The address is no longer used for this person.", UNASKED, _address_closed),
    Check("address_closed", "The address is no longer used for this person.", REPLIES, _address_left),
    Check(
        "address_frozen",
        "A worker must confirm the address first, since the case has moved on.",
        UNASKED,
        _address_frozen,
    ),
    Check(OTHER_AGE, "Its person is in another age band by now than when it was written.", INVITATIONS, _other_age),
    Check(NOT_AT_THEIR_AGE, "Its person is too young to be asked alone.", ON, _not_at_their_age),
    Check("conversation_closed", "The conversation had ended before it could be sent.", ON, _conversation_closed),
    Check("case_closed", "The case had been closed, or had moved on, before it could be sent.", ON, _case_ended),
    Check("overtaken", "Something later had been said by then.", UNASKED, _overtaken),
    Check("overtaken", "Something later had been said by then.", REPLIES, _overtaken_while_waiting),
    Check("answered_since", "The person has written in the meantime.", frozenset({"reminder"}), _answered_since),
    Check(CAMPAIGN_OVER, "The campaign had ended before it could be sent.", UNASKED, _campaign_ended),
    Check("campaign_paused", "Its campaign is paused.", UNASKED, _campaign_paused),
    Check(
        "out_of_hours",
        "It has waited long, and waits on for hours in which families are texted.",
        REPLIES,
        _late_and_out_of_hours,
    ),
)
"""In this order, and then the hours; the first that finds something decides."""


def _hours(rota: Rota) -> Check:
    """The check of hours, which must know who is on duty."""
    explanation = "It waits for hours in which families are texted and the duty desk reads."
    return Check("out_of_hours", explanation, UNASKED, partial(_out_of_hours, rota))


def too_late(claimed: Claimed, now: datetime) -> Verdict | None:
    """That a message is too old, whatever else there is to it; None where it is not."""
    return Verdict(TOO_OLD, NOT_IN_TIME) if _too_old(claimed, now, None) else None


def verdict(claimed: Claimed, now: datetime, council: Council | None, rota: Rota = NO_ROTA) -> Verdict | None:
    """Why a message may not leave at `now`, or None where it may. What would be too old by the time it may is too old now.

    Args:
        council: whose send windows and desk hours count; None where none do.
        rota: who is on duty, where one is kept.
    """
    if claimed.channel == ON_THE_PAGE:
        return None
    for check in (*CHECKS, _hours(rota)):
        if claimed.kind not in check.kinds or not (found := check.found(claimed, now, council)):
            continue
        if found is True:
            return Verdict(check.code, check.explanation)
        if claimed.not_after is not None and found > claimed.not_after:
            return Verdict(TOO_OLD, "It could not be sent within the hours in which families may be texted.")
        return Verdict(check.code, check.explanation, until=found)
    return None
