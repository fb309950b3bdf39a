"""The few things a person can tell the service itself, rather than answer. Tables; decides nothing.

A command is a whole message, courtesies aside. END, CANCEL and QUIT end the questions and opt nobody out: a child may text
"END" and mean something else. They opt out only where the SMS provider has already acted on them, as then nothing of ours
could reach the person anyway.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from surveys.words import SKIP, bare, key

Command = Literal[
    "stop",
    "start",
    "help",
    "skip",
    "go",
    "later",
    "back",
    "end",
    "other_format",
    "advocate",
    "person_wanted",
    "access_request",
    "erasure_request",
    "who_is_this",
]

_OPT_OUTS_BY_LANGUAGE: Mapping[str, tuple[str, ...]] = {
    "en": (
        *("stop", "stop all", "stopall", "stop texting", "stop texting me", "stop messaging me", "stop texts"),
        *("stop the texts", "stop these texts", "leave me alone", "dont text", "dont text me", "do not text me"),
        *("take me off", "take me off the list", "take me off your list", "unsubscribe", "opt out", "optout"),
        *("remove me", "fuck off", "go away", "not interested", "im not interested", "no more texts", "piss off"),
        *("leave us alone", "do not text", "dont contact me", "do not contact me", "stop now", "stop contacting me"),
        *("stop sending me texts", "stop sending texts", "opt me out", "take me off ur list", "unsubscribe me"),
        *("no more messages", "remove my number", "stopp", "stop text", "stop messages", "dont message me"),
    ),
    # The other languages are drafts until a speaker has checked them.
    "pl": ("koniec", "nie pisz", "prosze nie pisac", "proszę nie pisać", "rezygnuje", "rezygnuję"),
    "cy": ("stopiwch", "peidiwch â thecstio", "peidiwch a thecstio", "dim mwy", "gadewch lonydd i mi"),
    "sk_cs": ("koniec", "nepiste", "nepíšte", "nechcem"),
    "ro": ("opreste", "oprește", "nu mai scrie", "nu vreau"),
    "uk_ru": ("стоп", "стоп пожалуйста", "стоп будь ласка", "досить", "не пишіть", "не пишите"),
    "ne": ("बन्द", "नपठाउनुहोस्", "रोक्नुहोस्", "banda"),
}
_NOT_AN_OPT_OUT = frozenset(
    {"make it stop", "make him stop", "make her stop", "i want it to stop", "stop him", "stop her", "stop it", "end it"}
    | {"want to end it", "end my life"}
)
"""Cries for help that hold an opt-out word. Only whole messages opt out, so none of these can; kept here as the rule."""

_PHRASES: Mapping[Command, tuple[str, ...]] = {
    "help": ("help", "help me", "info"),
    "start": ("start", "unstop"),
    "go": ("go",),
    "end": ("end", "cancel", "quit"),
    "later": (
        *("later", "busy", "im busy", "busy now", "not now", "in a bit", "cant talk", "cant talk now", "tomorrow"),
        *("another time", "later on", "ask me later", "maybe later", "not right now", "at work", "im at work"),
        *("driving", "im driving", "text me later", "try later", "try again later", "bit later", "2moro", "tmrw"),
    ),
    "back": ("back", "go back", "previous", "last question", "go back one", "undo"),
    "other_format": (
        *("other", "other language", "another language", "other format", "another format", "easy read", "braille"),
        *("large print", "interpreter", "i need an interpreter", "i need another language", "no english"),
        *("i dont speak english", "i cant read", "i cant read this"),
    ),
    "advocate": ("advocate", "an advocate", "i want an advocate", "can i have an advocate", "i need an advocate"),
    "person_wanted": (
        *("call me", "ring me", "phone me", "call me back", "ring me back", "can you call me", "can you ring me"),
        *("can someone call me", "can someone ring me", "can somebody call me", "can i talk to someone"),
        *("can i speak to someone", "can i talk to a person", "can i speak to a person", "i want to talk to someone"),
        *("i want to talk to a person", "i want to speak to someone", "i want to speak to a person"),
        *("i need to talk to someone", "i need to speak to someone", "talk to a person", "speak to a person"),
        *("speak to someone", "talk to someone", "real person", "is this a real person"),
        *("is this a bot", "are you a bot", "are you a real person", "are you real", "can someone talk to me"),
    ),
    "access_request": (
        *("what do u have on me", "what do you have on me", "what have u got on me", "what have you got on me"),
        *("what do you know about me", "what do u know about me", "what info do you have on me", "my data"),
        *("what information do you have on me", "what data do you have on me", "what data do you hold on me"),
        *("i want to see my file", "i want to see my records", "can i see my file", "can i see my records"),
        *("subject access request", "sar", "send me my data", "i want my data", "what do you keep about me"),
    ),
    "erasure_request": (
        *("delete what i said", "delete everything i said", "delete everything", "delete my answers", "delete it"),
        *("delete that", "delete my data", "delete my messages", "delete this", "erase my data", "erase what i said"),
        *("remove my answers", "can you delete what i said", "can you delete my answers", "forget what i said"),
        *("delete what i wrote", "remove what i said", "please delete what i said", "can you delete that"),
    ),
    "who_is_this": (
        *("who is this", "whos this", "who this", "who dis", "whos dis", "who r u", "who are you", "who are u"),
        *("who is it", "whos it", "who is texting me", "whos texting me", "what is this", "whats this"),
        *("what is this about", "whats this about", "is this a scam", "is this real", "is this spam"),
        *("how did you get my number", "how did u get my number", "where did you get my number", "sorry who is this"),
    ),
}
_WORDS: Mapping[str, Command] = {
    **dict.fromkeys(SKIP, "skip"),
    **{phrase: command for command, phrases in _PHRASES.items() for phrase in phrases},
    **{phrase: "stop" for phrases in _OPT_OUTS_BY_LANGUAGE.values() for phrase in phrases},
}
_PROVIDER_WORDS: Mapping[str, Command] = {
    **dict.fromkeys(("stop", "stopall", "unsubscribe", "cancel", "end", "quit"), "stop"),
    **dict.fromkeys(("start", "unstop"), "start"),
    **dict.fromkeys(("help", "info"), "help"),
}


_MAY_BE_AN_ANSWER: frozenset[Command] = frozenset({"later", "back", "end", "other_format", "person_wanted"})
"""What may as well answer a question that asks for words: "tomorrow", "busy", "speak to someone"."""

_SURELY_MEANT = frozenset(
    {
        "later",
        "text me later",
        "ask me later",
        "try later",
        "try again later",
        "back",
        "go back",
        "end",
        "quit",
        "cancel",
    }
    | {"other", "call me", "ring me", "phone me", "can you call me", "can you ring me", "can someone call me"}
    | {"can someone ring me", "can i talk to someone", "can i speak to someone", "can i speak to a person"}
)


def is_meant(command: Command | None, text: str, *, own_words: bool) -> bool:
    """Say whether a command is meant as one.

    Args:
        own_words: the open question asks for words, so that some commands may as well be an answer.
    """
    if not own_words or command not in _MAY_BE_AN_ANSWER:
        return True
    words = key(text)
    return words in _SURELY_MEANT or bare(words) in _SURELY_MEANT


_LONGEST = max(map(len, _WORDS))
_COURTESIES = 60
"""Room for greetings and thanks around a command; anything longer is no command, and is not looked at."""


def read_command(text: str, spoken: Mapping[str, Command] = MappingProxyType({})) -> Command | None:
    """Give the command that is the whole message, signs and courtesies aside ("Stop. Thank you"), or None.

    Args:
        text: the message, word for word.
        spoken: commands in the language that the person is asked in, by the words for them.
    """
    if len(text) > _LONGEST + _COURTESIES:
        return None
    words = key(text)
    if words in _NOT_AN_OPT_OUT:
        return None
    for form in (words, bare(words)):
        if found := _WORDS.get(form) or spoken.get(form):
            return found
    return None


def read_provider_keyword(text: str) -> Command | None:
    """Give the command that an SMS provider has acted on by itself, or None.

    YES, on which some providers opt people in, is none: nobody shall be asked again because of a stray "yes".
    """
    return _PROVIDER_WORDS.get(key(text)) or read_command(text)
