"""A phone's own account of a reaction to one of our texts, which arrives as a text: `Liked "…"`, `👍 to "…"`.

What it quotes is ours, so nothing in it answers anything. The iPhone's six reactions and their removal, in American and
British spelling; any emoji since; Android's form; a picture in place of a quotation; a quotation cut short.
"""

from __future__ import annotations

import re

from surveys.hearing.letters import MORE

_DONE = (
    r"(?:un)?(?:liked|loved|disliked|questioned|emphasi[sz]ed|hearted|laughed at)"
    r"|reacted (?:with )?[^\"]{1,20}? to"
    r"|removed (?:an? |the )?(?:[a-z]+ |[^\w\s\"]{1,12} ){1,3}(?:from|to)"
    r"|[^\w\s\"'.,;:!?()*#~>=/+-]{1,12}(?: to|(?=\s*\"))"
)
_THING = (
    r"(?:an?|the|your) (?:image|photo|picture|video|movie|message|attachment|file|link|sticker|gif|location|contact"
    r"|(?:voice|audio) message)|\d+ (?:images|photos|pictures|videos|attachments)"
)
_TO_A_THING = re.compile(rf"(?:{_DONE}) (?:{_THING})\W*$")
_TO_A_TEXT = re.compile(rf"(?:{_DONE})\s*[\"'](?P<quoted>.*)$")
_ENDS = (".", "…", MORE)


def is_reaction(tidy: str) -> bool:
    """Say whether a reply, as `surveys.hearing.said` gives its head, is nothing but the account of a reaction."""
    if _TO_A_THING.match(tidy):
        return True
    found = _TO_A_TEXT.match(tidy)
    if found is None:
        return False
    quoted = found["quoted"].rstrip()
    is_cut_short = '"' not in quoted or quoted.endswith(_ENDS)
    return is_cut_short or quoted.endswith(('"', "'"))
