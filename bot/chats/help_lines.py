"""Whom to call or text, for the foot of every page of a web chat: a sentence each, by who reads it.

They are in English, whatever language the chat is in; the pages mark them as such.
"""

from __future__ import annotations

from collections.abc import Mapping

from surveys.gaps import with_lines
from surveys.stages import Audience

_IN_DANGER = "In danger now? Call {emergency}."
_FOR_THE_YOUNG = (
    _IN_DANGER,
    "To talk to someone, free, at any time: {young_helpline}, {young_helpline_number}.",
    "Or text {crisis_word} to {crisis_number}, free, at any time.",
)
_FOR_PARENTS = (
    _IN_DANGER,
    "Worried about a child? Call {child_line}; at night and at weekends {night_line}.",
    "To talk to someone, free, at any time: {adult_helpline}, {adult_helpline_number}.",
)
_FOR_COLLEAGUES = (
    "A child in danger now? Call {emergency}.",
    "Worried about a child? Call {child_line}; at night and at weekends {night_line}.",
)
_BY_AUDIENCE: Mapping[Audience, tuple[str, ...]] = {
    "young_person": _FOR_THE_YOUNG,
    "open_access": _FOR_THE_YOUNG,
    "parent_carer": _FOR_PARENTS,
}


def help_lines(audience: Audience, lines: Mapping[str, str]) -> tuple[str, ...]:
    """Give the sentences for one audience, with the council's lines in them."""
    return tuple(with_lines(sentence, lines) for sentence in _BY_AUDIENCE.get(audience, _FOR_COLLEAGUES))
