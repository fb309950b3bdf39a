"""Small slips in a word: how many there are, and which words are near another but mean something else.

A word of up to four letters is forgiven swapped or doubled letters, a longer one a single slip, one of eight letters and
more two slips. Its first letter must be right, or swapped with the second: most words that rhyme with an answer
("barely" and "rarely", "letter" and "better") are other words.
"""

from __future__ import annotations

_SHORT, _LONG = 4, 8
_OTHER_WORDS = (
    frozenset(
        {"abort", "allays", "bitter", "butter", "batter", "betted", "beater", "bettor", "chance", "charge", "clean"}
    )
    | {"cleat", "concert", "curse", "coarse", "earl", "fairy", "folly", "greet", "grate", "growl", "groan", "gown"}
    | {"hardy", "haven", "hard", "head", "heart", "hear", "herd", "hoard", "late", "layer", "latter", "lately"}
    | {"manage", "managed", "manger", "mined", "missed", "mixer", "nether", "noting", "party", "portly", "parties"}
    | {"rally", "really", "ready", "stated", "stared", "strayed", "strange", "strangely", "strangle", "strong"}
    | {"stronger", "there", "these", "theme", "three", "tired", "tied", "want", "worked", "worst", "wore", "worth"}
    | {"worry", "words", "sometime", "unusually", "agenda", "lost", "must", "mist", "post", "goof", "good", "god"}
    | {"some", "same", "seem", "form", "from", "bets", "best", "poo", "pool", "eats", "east", "ones", "nose", "loot"}
    | {"unsafe", "unsaid", "complex", "compliant", "compliment", "complaining", "constantly", "conceive", "conform"}
)
"""Words that are one or two letters away from an answer and mean something else: never taken for it.

"Worst" is among them: whether it means "worse" or "very poor" is for the person to say.
"""


def slips(written: str, meant: str) -> int | None:
    """Count the slips between a word as written and as meant; None where there are more than can be forgiven."""
    if written == meant:
        return 0
    longest = max(len(written), len(meant))
    most = 2 if min(len(written), len(meant)) >= _LONG - 1 and len(meant) >= _LONG else 1
    if abs(len(written) - len(meant)) > most or longest < 3 or written in _OTHER_WORDS or written.isdecimal():
        return None
    if written[0] != meant[0] and written[:2] != meant[1::-1]:
        return None
    if len(meant) <= _SHORT and not _is_swapped_or_doubled(written, meant):
        return None
    distance = _distance(written, meant)
    return distance if distance <= most else None


def _is_swapped_or_doubled(written: str, meant: str) -> bool:
    if len(written) == len(meant):
        return sorted(written) == sorted(meant)
    return any(written == meant[:place] + meant[place - 1 :] for place in range(1, len(meant) + 1))


def _distance(one: str, other: str) -> int:
    """The letters to add, drop, change or swap to make one word of the other."""
    before_last: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        now = [row]
        for column, wanted in enumerate(other, start=1):
            cost = min(last[column] + 1, now[-1] + 1, last[column - 1] + (letter != wanted))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == wanted:
                cost = min(cost, before_last[column - 2] + 1)
            now.append(cost)
        before_last, last = last, now
    return last[-1]
