"""The replies to set at the SMS provider for the words that it answers by itself, as they stand in our own messages.

Once the provider has acted on STOP it lets nothing of ours through, so what we would have said must be said there.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.council import Council
from surveys.catalogue import Catalogue


@dataclass(frozen=True)
class ProviderReply:
    """What the provider is to answer to a word, and when this is the reply to choose, if there are two."""

    word: str
    text: str
    when: str = ""


_REPLIES = (
    ("STOP", "stop_confirm", ""),
    ("START", "start_confirm", ""),
    ("HELP", "help_yp", "where young people are texted"),
    ("HELP", "help_adult", "where grown-ups alone are texted"),
)


def provider_replies(catalogue: Catalogue, council: Council) -> list[ProviderReply]:
    """The replies, with the council's name and lines filled in."""
    messages = catalogue.nothing_open("parent_carer").messages
    return [
        ProviderReply(word, messages[name].replace("{brand}", council.brand), when) for word, name, when in _REPLIES
    ]
