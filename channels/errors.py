"""What can go wrong at the edge, drawn once.

ChannelError
├── Rejected               what arrived is not to be trusted: answered 403, nothing kept
└── SendError              our message was not taken, or nobody can tell
    ├── Retryable          try again later
    │   ├── Unreachable    no connection, so it was surely not taken
    │   ├── TimedOut       the provider may have taken it: ask before sending again
    │   ├── Busy           the provider asks us to wait (`retry_after`)
    │   ├── ProviderFault  the provider answered with a fault of its own (5xx)
    │   └── OurFault       our account or sender: nothing goes until somebody puts it right, so try again slowly
    └── Final              trying again cannot help
        ├── OptedOut       the person has said stop to the provider: an event, not an error
        ├── BadAddress     the address cannot take messages on this channel
        └── Refused        the provider will not take this message, whoever sends it
"""

from __future__ import annotations

LONGEST_WAIT = 24 * 60 * 60.0
"""Seconds. What a provider asks us to wait beyond a day makes no sense, and would outlast what is to be said."""


class ChannelError(Exception):
    """Anything that goes wrong between us and a provider."""


class Rejected(ChannelError):
    """What arrived does not prove that it comes from the provider."""


class Unreadable(ChannelError):
    """What arrived is signed, but lacks a field without which it means nothing; the message names the field only."""


class SendError(ChannelError):
    """A message that was not taken, or may not have been.

    Attributes:
        code: the provider's own code, or a short word of ours; safe to log and to store.
        explanation: a sentence for the person who will read it; holds no address and no words of a message.
        may_have_been_sent: True where the provider may have taken the message all the same.
        retry_after: seconds that the provider asked us to wait, if it did.
    """

    may_have_been_sent = False

    def __init__(self, code: str, explanation: str, *, retry_after: float | None = None) -> None:
        super().__init__(f"{code}: {explanation}")
        self.code = code
        self.explanation = explanation
        self.retry_after = retry_after


class Retryable(SendError):
    """Trying again later may help."""


class Unreachable(Retryable):
    """No connection was made, so nothing was taken."""


class TimedOut(Retryable):
    """The connection was made and no answer came: the provider may have taken the message."""

    may_have_been_sent = True


class Busy(Retryable):
    """The provider asked us to slow down."""


class ProviderFault(Retryable):
    """The provider answered with a fault of its own; whether it took the message is not known."""

    may_have_been_sent = True


class OurFault(Retryable):
    """The provider does not accept our account, our key or our sender, which somebody here can put right."""


class Final(SendError):
    """Trying again cannot help."""


class OptedOut(Final):
    """The person has told the provider to stop."""


class BadAddress(Final):
    """This address cannot take messages on this channel."""


class Refused(Final):
    """The provider refuses this message for what it is, such as its length."""
