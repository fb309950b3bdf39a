"""The contract of a channel: what it is given to send, and what it makes of what arrives.

A channel sends an `Outgoing` and returns `Sent`, or raises a `channels.errors.SendError`. It reads what a provider
posted and returns `Received`, `Receipt` or `Ignored`, or raises `channels.errors.Rejected` or `Unreadable`. `app.py`
builds the dict of channels; no channel may register itself, keep anything or log what people say.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol, runtime_checkable

Status = Literal["accepted", "sent", "delivered", "read", "undelivered", "failed", "kept"]
"""How far a message has come, as far as its channel can tell.

`kept`: no server is set, so a person reads it in the console.
"""

Keyword = Literal["stop", "start", "help"]


@dataclass(frozen=True)
class Choices:
    """The options of a question, for channels on which they are pressed, not typed.

    Attributes:
        question: names the question within its conversation; comes back in `Received.button`.
        options: the number and the label of each.
        several: more than one may be picked, so that one press is no whole answer.
    """

    question: str
    options: tuple[tuple[int, str], ...]
    several: bool = False


@dataclass(frozen=True)
class Outgoing:
    """One message to one address.

    Attributes:
        address: E.164 for phones, an e-mail address for mail, the id of a chat for Telegram, a name of ours for the web.
        text: what is said, as it shall be read.
        key: unique for this message and the same at every attempt, for channels that can carry one.
        subject: mail only; never holds a person's words or name.
        choices: what may be pressed under the text; None for channels on which everything is typed.
        unsubscribe: mail only: the page on which its reader can end such mails; None where they cannot be ended.
    """

    address: str
    text: str
    key: str
    subject: str | None = None
    choices: Choices | None = None
    unsubscribe: str | None = None


@dataclass(frozen=True)
class Sent:
    """The provider has taken the message: `provider_id` is its name for it from now on."""

    provider_id: str
    status: Status = "accepted"


@dataclass(frozen=True)
class Received:
    """Someone's words, exactly as they came.

    Attributes:
        handled_by_provider: the provider itself has already acted on a keyword and answered it
            (Twilio's Advanced Opt-Out says so in `OptOutType`), so no answer of ours may follow.
        media_count: pictures, voice notes and the like that came along; counted, never fetched.
        button: the question under which the button stood that was pressed; None for what was typed.
        sent_at: when the person sent it, where the provider says so; puts the parts of a long message in order.
        comment_only: the words of an edited message, or of a page that something later had overtaken: they are kept and
            looked through, and answer nothing.
    """

    channel: str
    provider_id: str
    address: str
    text: str
    media_count: int = 0
    handled_by_provider: Keyword | None = None
    button: str | None = None
    sent_at: datetime | None = None
    comment_only: bool = False


@dataclass(frozen=True)
class Joined:
    """Somebody has begun a chat with the service, by the link they were given or without one.

    Attributes:
        token: what the link held; empty where there was none.
    """

    channel: str
    provider_id: str
    address: str
    token: str = ""


@dataclass(frozen=True)
class Departed:
    """Somebody has blocked the service on this channel: to be heeded like a stop, and nothing can be said back."""

    channel: str
    provider_id: str
    address: str


@dataclass(frozen=True)
class Receipt:
    """The provider's word on how far one of our messages has come.

    Attributes:
        error_code: the provider's own code for what went wrong, if anything did.
        permanent: trying this address again cannot help, so the contact point is to be closed.
        explanation: what the code means, for the person who reads it; holds no address and no words of a message.
        opted_out: the person has told the provider to stop: to be heeded like a stop.
    """

    channel: str
    provider_id: str
    status: Status
    error_code: str | None = None
    permanent: bool = False
    explanation: str | None = None
    opted_out: bool = False


@dataclass(frozen=True)
class Ignored:
    """Nothing for us to do, and why."""

    reason: str


@dataclass(frozen=True)
class Finding:
    """One thing that a channel found out about its own set-up, for whoever set it up.

    Attributes:
        is_wrong: messages would be lost, late or dearer than they need be; False where all is well.
        what: what is the case, in one sentence; holds no key, no address of a person and no words of a message.
        instead: what to do about it, in one sentence; empty where there is nothing to do.
    """

    is_wrong: bool
    what: str
    instead: str = ""


@runtime_checkable
class Checked(Protocol):
    """A channel that can say whether its account or server is fit to be used, without sending anything."""

    def check(self) -> Sequence[Finding]:
        """Look at the set-up, within the channel's time-out for each thing asked; what cannot be asked is a finding."""


@runtime_checkable
class StandsIn(Protocol):
    """A channel by which nothing leaves this computer, in the place of one that would.

    Attributes:
        instead_of_sending: where its messages are, in a few words.
    """

    instead_of_sending: str


class KeepsNoList:
    """A channel at which nothing that was sent can be looked up: see `Channel.find`."""

    def find(
        self,
        message: Outgoing,  # noqa: ARG002 - the contract's arguments, with nowhere to look
        since: datetime,  # noqa: ARG002
        known: Collection[str],  # noqa: ARG002
    ) -> Sent | None:
        """Return None."""
        return None


class Channel(Protocol):
    """How the outbox sees every channel.

    `send` and `find` each come to an end within the channel's time-out, and hand nothing in after it: the outbox's lease
    on a message is longer than both together.
    """

    name: str

    def send(self, message: Outgoing) -> Sent:
        """Hand the message to the provider.

        Raises:
            channels.errors.SendError: it was not taken, or nobody can tell whether it was (`may_have_been_sent`).
        """

    def find(self, message: Outgoing, since: datetime, known: Collection[str]) -> Sent | None:
        """Look for `message` among what the provider has taken since `since` (UTC), leaving out the ids in `known`.

        Called before a message is sent again of which nobody knows whether the provider had taken it.
        Returns None where it is not there, or where the provider keeps no list.

        Raises:
            channels.errors.SendError: the provider could not be asked.
        """
