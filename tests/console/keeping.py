"""What is kept, as the tests of pages look it up."""

from __future__ import annotations

from sqlalchemy import select

from bot.service import Service


def kept(service: Service, column: object) -> list[object]:
    with service.database.reading() as session:
        return list(session.scalars(select(column).order_by(column)))  # type: ignore[call-overload]
