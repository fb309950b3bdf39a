"""Everything that is read out of one comment, in one call.

Tags are machine suggestions: they are kept with `METHOD` and `VERSION`, and the comment itself is always shown
word for word. A lasting interface: other programs rely on the names and shapes here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from analysis import complaints, language, sentiment, themes, urgency
from analysis.urgency import Concern

METHOD = "cues+textblob"
VERSION = "1"
"""Goes up whenever a list or a rule changes what is tagged."""


@dataclass(frozen=True)
class Tags:
    """What one comment holds.

    Attributes:
        language: "en", "other", or None where it is too short to tell.
        sentiment: "negative", "neutral", "positive", or None where it must not be guessed.
        score: from -1 to 1, None with `sentiment`.
        themes: theme id to "positive", "negative", "mixed" or "neutral".
        concerns: signs that someone may not be safe, most serious first: `(category, severity, words)`.
        complaint: whether it may be a complaint.
        compliment: whether it is praise that should be passed on.
    """

    language: language.Language | None
    sentiment: sentiment.Label | None
    score: float | None
    themes: dict[str, themes.Polarity]
    concerns: list[Concern]
    complaint: bool
    compliment: bool

    def to_dict(self) -> dict[str, Any]:
        """The tags as plain values that JSON can carry; a concern becomes a list of three."""
        return {
            "language": self.language,
            "sentiment": self.sentiment,
            "score": self.score,
            "themes": dict(self.themes),
            "concerns": [list(concern) for concern in self.concerns],
            "complaint": self.complaint,
            "compliment": self.compliment,
        }


def tag(text: str, audience: str | None = None, question: str | None = None) -> Tags:
    """Read `text`: what `audience` ("young_person", "parent_carer", "partner", "staff") wrote when asked `question`.

    Never raises; an empty text has no tags.
    """
    guessed_language = language.guess(text)
    guessed = sentiment.sentiment(text)
    english = guessed_language != "other"
    return Tags(
        language=guessed_language,
        sentiment=guessed.label,
        score=guessed.score,
        themes=themes.find_themes(text, audience=audience),
        concerns=urgency.find_concerns(text, question=question),
        complaint=english and complaints.is_complaint(text),
        compliment=english and complaints.is_compliment(text),
    )


Tagger = Callable[[str, str | None, str | None], Tags]
"""Reads a text, whose audience and whose question may be told, as `tag` does."""


class UnknownModel(ValueError):
    """There is no model of that name, or it is not installed here; the sentence says what to write instead."""


def tagger(model: str | None) -> Tagger:
    """What reads texts with a model: "lite", or None for the best that is here.

    Raises:
        UnknownModel: it cannot be had.
    """
    if model not in {None, "lite"}:
        raise UnknownModel(f"there is no model {model} here; write lite, or leave it out")
    return tag
