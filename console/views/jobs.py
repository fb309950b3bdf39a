"""What the clock does, when, and how it went."""

from __future__ import annotations

from flask import Blueprint, render_template

from bot.clockwork import standing
from bot.jobs import JOBS
from console.access import Page, only
from console.wiring import began_at, service

pages = Blueprint("jobs", __name__, url_prefix="/jobs")


@pages.get("")
@only("duty", "administrator")
def show_all() -> Page:
    """Every job of the table, those that failed or are late on top."""
    with service().database.reading() as session:
        clock = standing.look(session, JOBS, service().clock.now(), watched_since=began_at())
    return render_template("console/jobs.html", clock=clock)
