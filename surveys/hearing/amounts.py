"""The words of numbers, and the words that show that a number counts, dates or prices something. Tables only."""

from __future__ import annotations

_ONES = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TO_NINETEEN = (
    *("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")

NUMBER_WORDS = {
    **{word: value for value, word in enumerate((*_ONES, *_TO_NINETEEN))},
    **dict(zip(_TENS, range(20, 100, 10), strict=True)),
    **{
        f"{tens}{joint}{_ONES[one]}": value + one
        for tens, value in zip(_TENS, range(20, 100, 10), strict=True)
        for joint in (" ", "-", "")
        for one in range(1, 10)
    },
    **dict.fromkeys(("hundred", "one hundred"), 100),
    **dict.fromkeys(("nil", "nought"), 0),
    **dict.fromkeys(("thre", "threee"), 3),
    **dict.fromkeys(("foure", "fourr"), 4),
    **dict.fromkeys(("fiev", "fivee"), 5),
    **dict.fromkeys(("sevn", "sevan", "seveen", "sevven"), 7),
    **dict.fromkeys(("eigth", "eigt", "eght", "eightt"), 8),
    **dict.fromkeys(("nien", "ninee"), 9),
}
"""English number words, the usual slips of them included; a survey's language adds its own."""

PERIODS = frozenset(
    {"second", "sec", "minute", "min", "hour", "hr", "day", "night", "week", "wk", "weekend", "month"}
) | {*("mth", "year", "yr", "term", "time")}
SHORT_UNITS = {"sec": "second", "min": "minute", "hr": "hour", "wk": "week", "mth": "month", "yr": "year"}
NEVER_AN_ANSWER = (
    frozenset({"am", "pm", "a m", "oclock", "past", "quid", "pound", "percent", "per", "p", "k", "kg", "mile", "ft"})
    | {"st", "nd", "rd", "th", "yo", "til", "till", "stone", "fold", "faced", "way"}
)  # fmt: skip
"""After a number of any kind: it was a time, a price, a place in a row, an age or a saying."""

COUNTED = (
    NEVER_AN_ANSWER
    | PERIODS
    | {"problem", "kid", "child", "children", "people", "person", "of", "out", "more", "less", "plus", "x"}
    | {"thing", "meeting", "visit", "appointment", "session", "issue", "worker", "half", "different", "other", "missed"}
    | {"son", "daughter", "boy", "girl", "brother", "sister", "sibling", "baby", "babies", "dog", "cat", "bed"}
    | {"parent", "friend", "adult", "step", "teen", "teenager", "toddler"}
)
"""After a number on a scale or of an option: it counted something."""

NOT_PLURALS = (
    frozenset({"always", "this", "does", "thats", "hes", "shes", "lets", "whats", "theres", "theyres", "thanks", "obvs"})
    | {"sometimes", "unless", "theirs", "ours", "whos", "hers", "wheres", "heres", "yours", "means", "makes", "gets"}
    | {"feels", "needs", "comes", "seems", "says", "keeps", "helps", "wants", "hits", "shouts", "perhaps", "was", "has"}
)  # fmt: skip
SHORTHAND = {
    "2": frozenset({"be", "b", "much", "many", "late", "soon", "early", "far", "long", "slow", "hard", "busy", "say"})
    | {"him", "her", "them", "get", "do", "see", "go", "help", "talk", "speak"},
    "4": frozenset({"me", "us", "real", "sure", "ever", "now", "him", "her", "them"}),
}
"""Words before which a digit is no number: "2 much", "4 me"."""

AFTER_A_WORD = frozenset({"nothing", "awful", "terrible", "bad", "really", "very", "worst", "hate", "struggling"})
"""What may follow a number word besides `CONTINUES`; after any other word it counts ("five star", "one big mess")."""
