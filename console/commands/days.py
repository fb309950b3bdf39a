"""How a day is written on the command line."""

from __future__ import annotations

from datetime import datetime

import click


class Day(click.DateTime):
    """A day, such as 2026-11-30."""

    def __init__(self) -> None:
        super().__init__(["%Y-%m-%d"])

    def convert(self, value: str | datetime, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """Read it, or say how to write it."""
        try:
            day: datetime = super().convert(value, param, ctx)
        except click.BadParameter:
            self.fail("write it like 2026-11-30", param, ctx)
        return day
