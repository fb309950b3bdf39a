"""How a text travels as SMS: its encoding, its units and the parts that it is billed as.

Pure arithmetic over one string: it may not change, shorten or send anything.

The alphabet is 3GPP TS 23.038 section 6.2.1 with the default extension table; the sizes of the parts are those of
3GPP TS 23.040, 140 octets each, of which six go to the header once there is more than one. Twilio's segment calculator
(github.com/TwilioDevEd/message-segment-calculator) and Twilio's bills follow the same tables.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Encoding = Literal["gsm7", "ucs2"]

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ"
    " !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§"
    "¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENSION = frozenset("\f^{}\\[~]|€")  # each is an escape and a character: two units that may not be parted

_LIMITS: dict[Encoding, tuple[int, int]] = {"gsm7": (160, 153), "ucs2": (70, 67)}
"""Units that fit in a message of one part, and in each part of a longer one."""


@dataclass(frozen=True)
class Measure:
    """What sending a text takes.

    Attributes:
        encoding: `gsm7` where every character is in the GSM alphabet, else `ucs2`.
        units: septets for `gsm7`, 16-bit units for `ucs2`; headers of parts are not counted.
        parts: messages that are billed.
    """

    encoding: Encoding
    units: int
    parts: int


def measure(text: str) -> Measure:
    """Measure `text` as it would be sent, without Twilio's smart encoding.

    An empty text is `gsm7` with no units and no parts: Twilio refuses it (error 21602), so nothing is billed.
    A surrogate pair or an extension sequence that does not fit at the end of a part moves to the next one whole.
    """
    in_gsm = all(character in _BASIC or character in _EXTENSION for character in text)
    encoding: Encoding = "gsm7" if in_gsm else "ucs2"
    widths = [_width(character, encoding) for character in text]
    units = sum(widths)
    single, each = _LIMITS[encoding]
    if units <= single:
        return Measure(encoding, units, 1 if units else 0)
    return Measure(encoding, units, _fill(widths, each))


def outside_gsm7(text: str) -> str:
    """Return the characters of `text` that force `ucs2`, each once, in the order in which they come."""
    return "".join(dict.fromkeys(c for c in text if c not in _BASIC and c not in _EXTENSION))


def _width(character: str, encoding: Encoding) -> int:
    if encoding == "gsm7":
        return 2 if character in _EXTENSION else 1
    return 2 if ord(character) > 0xFFFF else 1


def _fill(widths: Iterable[int], room: int) -> int:
    parts, used = 1, 0
    for width in widths:
        if used + width > room:
            parts, used = parts + 1, 0
        used += width
    return parts
