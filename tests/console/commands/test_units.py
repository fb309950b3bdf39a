"""`flask units`: a unit by hand, with where it is."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from bot.service import Service
from store.tables import AuditEntry, Unit

HARBOUR = ("add", "Harbour unit", "--service", "Early Help units", "--district", "Northwold", "--area", "East")


def units(app: Flask, *arguments: str) -> str:
    return app.test_cli_runner().invoke(args=["units", *arguments]).output


def test_a_unit_is_kept_once_with_its_service_district_and_area(app: Flask, service: Service):
    assert units(app, *HARBOUR) == "Harbour unit in Northwold is kept.\n"
    assert units(app, *HARBOUR) == "Harbour unit in Northwold was there already.\n"
    units(app, "add", "Hill unit", "--service", "Youth Justice", "--district", "Southwold")
    assert units(app, "list").splitlines() in (
        ["Southwold", "  Youth Justice: Hill unit", "Northwold, East", "  Early Help units: Harbour unit"],
        ["Northwold, East", "  Early Help units: Harbour unit", "Southwold", "  Youth Justice: Hill unit"],
    )
    with service.database.reading() as session:
        assert list(session.scalars(select(AuditEntry.what))) == ["a unit was kept"] * 2


def test_another_area_moves_the_district_and_none_leaves_it(app: Flask):
    units(app, *HARBOUR)
    assert "was there already" in units(app, *HARBOUR[:-2])
    assert "is kept" in units(app, *HARBOUR[:-1], "West")
    assert "Northwold, West" in units(app, "list")


def test_the_same_name_in_another_district_is_another_unit(app: Flask, service: Service):
    units(app, *HARBOUR)
    assert "is kept" in units(app, *HARBOUR[:5], "Southwold")
    with service.database.reading() as session:
        assert list(session.scalars(select(Unit.district).order_by(Unit.district))) == ["Northwold", "Southwold"]


@pytest.mark.parametrize("field", ["unit", "district", "service"])
def test_what_cannot_be_kept_says_what_to_write_and_keeps_nothing(app: Flask, service: Service, field: str):
    places = {"unit": 1, "service": 3, "district": 5}
    arguments = [*HARBOUR]
    arguments[places[field]] = " "
    told = app.test_cli_runner().invoke(args=["units", *arguments])
    assert told.exit_code == 1
    assert f"{field}: blank - write the name of the {field}" in told.output
    with service.database.reading() as session:
        assert session.scalar(select(Unit.id)) is None
    assert "flask units add" in units(app, "list")
