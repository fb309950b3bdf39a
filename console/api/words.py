"""The kinds of text and number that calls hold, each as strict as the document says it is."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

_NUMBER = r"[0-9][0-9-]{0,8}"
_WITH_A_LETTER = r"[0-9-]{0,9}[A-Za-z][A-Za-z0-9._-]{0,29}"
_UUID = r"[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}"
REFERENCE = f"^(?:{_NUMBER}|{_WITH_A_LETTER}|{_UUID})$"
IDEMPOTENCY_KEY = r"^[A-Za-z0-9._:-]{1,128}$"
CURSOR = r"^[A-Za-z0-9_-]{1,200}$"
_ONE_LINE = r"^[^\x00-\x20\x7f-\xa0][^\x00-\x1f\x7f]*$"
"""On one line, and not beginning with a blank."""
_LINES = r"^[^\x00-\x08\x0b-\x1f\x7f]*$"
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_WHOLE = re.compile(r"[0-9]{1,10}", re.ASCII)
HIGHEST_ID = 2**31 - 1


def _day(value: object) -> object:
    """Take a day as RFC 3339 writes it, and nothing else that Pydantic would read as one."""
    if isinstance(value, date):
        return value
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise PydanticCustomError("not_a_day", "not a day")


def _whole(value: object) -> object:
    """Take a whole number out of an address, where everything is text."""
    if isinstance(value, str):
        if not _WHOLE.fullmatch(value):
            raise PydanticCustomError("not_whole", "not a whole number")
        return int(value)
    return value


Reference = Annotated[
    str,
    Field(
        pattern=REFERENCE,
        description=(
            "What the calling system calls it: at most nine digits, or letters, digits and . _ - with a letter among the "
            "first ten, or a UUID. It stands in addresses and logs, so it must be an id: never a name, an e-mail address, "
            "a phone number or an NHS number."
        ),
        examples=["EH-1042"],
    ),
]
Day = Annotated[date, BeforeValidator(_day), Field(description="A day, such as 2026-10-06.")]
FirstName = Annotated[str, Field(max_length=40, pattern=_ONE_LINE)]
Name = Annotated[str, Field(max_length=80, pattern=_ONE_LINE)]
Email = Annotated[
    str, Field(max_length=254, pattern=r"^[A-Za-z0-9._%+'-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}$")
]
Short = Annotated[str, Field(max_length=40, pattern=_ONE_LINE)]
Lines = Annotated[str, Field(max_length=2000, pattern=_LINES)]
EventId = Annotated[int, Field(ge=1, le=HIGHEST_ID, description="The event's number."), BeforeValidator(_whole)]
PageSize = Annotated[
    int, Field(ge=1, le=500, description="How many to give at most.", examples=[100]), BeforeValidator(_whole)
]
Cursor = Annotated[
    str, Field(pattern=CURSOR, description="The `next` of the page before this one. It means something to Heard only.")
]
IdempotencyKey = Annotated[
    str,
    Field(
        pattern=IDEMPOTENCY_KEY,
        description=(
            "Made up by the caller, anew for each thing it wants done: a UUID, say. The same call with the same key is "
            "done once and answered the same; kept for seven days."
        ),
        examples=["0d1f6f4e-6c5e-4a8e-9a53-6d2f3f6f3b1c"],
    ),
]
