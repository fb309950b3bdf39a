"""Keeping people, cases and what happens in them by hand: everything at once, or nothing.

Whatever is wrong is raised as `NotKept`, with the field that it is about; the caller's transaction must end with it.
"""

from bot.by_hand.decisions import bar, confirm, decide_alone, end_limit, leave, lift, limit
from bot.by_hand.given import CaseGiven, NotKept, PersonGiven
from bot.by_hand.people import add_case, add_person, change_person

__all__ = [
    "CaseGiven",
    "NotKept",
    "PersonGiven",
    "add_case",
    "add_person",
    "bar",
    "change_person",
    "confirm",
    "decide_alone",
    "end_limit",
    "leave",
    "lift",
    "limit",
]
