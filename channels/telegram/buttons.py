"""The options of a question as buttons under its message, and what a press on one of them says.

A button carries its question and its number, "q3:2", so that it answers the question it stood under and no other. Where
options cannot be buttons they stand in the text, numbered, so that they can be typed; what is on a button can be typed too.
"""

from __future__ import annotations

from typing import NamedTuple

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from channels.base import Choices, Outgoing

LARGEST_DATA = 64
"""Bytes that Telegram lets a button carry."""

_SHORT = 3
_IN_A_ROW = 6
"""So many buttons stand side by side where every label is as short as a number on a scale."""


class Press(NamedTuple):
    """The question under which a button stood, and the number that was on it."""

    question: str
    number: int


def read(data: str | None) -> Press | None:
    """Return what a button carried, or None where it was none of ours."""
    question, _, number = (data or "").rpartition(":")
    if not (question and number.isascii() and number.isdigit()):
        return None
    return Press(question, int(number))


def keyboard(choices: Choices | None) -> InlineKeyboardMarkup | None:
    """The buttons: one an option. None where there are no options, or none that one press could answer."""
    if choices is None or not _can_be_pressed(choices):
        return None
    buttons = [
        InlineKeyboardButton(_face(*option), callback_data=_data(choices, option[0])) for option in choices.options
    ]
    width = _IN_A_ROW if all(len(button.text) <= _SHORT for button in buttons) else 1
    return InlineKeyboardMarkup([buttons[start : start + width] for start in range(0, len(buttons), width)])


def wording(message: Outgoing) -> str:
    """The text, with the options below it where they are typed, not pressed."""
    choices = message.choices
    if choices is None or not choices.options or _can_be_pressed(choices):
        return message.text
    return "\n".join([message.text, "", *(_face(*option) for option in choices.options)])


def _can_be_pressed(choices: Choices) -> bool:
    fits = all(len(_data(choices, number).encode()) <= LARGEST_DATA for number, _ in choices.options)
    return bool(choices.options) and not choices.several and fits


def _data(choices: Choices, number: int) -> str:
    return f"{choices.question}:{number}"


def _face(number: int, label: str) -> str:
    return label if label == str(number) else f"{number} {label}"
