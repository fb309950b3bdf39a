"""How a text travels as SMS: its encoding, its units, the parts that it is billed as, and how it could travel for less.

Pure arithmetic over one string: it may not shorten or send anything, and what it would replace it only offers.

The alphabet is 3GPP TS 23.038 section 6.2.1 with the default extension table; the sizes of the parts are those of
3GPP TS 23.040, 140 octets each, of which six go to the header once there is more than one. What stays together at the end
of a part is what Twilio's segment calculator keeps together (github.com/TwilioDevEd/message-segment-calculator): whatever
people see as one character, be it a letter with its marks or an emoji made of several, but not a CR and its LF, and not
the consonants of an Indic conjunct.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import regex

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

_CLUSTER = regex.compile(r"\X")
_WITHIN = regex.compile(r"(?<=\r)(?=\n)|(?<=[\p{M}\u200D])(?=\p{Lo})", regex.V1)
"""Where the segment calculator parts what Unicode's newer rules hold together."""

_LETTERS = {"ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "ı": "i", "ə": "e"}
_LIGATURES = {"œ": "oe", "Œ": "Oe", "ħ": "h", "Ħ": "H", "ŋ": "ng", "Ŋ": "Ng", "ẞ": "SS"}
_SIGNS = {"−": "-", "•": "-", "·": "-", "×": "x", "⁄": "/", "\t": " "} | dict.fromkeys("\v\x85\u2028\u2029", "\n")
_QUOTES = dict.fromkeys("‘’‚‛‹›′`´ʼʻʹ", "'") | dict.fromkeys("“”„‟«»″〝〞", '"')
_INSTEAD = str.maketrans(_LETTERS | _LIGATURES | _SIGNS | _QUOTES)
"""What Unicode takes for letters and signs of their own, and people for the same as these."""

_BY_KIND = {"Pd": "-", "Zs": " "}
"""Unicode's categories of dashes and of blanks."""


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


@dataclass(frozen=True)
class Change:
    """One replacement that `to_gsm7` offers.

    Attributes:
        character: as it stands in the text, with its marks.
        replacement: what GSM-7 carries instead; empty where it was invisible.
        times: how often it stands there.
    """

    character: str
    replacement: str
    times: int


@dataclass(frozen=True)
class Plainer:
    """A text as GSM-7 could carry it.

    Attributes:
        text: with every replacement made, or as it was where `left` holds anything.
        changes: each replacement once, in the order in which the characters come; empty where none is made.
        left: what keeps the text in `ucs2`, each once.
    """

    text: str
    changes: tuple[Change, ...]
    left: tuple[str, ...]


def measure(text: str) -> Measure:
    """Measure `text` as it would be sent, without Twilio's smart encoding.

    An empty text is `gsm7` with no units and no parts: Twilio refuses it (error 21602), so nothing is billed. What people
    see as one character moves to the next part whole where it does not fit; one that fits in no part is cut.
    """
    encoding: Encoding = "ucs2" if outside_gsm7(text) else "gsm7"
    units = _units(text, encoding)
    single, each = _LIMITS[encoding]
    if units <= single:
        return Measure(encoding, units, 1 if units else 0)
    pieces = _seen_as_one(text) if encoding == "ucs2" else text
    whole = (code for piece in pieces for code in (piece if _units(piece, encoding) > each else (piece,)))
    return Measure(encoding, units, _fill((_units(code, encoding) for code in whole), each))


def outside_gsm7(text: str) -> str:
    """Return the characters of `text` that force `ucs2`, each once, in the order in which they come."""
    return "".join(c for c in dict.fromkeys(text) if c not in _BASIC and c not in _EXTENSION)


def to_gsm7(text: str) -> Plainer:
    """Offer `text` in GSM-7: quotes, dashes and blanks made plain, and accents off the letters that GSM-7 lacks.

    It is all or nothing. While one character is left that GSM-7 cannot carry (emoji, other scripts), the text is `ucs2`
    whatever else becomes of it, so then nothing is replaced; nor is it where the replacements would take more parts.
    Powers, fractions and struck-out signs are left too: 5½ is not 51/2, nor ≠ an equals sign.
    """
    pieces = _seen_as_one(text)
    odd = Counter(piece for piece in pieces if outside_gsm7(piece))
    instead = {piece: _plain(piece) for piece in odd}
    left = tuple(piece for piece, plain in instead.items() if plain is None)
    plainer = "".join(instead.get(piece) or ("" if piece in instead else piece) for piece in pieces)
    if left or measure(plainer).parts > measure(text).parts:
        return Plainer(text, (), left or tuple(odd))
    return Plainer(plainer, tuple(Change(piece, instead[piece] or "", times) for piece, times in odd.items()), ())


def _seen_as_one(text: str) -> list[str]:
    return [piece for cluster in _CLUSTER.findall(text) for piece in _WITHIN.split(cluster)]


def _plain(piece: str) -> str | None:
    composed = unicodedata.normalize("NFC", piece)
    if not outside_gsm7(composed):
        return composed
    kinds = {unicodedata.category(c) for c in composed}
    if "No" in kinds:
        return None
    dropped = {"Cf", "Mn"} if unicodedata.category(composed[0]).startswith("L") else {"Cf"}
    loose = unicodedata.normalize("NFKD", composed.translate(_INSTEAD)).translate(_INSTEAD)
    plain = "".join(_BY_KIND.get(unicodedata.category(c), c) for c in loose if unicodedata.category(c) not in dropped)
    return None if outside_gsm7(plain) else plain


def _units(piece: str, encoding: Encoding) -> int:
    if encoding == "gsm7":
        return len(piece) + sum(character in _EXTENSION for character in piece)
    return len(piece) + sum(character > "\uffff" for character in piece)


def _fill(widths: Iterable[int], room: int) -> int:
    parts, used = 1, 0
    for width in widths:
        if used + width > room:
            parts, used = parts + 1, 0
        used += width
    return parts
