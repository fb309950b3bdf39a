"""The form above coverage and its gaps: shown by what, narrowed down how. It is sent by GET, so that an address keeps it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import get_args

from flask import request
from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectField
from wtforms.fields.choices import SelectChoice

from bot.calendar import month_after, month_before
from bot.shown.coverage_view import Choices
from store.shown.coverage import By, Wanted
from surveys.stages import AGE_BANDS, AUDIENCE_LABELS, FAMILIES, STAGE_LABELS, STAGES

MONTHS_TO_CHOOSE = 36
MONTHS_AT_FIRST = 12
BY_LABELS: Mapping[By, str] = {
    "area": "Area",
    "district": "District",
    "service": "Service",
    "unit": "Unit",
    "worker": "Worker",
    "stage": "Stage",
    "audience": "Who was asked",
    "age_band": "Age",
    "month": "Month",
}
_NARROWER: Mapping[By, tuple[str, By]] = {
    "area": ("area", "district"),
    "district": ("district", "unit"),
    "service": ("service", "unit"),
    "unit": ("unit", "worker"),
    "worker": ("worker", "stage"),
    "stage": ("stage", "month"),
    "audience": ("audience", "stage"),
}
"""For each way of showing, what a group narrows down to: the field that it fills, and what is shown by then."""

_STAGES = [(stage, STAGE_LABELS[stage]) for stage in STAGES]
_BANDS = [(band, band.replace("_", " ").replace("-", " to ")) for band in AGE_BANDS]


def _choices(named: Iterable[tuple[str, str]], unless: str | None = None) -> list[SelectChoice]:
    """What a list offers; `unless` is what it says as long as nothing is chosen."""
    return [*([SelectChoice("", unless)] if unless else []), *(SelectChoice(value, words) for value, words in named)]


class CoverageForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF carries no types
    """What to show, and of what."""

    class Meta:
        """Nothing is changed by it, so there is nothing to protect."""

        csrf = False

    by = SelectField("Show by", choices=_choices(BY_LABELS.items()), default="stage")
    since = SelectField("From", default="")
    until = SelectField("Up to", default="")
    stage = SelectField(
        "Stage", choices=_choices(((stage, STAGE_LABELS[stage]) for stage in STAGES), "Every stage"), default=""
    )
    audience = SelectField(
        "Who", choices=_choices(((who, AUDIENCE_LABELS[who]) for who in FAMILIES), "Everyone"), default=""
    )
    age_band = SelectField("Age", choices=_choices(_BANDS, "Any age"), default="")
    area = SelectField("Area", default="")
    district = SelectField("District", default="")
    service = SelectField("Service", default="")
    unit = SelectField("Unit", default="")
    worker = HiddenField()


def read_form(today: date, choices: Choices, role: str) -> CoverageForm:
    """The form as its address fills it in."""
    form = CoverageForm(formdata=request.args)
    months = _months(today)
    labels = [(f"{month:%Y-%m}", f"{month:%B %Y}") for month in months]
    form.since.choices = _choices(labels)
    form.until.choices = _choices(labels, "Today and ahead")
    form.area.choices = _choices(((name, name) for name in choices.areas), "Every area")
    form.district.choices = _choices(((name, name) for name in choices.districts), "Every district")
    form.service.choices = _choices(((name, name) for name in choices.services), "Every service")
    form.unit.choices = _choices(((str(key), label) for key, label in choices.units.items()), "Every unit")
    if not form.since.data:
        form.since.data = f"{months[MONTHS_AT_FIRST - 1]:%Y-%m}"
    if "by" not in request.args:
        form.by.data = {"administrator": "district", "manager": "worker"}.get(role, "stage")
    return form


def _months(today: date) -> list[date]:
    months = [today.replace(day=1)]
    while len(months) < MONTHS_TO_CHOOSE:
        months.append(month_before(months[-1]))
    return months


def by_of(form: CoverageForm) -> By:
    """What it is shown by."""
    return next(by for by in get_args(By) if by == form.by.data)


def wanted_of(form: CoverageForm) -> Wanted:
    """What the form asks for; the form must be valid."""
    return Wanted(
        since=_month(form.since.data),
        until=month_after(_month(form.until.data)) if form.until.data else None,
        worker_id=worker_id(form.worker.data or ""),
        unit_id=int(form.unit.data) if form.unit.data else None,
        **{name: form[name].data or None for name in ("service", "district", "area", "stage", "audience", "age_band")},
    )


def worker_id(written: str) -> int | None:
    """The worker to whom a link in the table has narrowed it down."""
    return int(written) if written.isascii() and written.isdigit() and len(written) < 10 else None


def _month(written: str) -> date:
    return date.fromisoformat(f"{written}-01")


def given(form: CoverageForm) -> dict[str, str]:
    """What is filled in, as an address holds it."""
    return {field.name: field.data for field in form if field.data and field.type != "CSRFTokenField"}


def narrowed(form: CoverageForm, key: object) -> dict[str, str] | None:
    """The address's arguments for one group of the table; None where there is nothing narrower."""
    step = _NARROWER.get(by_of(form))
    if step is None or key is None:
        return None
    name, by = step
    return {**given(form), name: str(key), "by": by}


def of_group(form: CoverageForm, key: object) -> dict[str, str] | None:
    """The arguments for the gaps of one group of the table; None where they cannot be told apart by an address."""
    by = by_of(form)
    if by == "month" and isinstance(key, date):
        return {**given(form), "since": f"{key:%Y-%m}", "until": f"{key:%Y-%m}"}
    if key is None or (by == "age_band" and key not in AGE_BANDS):
        return None
    return {**given(form), by: str(key)} if by != "month" else None
