"""What an operation of the API is, and what one call of it brings along."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, TypeVar

from pydantic import TypeAdapter

from bot.service import Service
from bot.systems import Caller
from console.api.models import Said, Told
from console.api.words import EventId, Reference
from store.session import Session

S = TypeVar("S", bound=Said)

PATH_PARAMETERS: Mapping[str, TypeAdapter[str] | TypeAdapter[int]] = {
    "reference": TypeAdapter(Reference),
    "person_reference": TypeAdapter(Reference),
    "other_reference": TypeAdapter(Reference),
    "event_id": TypeAdapter(EventId),
}
"""What may stand in the braces of a path."""


@dataclass(frozen=True)
class Call:
    """One call that may go on: whose it is, and what it says, read and checked.

    Attributes:
        session: for writing, committed when the call has succeeded; of a GET, for reading.
    """

    session: Session
    service: Service
    now: datetime
    caller: Caller
    path: Mapping[str, str | int]
    body: Said | None = None
    query: Said | None = None

    @property
    def reference(self) -> str:
        """The reference in the path."""
        return str(self.path["reference"])

    def said(self, kind: type[S]) -> S:
        """The body, as the operation declares it."""
        if not isinstance(self.body, kind):
            raise TypeError(f"the operation declares no body of {kind.__name__}")
        return self.body

    def asked(self, kind: type[S]) -> S:
        """The query, as the operation declares it."""
        if not isinstance(self.query, kind):
            raise TypeError(f"the operation declares no query of {kind.__name__}")
        return self.query


@dataclass(frozen=True)
class Reply:
    """What a call is answered. `did`: what it has done, for the log of who did what; None where nothing has changed."""

    status: int
    told: Told | None = None
    did: str | None = None
    location: str | None = None


@dataclass(frozen=True)
class Operation:
    """One thing that can be called.

    Attributes:
        path: below /api/v1, with its parameters in braces.
        scope: what the key must be for.
        replies: by status, what a call that succeeds is answered; None: nothing.
        refuses: whether our rules may refuse what the document allows.
    """

    name: str
    method: Literal["GET", "PUT", "POST", "PATCH", "DELETE"]
    path: str
    summary: str
    scope: str
    act: Callable[[Call], Reply]
    replies: Mapping[int, type[Told] | None]
    body: type[Said] | None = None
    query: type[Said] | None = None
    refuses: bool = False
    parameters: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        """Look up the parameters of the path."""
        object.__setattr__(self, "parameters", tuple(re.findall(r"{(\w+)}", self.path)))

    @property
    def is_post(self) -> bool:
        """Whether it needs an idempotency key: every other method is idempotent by itself."""
        return self.method == "POST"

    @property
    def problems(self) -> tuple[int, ...]:
        """The statuses with which a call of it can be refused."""
        says = bool(self.body or self.query or self.parameters)
        possible = {
            400: says,
            401: True,
            403: True,
            404: bool(self.parameters),
            413: self.body is not None,
            415: self.body is not None,
            422: self.refuses or self.is_post,
            429: True,
            500: True,
        }
        return tuple(status for status, is_possible in possible.items() if is_possible)
