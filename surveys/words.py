"""The words people use when they answer, and how a reply is looked up in a table of them.

Tables only; decides nothing. Other languages' words are drafts until a speaker has checked them.
"""

from __future__ import annotations

from collections.abc import Collection

from surveys.hearing.letters import plain, wording

YES = frozenset(
    {"yeah", "yep", "yh", "yea", "ye", "ya", "yup", "y", "yes", "yeh", "yess", "yus", "aye", "👍", "✅", "✔"}
    | {"defo", "deffo", "def", "definitely", "absolutely", "totally", "certainly", "of course", "yes of course"}
    | {"yes definitely", "yeah definitely", "tak", "da", "ano", "hajur", "han"}
)
NO = frozenset(
    {"no", "nah", "nope", "na", "n", "noo", "nahh", "no way", "definitely not", "absolutely not", "👎", "❌"}
    | {"nie", "nu", "ne"}
)
UNSURE = frozenset(
    {"idk", "i dk", "dunno", "i dunno", "dk", "not sure", "im not sure", "unsure", "maybe", "meh", "dont know"}
    | {"i dont know", "no idea", "🤷", "k", "not really sure", "no clue", "cant say", "cant tell", "not too sure"}
    | {"i have no idea", "couldnt say", "i am not sure", "dont no", "i dont no", "dno", "do not know", "i do not know"}
)
SKIP = frozenset(
    {"skip", "pass", "next", "no comment", "dont want to say", "rather not", "n a", "skip it", "skip this"}
    | {"skip this one", "next one", "next question", "i dont want to say", "id rather not", "rather not say"}
    | {"id rather not say", "prefer not to say", "i prefer not to say"}
)
GO = frozenset(
    {"go", "ok", "okay", "sure", "ready", "begin", "1", "go ahead", "go on", "go on then", "lets go", "im ready"}
    | {"fine"}
)
TOP_OF_SCALE = frozenset({"💯", "full marks", "top marks"})
EVERY_ONE = frozenset(
    {
        "all",
        "all of them",
        "all of these",
        "all of those",
        "all of the above",
        "the lot",
        "every one",
        "all the above",
        "everything",
    }
)
NOT_ONE = frozenset(
    {"none", "none of them", "none of these", "none of those", "none of the above", "nothing", "neither", "not any"}
)

LEADING_YES = frozenset({"yes", "yeah", "yep", "yh", "yea", "ye", "yup", "defo", "definitely", "👍"})
LEADING_NO = frozenset({"no", "nah", "nope", "👎"})
CONTINUES = frozenset(
    {"but", "and", "because", "cos", "coz", "cuz", "since", "though", "tho", "although", "than", "thanks", "thank"}
    | {
        "he",
        "hes",
        "she",
        "shes",
        "they",
        "theyre",
        "i",
        "im",
        "ive",
        "it",
        "its",
        "we",
        "my",
        "the",
        "our",
        "you",
        "u",
    }
    | {"now", "so", "except", "apart", "lol", "tbh", "honestly", "x", "xx", "mum", "dad", "everyone", "everything"}
    | {"cause", "as", "due", "especially", "weve", "theyve", "id", "however"}
    | {"bo", "ale", "poniewaz", "ond", "achos", "oherwydd", "तर", "किनभने"}
)
"""Words after which an answer is surely over and a comment begins ("yes but …"), unlike "hard to say"."""

_GREETINGS = frozenset(
    {"sorry", "hi", "hello", "hey", "um", "umm", "erm", "uh", "er", "hmm", "well", "oh", "please", "pls", "plz"}
)
_THANKS = frozenset(
    {"please", "pls", "plz", "thanks", "thankyou", "thx", "ty", "ta", "cheers", "mate", "sorry", "tbh", "lol", "haha"}
    | {"x", "xx", "xxx", "xxxx", "prosze", "proszę", "dzieki", "dzięki", "dziekuje", "dziękuję", "diolch", "धन्यवाद"}
)


def key(text: str) -> str:
    """Give the bare words of a reply, without signs and without repeats ("No no no!" is "no"), to look up in a table."""
    return wording(plain(text))


def bare(words: str) -> str:
    """Give a key without greetings, thanks and kisses around it ("yes please x" is "yes")."""
    left = words.split()
    end = len(left)
    while end > 1 and (left[end - 1] in _THANKS or (left[end - 1] in {"you", "u"} and left[end - 2] == "thank")):
        end -= 1 if left[end - 1] in _THANKS else 2
    start = next((place for place in range(end) if left[place] not in _GREETINGS), 0)
    return " ".join(left[start:end]) or words


def among(text: str, table: Collection[str]) -> bool:
    """Say whether the whole reply, courtesies aside, stands in a table."""
    words = key(text)
    return words in table or bare(words) in table
