"""Sending what the transactions have decided: commit, send, commit.

The rows are the truth. A worker takes one under a lease, looks whether it is still right to send it, sends it with no
transaction open, and writes down what became of it. If it dies in between, the lease runs out and the next worker asks the
provider first whether it has that text already.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from secrets import token_hex
from typing import TypeVar

from bot.calendar import local_day
from bot.clock import Clock
from bot.council import Council
from bot.cover.rota import NO_ROTA, RotaAtHand
from bot.sending import checks, dropped, failing, trying, undeliverable
from bot.sending.checks import Verdict
from bot.sending.choices import from_json
from bot.sending.limits import Limits
from bot.sending.sealed import Sealed
from bot.sending.taking import IDLE_SECONDS, Taking
from bot.sending.trying import Broken
from bot.talks.moving import FallBack, SayAgain, never_again, nowhere
from channels.base import Channel, Outgoing
from channels.errors import BadAddress, OptedOut, OurFault, SendError
from channels.text import measure
from store.sending import outcomes, throttle
from store.sending.claimed import Claimed
from store.sending.outcomes import NotOurs, Recorded
from store.session import Database, Session
from store.talks import messages

log = logging.getLogger(__name__)

Result = TypeVar("Result")

CLOCKS_DIFFER = timedelta(minutes=5)
TWINS = 20
"""As many texts with the same words are asked for at the provider, to find the one that is not known yet."""


class Outbox:
    """Drains the messages that wait; any number of threads or processes may do so at once."""

    def __init__(
        self,
        database: Database,
        channels: Mapping[str, Channel],
        clock: Clock,
        lease: timedelta,
        *,
        limits: Limits | None = None,
        council: Council | None = None,
        unsubscribe: Callable[[str], str] | None = None,
        sealed: Sealed | None = None,
        fall_back: FallBack = nowhere,
        say_again: SayAgain = never_again,
    ) -> None:
        """Make ready; nothing is sent yet.

        Args:
            lease: how long a message is ours once it is taken up.
            limits: how much may leave; left out, as much as there is.
            council: whose send windows and desk hours are kept; left out, none are.
            unsubscribe: makes of a mail's key the page on which its reader can end such mails.
            sealed: opens the links that are sealed in mails while they wait; left out, it can make and open none that last.
            fall_back: lets a conversation go on at another address, now that one is dead.
            say_again: says first words anew that have grown too old to be sent.
        """
        self._database = database
        self.channels = channels
        self._clock = clock
        self._limits = limits or Limits()
        self._taking = Taking(database, clock, lease, self._limits, channels)
        self._council = council
        self._rota = RotaAtHand()
        self._unsubscribe = unsubscribe
        self.sealed = sealed or Sealed(token_hex())
        self._fall_back, self._say_again = fall_back, say_again
        self._something_new = threading.Event()

    def wake(self) -> None:
        """Something was queued: a waiting worker looks at once."""
        self._something_new.set()

    def wait(self, seconds: float) -> None:
        """Wait until something is queued, at most so long; for whoever hands messages out instead of sending them."""
        self._something_new.wait(seconds)
        self._something_new.clear()

    def work(self, stop: threading.Event) -> None:
        """Send until told to stop; for a thread of its own."""
        while not stop.is_set():
            self._something_new.clear()
            pause = IDLE_SECONDS
            try:
                busy = self.send_next()
                pause = pause if busy else self.seconds_to_turn()
            except Exception as fault:  # noqa: BLE001 - the worker must outlive a fault; the lease brings the row back
                log.error("outbox: %s, trying again", type(fault).__name__)  # noqa: TRY400 - values may hold words
                busy = False
            if not busy:
                self._something_new.wait(pause)

    def seconds_to_turn(self) -> float:
        """How long until a channel that is held by its pace is free again; no more than a second."""
        return self._taking.seconds_to_turn()

    def drain(self, limit: int = 1_000_000) -> int:
        """Send all that may go now; return how many messages were taken up."""
        return next((count for count in range(limit) if not self.send_next()), limit)

    def due(self, limit: int) -> list[int]:
        """The ids of messages that may be sent now, in order; those whose sender's lease is over among them.

        The pace of a channel is not looked at: `send` says False while it holds, and the message stays due.
        """
        return self._taking.due(limit)

    def send_next(self) -> bool:
        """Take up one message that is due, or return False where none is."""
        return self._take_up(None)

    def send(self, message_id: int) -> bool:
        """Take up this one message, or return False where it is not due or may not go now."""
        return self._take_up(message_id)

    def _take_up(self, message_id: int | None) -> bool:
        claimed = self._taking.take(message_id)
        if claimed is None:
            return False
        try:
            self._deal_with(claimed)
        except SendError as error:
            self._not_sent(claimed, error)
        except Exception as fault:  # noqa: BLE001 - whatever it was, it must not hold up an address for ever
            self._not_sent(claimed, Broken(type(fault).__name__))
        return True

    def _deal_with(self, claimed: Claimed) -> None:
        trying.check(claimed)
        channel = self.channels.get(claimed.channel)
        if channel is None:
            late = checks.too_late(claimed, self._clock.now())
            if late is None:
                raise OurFault("no_channel", "This channel is not set up here.")
            self._hold_back(claimed, late)
            return
        message = self._outgoing(claimed)
        if claimed.unsure and self._adopt(channel, message, claimed):
            return
        trying.check_after_look(claimed)
        now = self._clock.now()
        rota = self._rota.looked_up(self._database, now) if claimed.kind in checks.UNASKED else NO_ROTA
        if verdict := checks.verdict(claimed, now, self._council, rota):
            self._hold_back(claimed, verdict)
            return
        sent = channel.send(message)
        try:
            self._record(claimed, sent.provider_id, sent.status)
        except NotOurs:
            log.error("outbox: message %d was taken under another's name", claimed.id)  # noqa: TRY400 - values hold words
            self._record(claimed, None, sent.status)

    def _outgoing(self, claimed: Claimed) -> Outgoing:
        may_end = claimed.channel == "email" and claimed.kind in checks.UNASKED and self._unsubscribe
        return Outgoing(
            claimed.address,
            self.sealed.opened(claimed.text),
            claimed.key,
            claimed.subject,
            choices=from_json(claimed.choices),
            unsubscribe=self._unsubscribe(claimed.key) if may_end and self._unsubscribe else None,
        )

    def _adopt(self, channel: Channel, message: Outgoing, claimed: Claimed) -> bool:
        """Look whether the provider has this text already, and write that down; what is another message's is not ours."""
        with self._database.reading() as session:
            known = set(outcomes.known_provider_ids(session, claimed.channel, claimed.address))
        for _ in range(TWINS):
            found = channel.find(message, claimed.first_attempt_at - CLOCKS_DIFFER, known)
            if found is None:
                return False
            with suppress(NotOurs):
                self._record(claimed, found.provider_id, found.status)
                log.info("outbox: message %d had been taken by the provider, adopted", claimed.id)
                return True
            known.add(found.provider_id)
        return False

    def _record(self, claimed: Claimed, provider_id: str | None, status: str) -> Recorded:
        """Write down that the provider has a message, with what follows from its receipt if that was first; or NotOurs."""
        now = self._clock.now()

        def write(session: Session) -> Recorded:
            recorded = outcomes.record_sent(session, claimed.id, provider_id, status, now)
            if recorded != "settled":
                self._leave_no_link(session, claimed, is_kept=status == "kept")
                if self._limits.counts:
                    self._count(session, claimed, now)
            return recorded

        def write_and_heed(session: Session) -> Recorded:
            recorded = write(session)
            if recorded in {"undelivered", "undeliverable", "opted_out"} and provider_id is not None:
                what = {"permanent": recorded != "undelivered", "opted_out": recorded == "opted_out"}
                failing.heed(session, claimed.channel, provider_id, now, **what, fall_back=self._fall_back)
            return recorded

        recorded = self._transact(claimed, write_and_heed, write)
        if recorded == "settled":
            log.warning("outbox: message %d had been settled by another worker", claimed.id)
        return recorded

    def _leave_no_link(self, session: Session, claimed: Claimed, *, is_kept: bool = False) -> None:
        """Leave nothing of a sealed link that could still be opened; a mail that is kept here is read with it, opened."""
        left = self.sealed.opened(claimed.text) if is_kept else self.sealed.concealed(claimed.text)
        if left != claimed.text:
            outcomes.rewrite(session, claimed.id, left)

    def _count(self, session: Session, claimed: Claimed, now: datetime) -> None:
        parts, today = measure(claimed.text).parts, local_day(now)
        day = throttle.count(session, today, claimed.channel, parts)
        if claimed.channel == "sms" and (alarm := self._limits.alarm(day, parts, f"{today}")):
            messages.queue_once(session, alarm, now)
            log.warning("outbox: most of what texts may cost today is spent")

    def _hold_back(self, claimed: Claimed, verdict: Verdict) -> None:
        log.info("outbox: message %d on %s held back: %s", claimed.id, claimed.channel, verdict.code)
        why = {"code": verdict.code, "explanation": verdict.explanation}
        now = self._clock.now()
        if verdict.until is not None:
            with self._database.writing() as session:
                outcomes.postpone(session, claimed, until=verdict.until, **why)
        else:
            self._settle(claimed, "dropped", why, lambda session: self._drop(session, claimed, verdict.code, now))

    def _drop(self, session: Session, claimed: Claimed, code: str, now: datetime) -> None:
        dropped.follow_up(session, claimed, code, now, say_again=self._say_again, fall_back=self._fall_back)

    def _not_sent(self, claimed: Claimed, error: SendError) -> None:
        log.warning("outbox: message %d on %s not sent: %s", claimed.id, claimed.channel, error.code)
        why = {"code": error.code, "explanation": error.explanation}
        if trying.is_over(claimed, error):
            status = "dropped" if isinstance(error, OptedOut) else "failed"
            self._settle(claimed, status, why, lambda session: self._follow(session, claimed, error))
            return
        due = self._clock.now() + trying.pause(claimed, error)
        unsure = claimed.unsure or error.may_have_been_sent
        with self._database.writing() as session:
            outcomes.put_back(session, claimed, unsure=unsure, due=due, is_fault=isinstance(error, Broken), **why)
            if (asked := trying.pause_of_channel(error)) and self._limits.has_pace(claimed.channel):
                throttle.hold(session, claimed.channel, self._clock.now() + asked)

    def _follow(self, session: Session, claimed: Claimed, error: SendError) -> None:
        now, fall_back = self._clock.now(), self._fall_back
        if isinstance(error, BadAddress):
            why = error.explanation
            failing.dead_address(session, claimed, now, code=error.code, explanation=why, fall_back=fall_back)
        elif not isinstance(error, Broken):
            stopped = isinstance(error, OptedOut)
            undeliverable.follow_up(session, claimed, now, opted_out=stopped, dead_address=False, fall_back=fall_back)
            failing.note_given_up(session, claimed, error, now)

    def _settle(self, claimed: Claimed, status: str, why: Mapping[str, str], follow: Callable[[Session], None]) -> None:
        """Write down that a message will not be sent, with what follows from it; that alone where the rest fails."""

        def write(session: Session) -> bool:
            given_up = outcomes.give_up(session, claimed, status=status, **why)
            if given_up:
                self._leave_no_link(session, claimed)
            return given_up

        def write_and_follow(session: Session) -> bool:
            given_up = write(session)
            if given_up:
                follow(session)
            return given_up

        self._transact(claimed, write_and_follow, write)

    def _transact(
        self, claimed: Claimed, whole: Callable[[Session], Result], bare: Callable[[Session], Result]
    ) -> Result:
        """Do the whole in one transaction, so that a kill leaves all or nothing of it; what is bare alone where it fails."""
        try:
            return self._database.transact(whole)
        except NotOurs:
            raise
        except Exception as fault:  # noqa: BLE001 - what should follow must not keep a message waiting for ever
            log.error("outbox: %s in what follows message %d", type(fault).__name__, claimed.id)  # noqa: TRY400
            return self._database.transact(bare)
