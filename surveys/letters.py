"""Letters that plain SMS cannot carry, into letters that it can. One of them would cut a text from 160 characters to 70."""

from __future__ import annotations

import unicodedata

from surveys.gaps import PLACEHOLDER
from surveys.gsm7 import is_plain

_OTHERS = str.maketrans(
    {"ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "ı": "i", "œ": "oe", "Œ": "Oe"}
    | {"ħ": "h", "Ħ": "H", "ŋ": "ng", "ə": "e", "ẞ": "SS", "’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-"}
)
_CYRILLIC = {
    **dict(zip("абвгґдезийклмнопрстуфыэіёў", "abvhgdezyiklmnoprstufyeiew", strict=True)),
    "г": "h",
    "ж": "zh",
    "х": "kh",
    "ц": "ts",
    "ч": "ch",
    "ш": "sh",
    "щ": "shch",
    "ю": "yu",
    "я": "ya",
    "є": "ye",
    "ї": "yi",
    "ь": "",
    "ъ": "",
}


def to_plain_letters(text: str) -> str:
    """Give the text in letters that plain SMS carries: accents go where they must, Cyrillic is written in Latin letters.

    What has no such letters (Devanagari, emoji) is left out. Gap braces are left out too: nothing put in is filled again.
    """
    return "".join(map(_plain_letter, text.translate(_OTHERS)))


def wording_in_plain_letters(wording: str) -> str:
    """Give a wording in letters that plain SMS carries, its gaps as they are."""
    pieces = PLACEHOLDER.split(wording)  # text and names of gaps, turn about
    return "".join(f"{{{piece}}}" if place % 2 else to_plain_letters(piece) for place, piece in enumerate(pieces))


def _plain_letter(character: str) -> str:
    if character in "{}":
        return ""
    if character.isspace():
        return " "
    if is_plain(character):
        return character
    if character.lower() in _CYRILLIC:
        latin = _CYRILLIC[character.lower()]
        return latin if character.islower() else latin.capitalize()
    return "".join(part for part in unicodedata.normalize("NFD", character) if is_plain(part))
