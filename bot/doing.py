"""What the clock does, each as its table wants it: for a service, as of a clock's time, returning how much was done."""

from __future__ import annotations

from bot import digests, receipts, systems, tagging
from bot.cases import events
from bot.chats import anonymity
from bot.chats.links import Links
from bot.clock import Clock
from bot.invitations.asking import Inviter
from bot.people import again, numbers
from bot.pulse import asking as pulse
from bot.pulse import nights
from bot.service import Service
from bot.talks.lapses import Silences


def invite(service: Service, clock: Clock) -> int:
    """Ask whoever is due about a stage."""
    make_link = Links.of(service.council).for_invitation
    asked = Inviter(service.database, service.catalogue, service.council, clock, make_link).send_due()
    if asked:
        service.outbox.wake()
    return asked


def plan(service: Service, clock: Clock) -> int:
    """Do what follows from the events of cases."""
    return events.apply_due(service.database, catalogue=service.catalogue, council=service.council, now=clock.now())


def _silences(service: Service) -> Silences:
    return Silences(service.database, service.catalogue, service.council)


def lapse(service: Service, clock: Clock) -> int:
    """Close what has been silent for too long."""
    return _silences(service).lapse_silent(clock.now())


def remind(service: Service, clock: Clock) -> int:
    """Remind whoever has not answered."""
    reminded = _silences(service).remind(clock.now())
    if reminded:
        service.outbox.wake()
    return reminded


def settle(service: Service, clock: Clock) -> int:
    """Answer whoever has written in several parts, once all of them are there."""
    return service.inbox.settle(clock.now())


def tag(service: Service, clock: Clock) -> int:
    """Say what answers are about."""
    return tagging.tag_waiting(service.database, clock)


def round_times(service: Service, clock: Clock) -> int:
    """Round the times of anonymous answers."""
    return anonymity.round_all(service.database, service.catalogue, clock.now())


def digest(service: Service, clock: Clock) -> int:
    """Make the digests that are due."""
    made = digests.make_due(service.database, service.catalogue, base_url=service.council.base_url, now=clock.now())
    if made:
        service.outbox.wake()
    return made


def forget_receipts(service: Service, clock: Clock) -> int:
    """Forget old receipts of messages that were never ours."""
    return receipts.forget_unknown(service.database, clock.now())


def ask_staff(service: Service, clock: Clock) -> int:
    """Ask staff how work is, and remind them."""
    return pulse.run(service, clock.now())


def look_again_on_birthdays(service: Service, clock: Clock) -> int:
    """Look again at whoever has come to another age."""
    return again.look_again_on_birthdays(
        service.database, catalogue=service.catalogue, council=service.council, now=clock.now()
    )


def close_numbers_of_others(service: Service, clock: Clock) -> int:
    """Close numbers of families that are the desk's, a colleague's or a partner's by now."""
    return numbers.close_those_of_others(service.database, service.council.duty.mobile, clock.now())


def mix(service: Service, clock: Clock) -> int:
    """Mix the anonymous conversations of the days before."""
    return nights.run(service.database, service.catalogue, clock.now())


def forget_calls(service: Service, clock: Clock) -> int:
    """Forget what calling systems were answered long ago."""
    return systems.forget_old(service.database, clock.now())


def hand_out(service: Service, _clock: Clock) -> int:
    """Hand messages to workers elsewhere, where there are any."""
    return service.workers.hand_out() if service.workers else 0
