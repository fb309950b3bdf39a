"""The few things a person can tell the service itself, rather than answer. Tables; decides nothing.

END, CANCEL and QUIT are no commands of ours: a child may text "END" and mean something else. They opt out only where the
SMS provider has already acted on them, as then nothing of ours could reach the person anyway.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from surveys.words import SKIP, bare, key

Command = Literal["stop", "start", "help", "skip"]

_OPT_OUTS_BY_LANGUAGE: Mapping[str, tuple[str, ...]] = {
    "en": (
        *("stop", "stop all", "stopall", "stop texting", "stop texting me", "stop messaging me", "stop texts"),
        *("stop the texts", "stop these texts", "leave me alone", "dont text", "dont text me", "do not text me"),
        *("take me off", "take me off the list", "take me off your list", "unsubscribe", "opt out", "optout"),
        *("remove me", "fuck off", "go away", "not interested", "im not interested", "no more texts"),
    ),
    # The other languages are drafts until a speaker has checked them.
    "pl": ("koniec", "nie pisz", "prosze nie pisac", "proszę nie pisać", "rezygnuje", "rezygnuję"),
    "sk_cs": ("koniec", "nepiste", "nepíšte", "nechcem"),
    "ro": ("opreste", "oprește", "nu mai scrie", "nu vreau"),
    "uk_ru": ("стоп", "досить", "не пишіть", "не пишите"),
    "ne": ("बन्द", "नपठाउनुहोस्", "रोक्नुहोस्"),
}
_NOT_AN_OPT_OUT = frozenset(
    {"make it stop", "make him stop", "make her stop", "i want it to stop", "stop him", "stop her", "stop it", "end it"}
    | {"want to end it", "end my life"}
)
"""Cries for help that hold an opt-out word. Only whole messages opt out, so none of these can; kept here as the rule."""

_WORDS: Mapping[str, Command] = {
    **dict.fromkeys(SKIP, "skip"),
    **dict.fromkeys(("help", "help me"), "help"),
    **dict.fromkeys(("start",), "start"),
    **{phrase: "stop" for phrases in _OPT_OUTS_BY_LANGUAGE.values() for phrase in phrases},
}
_PROVIDER_WORDS: Mapping[str, Command] = {
    **dict.fromkeys(("stop", "stopall", "unsubscribe", "cancel", "end", "quit"), "stop"),
    **dict.fromkeys(("start", "unstop"), "start"),
    **dict.fromkeys(("help", "info"), "help"),
}


def read_command(text: str) -> Command | None:
    """Give the command that is the whole message, signs and courtesies aside ("Stop. Thank you"), or None."""
    words = key(text)
    if words in _NOT_AN_OPT_OUT:
        return None
    return _WORDS.get(words) or _WORDS.get(bare(words))


def read_provider_keyword(text: str) -> Command | None:
    """Give the command that an SMS provider has acted on by itself, or None.

    YES, on which some providers opt people in, is none: nobody shall be asked again because of a stray "yes".
    """
    return _PROVIDER_WORDS.get(key(text)) or read_command(text)
