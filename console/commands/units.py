"""`flask units`: the units that cases and staff belong to. A case list and the API add theirs by themselves."""

from __future__ import annotations

from itertools import groupby

import click

from bot import staffing
from console.commands.doing import do
from console.commands.plain import PlainGroup
from console.wiring import service
from store.council import organisation
from store.migrate import migrate

units = PlainGroup("units", help="Units, with their service, district and area.")


@units.command("add")
@click.argument("name")
@click.option("--service", "of_service", required=True, help="The service that it belongs to, as the case list has it.")
@click.option("--district", required=True, help="The district that it works in.")
@click.option("--area", help="The area that the district lies in; what is known of it stays where this is left out.")
def add(name: str, of_service: str, district: str, area: str | None) -> None:
    """Add a unit, so that cases and staff can be put there."""
    has_changed = do(
        lambda session, now: staffing.add_unit(session, name, service=of_service, district=district, area=area, now=now)
    )
    where = f"{name.strip()} in {district.strip()}"
    print(f"{where} is kept." if has_changed else f"{where} was there already.")


@units.command("list")
def list_all() -> None:
    """List all units by area, district and service."""
    migrate(service().database)
    with service().database.reading() as session:
        known = organisation.units(session)
    for (area, district), there in groupby(known, key=lambda unit: (unit.area, unit.district)):
        print(f"{district}, {area}" if area else district)
        for unit in there:
            print(f"  {unit.service}: {unit.name}")
    if not known:
        print("There are none yet: use 'flask units add NAME --service SERVICE --district DISTRICT'.")
