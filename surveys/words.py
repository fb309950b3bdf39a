"""The words people use when they answer, and how a reply is brought into a shape that tables can be read with.

Tables only; decides nothing. Other languages' words are drafts until a speaker has checked them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection

YES = frozenset(
    {"yeah", "yep", "yh", "yea", "ye", "ya", "yup", "y", "yes", "defo", "definitely", "of course", "👍", "✅", "✔"}
    | {"tak", "da", "ano", "hajur", "han"}
)
NO = frozenset({"no", "nah", "nope", "na", "n", "👎", "nie", "nu", "ne"})
UNSURE = frozenset(
    {"idk", "i dk", "dunno", "i dunno", "dk", "not sure", "im not sure", "unsure", "maybe", "meh", "dont know"}
    | {"i dont know", "no idea", "🤷", "k", "not really sure", "no clue", "cant say"}
)
SKIP = frozenset(
    {"skip", "pass", "next", "no comment", "dont want to say", "rather not", "n a", "skip it", "skip this"}
    | {"skip this one", "next one", "next question", "i dont want to say", "id rather not", "rather not say"}
    | {"id rather not say", "prefer not to say", "i prefer not to say"}
)
GO = frozenset(
    {
        "go",
        "ok",
        "okay",
        "sure",
        "ready",
        "begin",
        "1",
        "go ahead",
        "go on",
        "go on then",
        "lets go",
        "im ready",
        "fine",
    }
)
TOP_OF_SCALE = frozenset({"💯", "full marks", "top marks"})

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
)
"""Words after which an answer is surely over and a comment begins ("yes but …"), unlike "hard to say"."""

_GREETINGS = frozenset({"hi", "hello", "hey", "um", "erm", "well", "oh", "please", "pls", "plz", "sorry"})
_THANKS = frozenset(
    {"please", "pls", "plz", "thanks", "thankyou", "thx", "ty", "ta", "cheers", "mate", "sorry", "tbh", "lol"}
    | {"x", "xx", "xxx", "xxxx"}
)
_ANSWERING_EMOJI = frozenset("👍👎🤷✅✔💯")
_LOOKS_LIKE = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛`´ʼ′", "'"),
        **dict.fromkeys("“”„‟«»″", '"'),
        **dict.fromkeys("–—−‒", "-"),
        "½": ".5",
        "🔟": "10",
    }
)
_DROPPED = frozenset("\ufe0f\ufe0e\u20e3\u200d♀♂") | frozenset(map(chr, range(0x1F3FB, 0x1F400)))


def plain(text: str) -> str:
    """Give the reply in small letters, digits as 0 to 9, straight quotes, single spaces, nothing invisible.

    Keycaps lose their cap, thumbs their skin; a newline counts as a full stop, since what follows is a new thought.
    """
    folded = "".join(_folded(character) for character in text.translate(_LOOKS_LIKE))
    lines = (" ".join(line.split()) for line in folded.splitlines())
    return " ; ".join(line for line in lines if line).lower()


def _folded(character: str) -> str:
    if character.isascii():
        return character
    if character in _DROPPED or unicodedata.category(character) == "Cf":
        return ""
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    if 0xFF01 <= ord(character) <= 0xFF5E:
        return chr(ord(character) - 0xFEE0)
    return character


def key(text: str) -> str:
    """Give the bare words of a reply, without signs and without repeats ("No no no!" is "no"), to look up in a table."""
    letters = (_letter(character) for character in plain(text).replace("'", ""))
    words = "".join(letters).split()
    return " ".join(word for place, word in enumerate(words) if place == 0 or word != words[place - 1])


def _letter(character: str) -> str:
    if character in _ANSWERING_EMOJI:
        return f" {character} "
    return character if character.isalnum() or unicodedata.category(character).startswith("M") else " "


def bare(words: str) -> str:
    """Give a key without greetings, thanks and kisses around it ("yes please x" is "yes")."""
    left = words.split()
    while len(left) > 1 and (left[-1] in _THANKS or (left[-1] in {"you", "u"} and left[-2] == "thank")):
        del left[-1 if left[-1] in _THANKS else -2 :]
    first = next((place for place, word in enumerate(left) if word not in _GREETINGS), 0)
    return " ".join(left[first:]) or words


def among(text: str, table: Collection[str]) -> bool:
    """Say whether the whole reply, courtesies aside, stands in a table."""
    words = key(text)
    return words in table or bare(words) in table
