"""How long a text is in the alphabet of plain SMS (3GPP TS 23.038). Counts; changes nothing.

A character outside it turns the whole text into UCS-2, which cuts the length of one part from 160 to 70.
"""

from __future__ import annotations

ONE_PART = 160

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENSION = frozenset("^{}\\[~]|€\f")
_ROOM = {False: (ONE_PART, 153), True: (70, 67)}
"""In plain SMS and in UCS-2: of a text of one part, and in each part of a longer one."""


def septets(text: str) -> int:
    """Give the length in septets; a character of the extension table counts two."""
    return sum(2 if character in _EXTENSION else 1 for character in text)


def foreign_characters(text: str) -> list[str]:
    """Give the characters that plain SMS cannot carry, each once, in the order they appear."""
    return [character for character in dict.fromkeys(text) if not is_plain(character)]


def is_plain(character: str) -> bool:
    """Say whether plain SMS can carry this one character."""
    return character in _BASIC or character in _EXTENSION


def size(text: str) -> int:
    """Give the length in septets, or in the 16-bit units of UCS-2 where a character is not of plain SMS."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2 if foreign_characters(text) else septets(text)


def room(text: str, parts: int) -> int:
    """Give how much of such a text fits into so many parts, each of which carries a little less once there are several."""
    alone, each = _ROOM[bool(foreign_characters(text))]
    return alone if parts == 1 else parts * each
