"""One labelled text, whatever set it comes from, and what is not known of it."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Part = Literal["train", "dev"]
"""`train`: models learn from it. `dev`: for measuring only; nothing is ever trained on it."""


@dataclass(frozen=True)
class Example:
    """A text with its labels. What a set does not tell is None: it is neither learnt nor measured.

    Attributes:
        source: the set it comes from, such as "nhs_phase_2" or "feedback".
        group: who wrote it, where that is known: cross-validation never parts an author.
        question: the metric key of the question that it answers, or None.
        sentiment: "negative", "neutral" or "positive".
        themes: theme id to "pos", "neg", "mixed", "neutral", or "" where only the mention is known.
        theme_ids: the themes that were looked for; what is in it and not in `themes` is not there.
        concern: 1.0 where a person should look at once, 0.0 where not.
        urgent: the same for the severities above amber.
        category: the urgent category, where there is a concern.
        kind: how it is reported apart, such as "look_alike".
        weight: how much it counts in the concern heads.
    """

    text: str
    source: str
    part: Part
    group: str = ""
    audience: str | None = None
    question: str | None = None
    sentiment: str | None = None
    themes: dict[str, str] = field(default_factory=dict)
    theme_ids: frozenset[str] = frozenset()
    complaint: float | None = None
    compliment: float | None = None
    concern: float | None = None
    urgent: float | None = None
    category: str | None = None
    kind: str = ""
    weight: float = 1.0


def essence(text: str) -> str:
    """`text` without case, accents, signs and spaces: two texts with the same essence are one text."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return re.sub(r"[\W_]+", "", plain) or text.strip()


def fingerprints(texts: Iterable[str]) -> NDArray[np.uint64]:
    """What a model keeps of the texts that it learnt from, sorted: enough to know one again, and no word of it."""
    sums = {hashlib.blake2b(essence(text).encode("utf-8", "surrogatepass"), digest_size=8).digest() for text in texts}
    return np.sort(np.frombuffer(b"".join(sums), dtype="<u8"))
