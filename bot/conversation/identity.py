"""Who is holding the phone: whether the words say that it is someone else than the person who was asked.

Reads words only. What follows from them stands in the step.
"""

from __future__ import annotations

import re
from typing import Literal

from surveys.stages import Audience
from surveys.words import bare, key

Holder = Literal["wrong_number", "unsafe_contact", "someone_else"]

_MOST_WORDS = 40
"""Who somebody is, they say at the beginning; further on such words are part of a story."""

_SHORTEST = len("mum here")

_GROWN_UPS = "mum|mam|mom|mummy|mother|dad|daddy|father|nan|nana|nanna|gran|granny|grandma|grandad|carer|foster carer"
_OTHERS = (
    "step ?mum|step ?dad|brother|sister|auntie?|uncle|cousin|friend|mate|teacher|social worker|keyworker|son|daughter"
)
_PARTNERS = "husband|wife|partner|boyfriend|girlfriend|fiance|bf|gf|ex|ex husband|ex wife|ex partner|hubby|missus|fella"
_TEXTING = r"(?: (?:here|speaking|texting|writing|replying|answering|on (?:his|her) phone)\b)"
_SAYING = r"(?: (?:he|she|they) (?:says?|said|is|isnt|cant|doesnt|wont|wants?)\b)"

_WRONG_NUMBER = re.compile(
    r"wrong (?:number|person|phone)\b|(?:got|have) the wrong (?:number|person)\b|not my number\b"
    r"|(?:theres )?no ?(?:one|body) (?:called|named|by that name)|not the person you\b"
    r"|(?:i )?(?:dont|do not) know (?:any|anyone|anybody) (?:called|named)\b"
    r"|(?:this is |this isnt |its )?(?:not )?(?:his|her|their) (?:number|phone) (?:any ?more|now)\b"
    r"|(?:i )?(?:just )?(?:got|have) (?:this|a) new number\b|this is(?:nt| not) (?:his|her|their) (?:number|phone)"
)
_READING_IT = re.compile(
    rf"(?:reading|looking (?:at|through)|on|its|thats|this is) my (?:{_PARTNERS}|{_GROWN_UPS}|{_OTHERS})s?"
    r" (?:phone|mobile|texts)\b"
    rf"|(?:why|who)\b.{{0,30}}\b(?:texting|messaging|contacting) my (?:{_PARTNERS}|{_GROWN_UPS}|{_OTHERS})\b"
    r"|(?:hes|shes) not (?:answering|replying to) (?:you|this|u)\b"
)


def _is(relations: str) -> re.Pattern[str]:
    """Somebody saying who they are ("its his mum", "her dad here"), unlike "its his mum she hates me"."""
    whose = r"(?:his|her|their|[a-z]+s)"
    return re.compile(
        rf"(?:this is|i ?a?m) {whose} (?:{relations})\b"
        rf"|(?:its|it is|it) {whose} (?:{relations})(?:$|{_TEXTING}|{_SAYING})"
        rf"|(?:{whose} )?(?:{relations}){_TEXTING}"
    )


_PARTNER = _is(_PARTNERS)
_FAMILY = _is(f"{_GROWN_UPS}|{_OTHERS}")
_CHILD = _is("son|daughter|kid|child")


def read_holder(text: str, audience: Audience, *, discreet: bool) -> Holder | None:
    """Say who holds the phone where the words tell that it is not the person who was asked; else None.

    Args:
        text: the message, word for word.
        audience: whom the survey is for: a mother may well write that she is somebody's mother.
        discreet: nobody else may learn of us, so that anyone else on the phone makes it unsafe.
    """
    if len(text) < _SHORTEST:
        return None
    words = bare(" ".join(key(text[:400]).split()[:_MOST_WORDS]))
    if _WRONG_NUMBER.match(words) or (len(words) < 60 and _WRONG_NUMBER.search(words)):
        return "wrong_number"
    if _READING_IT.search(words) or _PARTNER.match(words):
        return "unsafe_contact"
    family = _FAMILY if audience == "young_person" else _CHILD
    if family.match(words):
        return "unsafe_contact" if discreet else "someone_else"
    return None
