"""One row of a case list: what it says, or everything that is wrong with it. Pure.

docs/case-list.md describes the columns for those who export the list. A refusal names the line, the column, the kind of
fault and what to write instead; it never holds what stood there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, TypeVar

from bot.cases import readers
from bot.cases.fields import CASE, ROLES, SAME_AS_WORKER
from bot.cases.readers import Reader, Unfit
from bot.cases.stages import ONCE_UNTIL, StageDay, said_twice
from bot.refusals import NO_AGE
from bot.talks.ways import IN_ORDER
from surveys.stages import AGE_BANDS, AgeBand, Audience

COLUMNS = (
    "case_reference",
    "service",
    "unit",
    "district",
    "level",
    "worker_name",
    "worker_email",
    "line_manager_name",
    "line_manager_email",
    "stages",
    "participant_role",
    "name_to_use",
    "birth_date",
    "age_band",
    "mobile",
    "language",
    "safe_contact",
    "safe_contact_note",
)
OPTIONAL_COLUMNS = (
    "person_reference",
    "easy_read",
    "parental_responsibility",
    "preferred_channel",
    "area",
    "worker_mobile",
)
"""Columns that a list may leave out; an empty field of them leaves what is known as it is."""

ALL_COLUMNS = (*COLUMNS, *OPTIONAL_COLUMNS)
SAFE_CONTACTS = ("text", "discreet", "none")

NAME = readers.words(40, "write the name to use in a text, such as a first name")
PERSON_REFERENCE = readers.words(40, "write your system's reference of the person, the same in all lists")

_T = TypeVar("_T")
_Else = TypeVar("_Else")


@dataclass(frozen=True)
class Refusal:
    """Why one field of one row cannot be taken; `kind` is a class of fault, never the value."""

    line: int
    column: str
    kind: str
    instead: str

    def __str__(self) -> str:
        """Say it in one line, for whoever corrects the list."""
        return f"line {self.line}, {self.column}: {self.kind} - {self.instead}"


class Colleague(NamedTuple):
    """A member of staff, as a row names them."""

    email: str
    name: str


@dataclass(frozen=True)
class CaseRow:
    """One participant of one case, as a row says; `line` is where the row begins in the file."""

    line: int
    reference: str
    service: str
    unit: str
    district: str
    level: str
    area: str | None
    worker: Colleague
    worker_mobile: str | None
    line_manager: Colleague
    stages: tuple[StageDay, ...]
    role: Audience
    name: str
    birth_date: date | None
    age_band: AgeBand | None
    mobile: str | None
    language: str
    safe_contact: str
    safe_contact_note: str | None
    person_reference: str | None
    easy_read: bool | None
    parental_responsibility: bool | None
    preferred_channel: str | None


class _Fields:
    """The fields of one row, and what was wrong with those that were read so far."""

    def __init__(self, values: Mapping[str, str], line: int) -> None:
        self._values = values
        self._line = line
        self.refusals: list[Refusal] = []

    def text(self, column: str) -> str:
        return self._values.get(column, "")

    def is_given(self, column: str) -> bool:
        return bool(self.text(column).strip())

    def is_fine(self, column: str) -> bool:
        return all(refusal.column != column for refusal in self.refusals)

    def refuse(self, column: str, kind: str, instead: str) -> None:
        refusal = Refusal(self._line, column, kind, instead)
        if refusal not in self.refusals:
            self.refusals.append(refusal)

    def take(self, column: str, reader: Reader[_T], otherwise: _T) -> _T:
        """The value of a field; `otherwise` stands in for it in a row that is refused."""
        return self._read(column, self.text(column), reader, otherwise)

    def of_case(self, column: str, field: str | None = None) -> str:
        """A field of the case, read as it is wherever else it may come from."""
        return self.take(column, CASE[field or column], "")

    def if_given(self, column: str, reader: Reader[_T]) -> _T | None:
        return self._read(column, self.text(column), reader, None) if self.is_given(column) else None

    def stages(self, today: date) -> tuple[StageDay, ...]:
        """The stages of a list, each once, the earliest first."""
        reader = readers.stage_reached(today)
        parts = (part for part in self.text("stages").split(";") if part.strip())
        read = {StageDay(*self._read("stages", part, reader, ("review", today))) for part in parts}
        return tuple(sorted(read, key=lambda reached: (reached.happened_on, reached.stage)))

    def _read(self, column: str, text: str, reader: Reader[_T], otherwise: _Else) -> _T | _Else:
        try:
            return reader(text)
        except Unfit as unfit:
            self.refuse(column, unfit.kind, unfit.instead)
            return otherwise


def read_row(values: Mapping[str, str], line: int, today: date) -> CaseRow | list[Refusal]:
    """What a row says, or all that is wrong with it.

    Args:
        values: the text of each of `COLUMNS`.
        line: where the row begins in the file.
        today: the day in London.
    """
    fields = _Fields(values, line)
    role = fields.take("participant_role", readers.one_of(ROLES), ROLES[0])
    row = CaseRow(
        line=line,
        reference=fields.of_case("case_reference", "reference"),
        service=fields.of_case("service"),
        unit=fields.of_case("unit"),
        district=fields.of_case("district"),
        level=fields.of_case("level"),
        area=fields.if_given("area", CASE["area"]),
        worker=Colleague(fields.of_case("worker_email"), fields.of_case("worker_name")),
        worker_mobile=fields.take("worker_mobile", readers.mobile, None),
        line_manager=Colleague(
            fields.of_case("line_manager_email", "manager_email"), fields.of_case("line_manager_name", "manager_name")
        ),
        stages=fields.stages(today),
        role=role,
        name=fields.take("name_to_use", NAME, ""),
        birth_date=fields.take("birth_date", readers.birth_date(today), None),
        age_band=fields.if_given("age_band", readers.one_of(AGE_BANDS)),
        mobile=fields.take("mobile", readers.mobile, None),
        language=fields.take("language", readers.language, ""),
        safe_contact=_safe_contact(fields),
        safe_contact_note=fields.take("safe_contact_note", readers.note, None),
        person_reference=fields.if_given("person_reference", PERSON_REFERENCE),
        easy_read=fields.if_given("easy_read", readers.yes_or_no),
        parental_responsibility=fields.if_given("parental_responsibility", readers.yes_or_no),
        preferred_channel=fields.if_given("preferred_channel", readers.one_of(IN_ORDER)),
    )
    _check_stages(fields, row)
    _check_manager(fields, row)
    _check_mobile(fields, row)
    _check_age(fields, row)
    return _in_order(fields.refusals) or row


def _in_order(refusals: Sequence[Refusal]) -> list[Refusal]:
    return sorted(refusals, key=lambda refusal: ALL_COLUMNS.index(refusal.column))


def _safe_contact(fields: _Fields) -> str:
    """Whether a text is safe. It must be said for every number; where there is no number, nothing is safe to text."""
    if fields.is_given("safe_contact"):
        return fields.take("safe_contact", readers.one_of(SAFE_CONTACTS), "none")
    if fields.is_given("mobile"):
        instead = "ask whether a text to this number is safe, and write text, discreet or none"
        fields.refuse("safe_contact", "blank", instead)
    return "none"


def _check_stages(fields: _Fields, row: CaseRow) -> None:
    if twice := said_twice(row.stages):
        instead = f"keep the {twice} that is right; another one needs the {ONCE_UNTIL[twice]} that lies between"
        fields.refuse("stages", f"{twice} twice in one involvement", instead)


def _check_mobile(fields: _Fields, row: CaseRow) -> None:
    if row.mobile and row.mobile == row.worker_mobile:
        fields.refuse("mobile", "the worker's own", "write the family's own number, or leave it empty")


def _check_manager(fields: _Fields, row: CaseRow) -> None:
    if row.worker.email and row.worker.email == row.line_manager.email:
        fields.refuse("line_manager_email", *SAME_AS_WORKER)


def _check_age(fields: _Fields, row: CaseRow) -> None:
    if not fields.is_fine("participant_role"):
        return
    if row.role == "parent_carer":
        for column in ("birth_date", "age_band"):
            if fields.is_given(column):
                fields.refuse(column, "not kept for a parent or carer", "leave it empty")
        return
    if not fields.is_given("birth_date") and not fields.is_given("age_band"):
        fields.refuse(*NO_AGE)
