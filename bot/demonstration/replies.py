"""What the invented people of the demonstration say. Every sentence is made up for it."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import Literal

from surveys.questions import Question

Mood = Literal["glad", "mixed", "cross"]

WORDS: Mapping[Mood, Mapping[str, tuple[str, ...]]] = {
    "glad": {
        "free_good": (
            "She heard us out and never rushed us",
            "the bedtime routine. whole house is calmer now",
            "He explains things so I get it",
            "boxing club, and her sorting it with my school",
            "Someone always rings back the same day",
            "We made the plan together, that mattered",
        ),
        "free_better": (
            "Nothing really, can't fault her",
            "Keep texting before visits, it helps",
            "maybe evening visits when I'm on shift",
            "Keep doing what you do",
        ),
        "free_scale_up": ("getting into college", "a bit more sleep lol", "mum having a break"),
    },
    "mixed": {
        "free_good": (
            "She is kind but the visits keep moving",
            "the school forms got done in the end",
            "Talking to someone who isn't family",
            "It's OK. Early days",
        ),
        "free_better": (
            "Ring when you say you will",
            "Less jargon in the letters please",
            "Meet somewhere that isn't the school, it was hard to talk there",
            "I told my story three times to three people",
        ),
        "free_scale_up": ("dont know", "sorting the bus pass", "not arguing every night"),
    },
    "cross": {
        "free_good": ("not much to be honest", "The food bank voucher, that's it"),
        "free_better": (
            "He cancelled three times. Sat in waiting all morning, no show no call",
            "Nobody asked what we thought, it was all decided before",
            "six months on and nothing has changed",
            "New worker again. Explained everything from the start, again",
        ),
        "free_scale_up": ("someone actually turning up", "being listened to for once"),
    },
}
NUMBERS: Mapping[Mood, tuple[str, ...]] = {
    "glad": ("8", "9", "8ish", "10/10", "seven"),
    "mixed": ("5", "6", "about 5", "4"),
    "cross": ("2", "3", "3", "4"),
}
PLACES: Mapping[Mood, tuple[int, ...]] = {"glad": (0, 0, 0, 1), "mixed": (0, 1, 1, 2), "cross": (1, 2, 2, -1)}
"""Which option of a choice question somebody in that mood takes, from the first."""

DISCLOSURE = "to be honest he hit me again on sunday and im scared to go home"
PAST_HARM = "she helped me stop cutting, i talk to her now instead"


def reply_to(question: Question, mood: Mood, chance: Random) -> str:
    """What somebody in that mood texts back to a question."""
    if question.type == "text":
        return chance.choice(WORDS[mood].get(question.metric, WORDS[mood]["free_better"]))
    if question.type == "scale":
        return chance.choice(NUMBERS[mood])
    if question.metric == "share_pref":
        return chance.choice(("1", "1", "2"))
    place = chance.choice(PLACES[mood])
    option = question.options[min(place, len(question.options) - 1)]
    return chance.choice((str(option.v), option.label.lower(), f"{option.v}."))
