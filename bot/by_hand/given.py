"""What somebody gives by hand, and how they are told what is wrong with it: by the fields of their form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from bot.access import Viewer
from bot.refusals import Refused
from bot.service import Service
from surveys.stages import AgeBand


class Fault(NamedTuple):
    """What is wrong in which field, and what to write instead."""

    field: str
    instead: str


class NotKept(ValueError):
    """Nothing is kept, for these reasons."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(", ".join(fault.field for fault in self.faults))


@dataclass(frozen=True)
class CaseGiven:
    """A new case as somebody gives it; unit and worker are ids."""

    reference: str
    level: str
    unit_id: int
    worker_id: int


@dataclass(frozen=True)
class PersonGiven:
    """A person as somebody gives them; numbers and addresses as they were typed, each on a line of its own.

    `is_known`: whoever is kept already by that role, name, birth date and number is meant, and stays as they are kept.
    """

    role: str
    parental_responsibility: bool | None
    name: str
    birth_date: date | None
    age_band: AgeBand | None
    language: str
    easy_read: bool
    safe_contact: str
    safe_contact_note: str
    preferred_channel: str | None
    mobiles: str
    emails: str
    is_known: bool = False


@contextmanager
def told_by_field() -> Iterator[None]:
    """Tell what the rules refuse by the fields of a form."""
    try:
        yield
    except Refused as refused:
        raise NotKept(Fault(problem.field, problem.instead) for problem in refused.problems) from None


def by(service: Service, viewer: Viewer) -> dict[str, Any]:
    """Who changes something, when, and whose number is nobody's but the desk's."""
    return {"now": service.clock.now(), "staff_id": viewer.staff_id, "desk": service.council.duty.mobile}


def told(service: Service) -> dict[str, Any]:
    """What whatever follows must know of."""
    return {"catalogue": service.catalogue, "council": service.council, "now": service.clock.now()}
