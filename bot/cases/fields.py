"""The fields of a case and how each is read, wherever it comes from: a case list, a page, a case system. Pure."""

from __future__ import annotations

from bot.cases import readers
from bot.cases.readers import Reader
from surveys.stages import LEVELS, Audience

ROLES: tuple[Audience, ...] = ("young_person", "parent_carer")

SAME_AS_WORKER = ("the same as the worker's", "write the address of the worker's manager")

CASE: dict[str, Reader[str]] = {
    "reference": readers.words(40, "write the reference of the case, the same in all its rows"),
    "level": readers.one_of(LEVELS),
    "service": readers.words(80, "write the name of the service"),
    "district": readers.words(80, "write the name of the district"),
    "unit": readers.words(80, "write the name of the unit"),
    "worker_email": readers.email,
    "worker_name": readers.words(80, "write the name of the worker who holds the case"),
    "manager_email": readers.email,
    "manager_name": readers.words(80, "write the name of the worker's line manager"),
    "area": readers.words(80, "write the name of the area"),
}
"""How each field is read; names as in `bot.cases.keeping.CaseDetails`."""
