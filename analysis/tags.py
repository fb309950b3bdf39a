"""Everything that is read out of one comment, in one call.

Tags are machine suggestions: they are kept with the method and version that made them, and the comment itself is always
shown word for word. A lasting interface: other programs rely on the names and shapes here.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from analysis import complaints, language, sentiment, themes, urgency
from analysis.models.loading import BadModel
from analysis.models.reading import FOLDER, VERSION, Reading, best, in_use, load
from analysis.taxonomy import Concern
from analysis.themes import Mention

__all__ = ["VERSION", "BadModel", "Tagger", "Tags", "method", "models_tagger", "tag", "tagger"]


@dataclass(frozen=True)
class Tags:
    """What one comment holds.

    Attributes:
        language: "en", another that surveys come in ("pl", "cy", "ne"), "other", or None where it is too short to tell.
        sentiment: "negative", "neutral", "positive", or None where it must not be guessed.
        score: from -1 to 1, None with `sentiment`.
        themes: theme id to "positive", "negative", "mixed" or "neutral".
        concerns: signs that someone may not be safe, most serious first: `(category, severity, words)`.
        complaint: whether it may be a complaint.
        compliment: whether it is praise that should be passed on.
        mentions: each theme again with how sure it is and the words that earned it.
    """

    language: language.Language | None
    sentiment: sentiment.Label | None
    score: float | None
    themes: dict[str, themes.Polarity]
    concerns: list[Concern]
    complaint: bool
    compliment: bool
    mentions: list[Mention]

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
            "mentions": [mention._asdict() for mention in self.mentions],
        }


class Tagger(Protocol):
    """Reads a text, whose audience and whose question may be told, as `tag` does."""

    def __call__(self, text: str, audience: str | None = None, question: str | None = None) -> Tags:
        """The tags of `text`."""


def tag(text: str, audience: str | None = None, question: str | None = None) -> Tags:
    """Read `text`: what `audience` ("young_person", "parent_carer", "partner", "staff") wrote when asked `question`.

    `question` is the metric key of what was asked, such as "free_better". Never raises; an empty text has no tags.
    """
    return _tag(in_use(), text, audience, question)


def tagger(model: str | None = None) -> Tagger:
    """What reads texts with the models called `model` ("full", "lite"), or with the best that are here.

    Raises BadModel where they can't be used, UnknownModel for another name.
    """
    return models_tagger(model) if model else tag


def models_tagger(model: str | None = None, folder: Path = FOLDER) -> Tagger:
    """As `tagger`, for whoever would rather stop than go on with the patterns alone.

    Raises BadModel where no model in `folder` can be used, UnknownModel for another name.
    """
    least = load(model or "lite", folder)
    return functools.partial(_tag, least if model else best(folder))


def method() -> str:
    """What is kept with every tag beside `VERSION`: which models made it."""
    reading = in_use()
    return reading.name if reading else "patterns"


def _tag(reading: Reading | None, text: str, audience: str | None = None, question: str | None = None) -> Tags:
    guessed = sentiment.sentiment(reading, text, question=question)
    mentions = themes.find_mentions(reading, text, audience=audience, question=question)
    return Tags(
        language=language.guess(text),
        sentiment=guessed.label,
        score=guessed.score,
        themes={mention.theme: mention.polarity for mention in mentions},
        concerns=urgency.concerns_with(reading, text, question=question),
        complaint=complaints.complains(reading, text, question=question),
        compliment=complaints.compliments(reading, text, question=question),
        mentions=mentions,
    )
