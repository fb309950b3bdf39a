"""What the invented people of the demonstration say. Every sentence is made up for it."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import Literal

from surveys.questions import Question

Mood = Literal["glad", "mixed", "cross"]

Words = Mapping[Mood, Mapping[str, tuple[str, ...]]]

WORDS: Words = {
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
PARTNERS_WORDS: Words = {
    "glad": {
        "free_good": (
            "A named person at the other end of the phone",
            "Joint visits with the worker: families say everything once",
            "The reasons that come with each decision now",
        ),
        "free_better": ("Tell us when a case closes, a line is enough", "More of the drop-ins at our place"),
        "free_strength": ("How plainly the plan was written", "Parents were in the room from the first meeting"),
        "free_context": ("The family had moved twice that term", "Nothing of weight was missed"),
    },
    "mixed": {
        "free_good": ("Good once you know whom to ring", "The monthly meeting, when it takes place"),
        "free_better": ("Shorter forms for a request", "One list of who works where, kept up to date"),
        "free_strength": ("The worker kept turning up", "The chronology was clear"),
        "free_context": ("Two agencies had changed workers that month", "School holidays fell in the middle of it"),
    },
    "cross": {
        "free_good": ("Individual workers are good. The system is slow",),
        "free_better": ("Answer the phone", "We hear of decisions from the family, weeks later"),
        "free_strength": ("Hard to say, nobody asked us before",),
        "free_context": ("Our notes were never asked for",),
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


def reply_to(question: Question, mood: Mood, chance: Random, words: Words = WORDS) -> str:
    """What somebody in that mood says to a question, out of the words of such people."""
    if question.type == "text":
        return chance.choice(words[mood].get(question.metric, words[mood]["free_better"]))
    if question.type == "scale":
        return chance.choice(NUMBERS[mood])
    if question.metric == "share_pref":
        return chance.choice(("1", "1", "2"))
    place = chance.choice(PLACES[mood])
    option = question.options[min(place, len(question.options) - 1)]
    return chance.choice((str(option.v), option.label.lower(), f"{option.v}."))
