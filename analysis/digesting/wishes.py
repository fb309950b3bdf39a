"""What answers a question that asks for a wish ("What should we do better?") is a wish, however kindly it is put.

The question tells more than the tone: "being listened to for once" sounds well and is none. So an answer to one of these
questions is praise only where it says that there is nothing to change, or praises plainly; where that is not clear it is
left among the other comments. Tables and one function; decides nothing but this.
"""

from __future__ import annotations

import re
from typing import Literal

from analysis import language
from analysis.cueing.tone import tone

Reading = Literal["praise", "concern", "wish", "other"]

WISH_METRICS = frozenset({"free_better", "free_change", "free_scale_up", "free_worse"})
"""What the questions measure that ask for a wish, or for what has got worse."""

_SURE = 0.5
"""A tone this clear is taken at its word; a weaker one is TextBlob's guess alone."""

_FILLER = (
    r"(?:\s+(?:really|much|tbh|to be honest|at all|honestly|(?:that )?i can think of|comes to mind|to change|to add))*"
)
_NOTHING = re.compile(
    r"(?:nothing needs changing|no changes|no complaints|all good|nothing|nope|nah|none|nowt|no)\b"
    rf"(?P<filler>{_FILLER})(?P<break>\s*[,.;:!–-]+\s*|\s*)(?P<rest>.*)",
    re.DOTALL,
)
_LEAVE_AS_IT_IS = re.compile(
    r"(?:i |we )?would(?:nt| not) change (?:a thing|anything)"
    r"|keep (?:on )?doing what (?:you do|(?:youre|you are|shes|hes) doing)|keep up the good work|keep it up"
    r"|(?:i |we )?(?:cant|cannot|couldnt) fault|(?:its |everything is )?perfect as it is"
)
_ASKS = re.compile(
    r"\b(?:more|less|fewer|please|pls|maybe|could|should|would be|wish|want(?! to (?:say|thank))|need|needs|instead|earlier"
    r"|later|sooner|longer|keep|stop|but|except|apart from|if|when|again|for once|actually|not so|bit)\b"
)
_DONT_KNOW = re.compile(r"(?:i )?(?:dont|do not) (?:know|no)|idk|dunno|not sure|no idea|no clue")


def is_wish_question(metric: str) -> bool:
    """Whether a question of that metric asks for a wish."""
    return metric in WISH_METRICS


def read_wish(words: str, metric: str, *, sentiment: str | None, tone_score: float | None, compliment: bool) -> Reading:
    """What `words` are, which answered a question of one of the `WISH_METRICS`.

    Args:
        sentiment, tone_score, compliment: as they were tagged; the score is None where it was not guessed or not kept.
    """
    plain = _plain(words)
    if language.is_foreign(words) or _DONT_KNOW.fullmatch(plain):
        return "other"
    if praised := _nothing_to_change(plain):
        return praised
    if _NOTHING.match(plain):  # the tone of "nothing she does helps" is guessed wrongly, so its words decide
        sentiment, tone_score = ("negative" if tone(words).blame else None), None
    asks = _ASKS.search(plain) is not None
    if metric != "free_scale_up" and not asks:
        if compliment and sentiment != "negative":
            return "praise"
        if sentiment == "positive":
            return "other"
    if metric == "free_worse" or (sentiment == "negative" and is_sure(tone_score) and not asks):
        return "concern"
    return "wish"


def is_sure(tone_score: float | None) -> bool:
    """Whether a tone is clear enough to go by; one that came without a score is."""
    return tone_score is None or abs(tone_score) >= _SURE


def _nothing_to_change(plain: str) -> Reading | None:
    """Praise where everything shall stay as it is and good is said of it; "other" for a mere "nothing"; else None."""
    if _LEAVE_AS_IT_IS.match(plain) and not re.search(r"\b(?:but|except|apart from|just)\b", plain):
        return "praise"
    found = _NOTHING.match(plain)
    if found is None:
        return None
    rest = found["rest"]
    if not rest:
        return "other"
    if not (found["filler"] or found["break"].strip()) or _ASKS.search(rest):
        return None  # "nothing has changed" speaks of something else
    if _LEAVE_AS_IT_IS.match(rest):
        return "praise"
    signs = tone(rest)
    return "praise" if signs.praise > signs.blame else None


def _plain(words: str) -> str:
    """In small letters, apostrophes and the signs at the end left out."""
    return re.sub(r"[’'`]", "", words.lower()).strip().rstrip(".!?,;: )(")
