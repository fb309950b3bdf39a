"""Who is holding the phone: whether the words say that it is someone else than the person who was asked.

Reads words only; what follows from them stands in the step. Only a whole clause that says so counts ("Mum here. he says its
fine"), never a story in which such people and phones appear ("mum here every day now"): it would stop a person's voice.
"""

from __future__ import annotations

import re
from typing import Literal

from surveys.stages import Audience
from surveys.words import bare, key

Holder = Literal["wrong_number", "unsafe_contact", "someone_else"]

_SHORTEST = len("mum here")
_HEAD = 160
"""Who somebody is, they say at the beginning."""

_CLAUSE_ENDS = re.compile(r"[.,;:!?()\n]|\s-\s")
_WHOSE = r"(?:his|her|their|[a-z]+s)"
_GROWN_UPS = (
    "(?:foster )?(?:mum|mam|mom|mummy|mother|dad|daddy|father|carer)|nan|nana|nanna|gran|granny|grandma|grandad"
    "|step ?(?:mum|dad|mother|father)|brother|sister|auntie|aunt|uncle|cousin|friend|mate|teacher|(?:key|social) ?worker"
)
_PARTNERS = "(?:ex )?(?:husband|wife|partner|boyfriend|girlfriend)|fiance|bf|gf|ex|hubby|missus"
_CHILDREN = "son|daughter|kid|child"
_SAYS = (
    r"(?: (?:he|she|they) (?:says?|said|reckons|doesnt want|dont want|cant (?:talk|answer|reply|text)"
    r"|(?:isnt|is not) (?:here|in|available)|is (?:busy|out|asleep|sleeping|at \w+)) ?.*)"
)
_YOU_HAVE_THE = r"(?:i think )?(?:you|u|youve|uve)(?: have| got)?(?: got)? the |this is the |its the "
_WRONG_NUMBER = re.compile(
    rf"(?:{_YOU_HAVE_THE})?wrong (?:number|person|phone)(?: (?:mate|pal|love|bro|babe|hun|buddy|man|im afraid|here))?"
    r"|(?:theres )?no ?(?:one|body) (?:called|named|of that name|by that name)(?: [a-z]+)?"
    r" (?:here|lives here|at this number|on this number)"
    r"|(?:i )?(?:dont|do not) know (?:any|anyone|anybody) (?:called|named) [a-z]+"
    r"|(?:this is(?:nt| not)|its not|not) (?:his|her|their|[a-z]+s) (?:number|phone)(?: any ?more| now)?"
)
_ANYONE = f"{_PARTNERS}|{_GROWN_UPS}|{_CHILDREN}"
_ASKS_WHY = re.compile(
    rf"(?:who|why|what)\b.{{0,24}}\b(?:this|you|u|ya)\b.{{0,24}}\bmy (?:{_ANYONE})(?:s (?:phone|mobile|texts))?"
    rf"|(?:who is|whos) (?:texting|messaging|contacting) my (?:{_ANYONE})"
)
_PARTNERS_PHONE = re.compile(rf"(?:this is|its|im reading|reading) my (?:{_PARTNERS})s (?:phone|mobile|texts)")
_CHILDS_PHONE = re.compile(rf"(?:this is|its) my (?:{_CHILDREN})s (?:phone|mobile)")


def _saying_who(relations: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Somebody saying who they are: surely, and in words that may as well be about somebody ("its his dad")."""
    who = rf"{_WHOSE} (?:{relations})"
    surely = rf"(?:(?:this is|its|it is|i am|im) )?(?:{who}|{relations}) (?:here|speaking)|(?:this is|i am|im) {who}"
    surely += rf"|(?:this is|its|it is|i am|im|it) {who}{_SAYS}"
    surely += rf"|(?:this is|its|i am|im) {who} (?:texting|replying|answering|writing)(?: for (?:him|her|them))?"
    return re.compile(surely), re.compile(rf"(?:its|it is) {who}")


_PARTNER, _MAYBE_PARTNER = _saying_who(_PARTNERS)
_FAMILY, _MAYBE_FAMILY = _saying_who(_GROWN_UPS)
_CHILD, _MAYBE_CHILD = _saying_who(_CHILDREN)


def read_holder(text: str, audience: Audience, *, discreet: bool, own_words: bool = False) -> Holder | None:
    """Say who holds the phone where the words tell that it is not the person who was asked; else None.

    Args:
        text: the message, word for word.
        audience: whom the survey is for: a mother may well write that she is somebody's mother.
        discreet: nobody else may learn of us, so that anyone else on the phone makes it unsafe.
        own_words: the open question asks for words, so that "its his dad" is more likely an answer.
    """
    if len(text) < _SHORTEST:
        return None
    clauses = [words for words in (bare(key(part)) for part in _CLAUSE_ENDS.split(text[:_HEAD])) if words]
    said = [*clauses[:2], bare(key(text[:_HEAD]))]
    if any(map(_WRONG_NUMBER.fullmatch, said)):
        return "wrong_number"
    unsafe = (_ASKS_WHY, _PARTNERS_PHONE, _PARTNER, *(() if own_words else (_MAYBE_PARTNER,)))
    if _any(unsafe, said):
        return "unsafe_contact"
    family = (_FAMILY, _CHILDS_PHONE, _MAYBE_FAMILY) if audience == "young_person" else (_CHILD, _MAYBE_CHILD)
    if _any(family[:-1] if own_words else family, said):
        return "unsafe_contact" if discreet else "someone_else"
    return None


def _any(patterns: tuple[re.Pattern[str], ...], said: list[str]) -> bool:
    return any(pattern.fullmatch(words) for pattern in patterns for words in said)
