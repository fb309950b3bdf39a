"""The first page: what this is, and for those who have signed in what was said last."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from bot import digests, partner_requests
from bot.clockwork import standing
from bot.jobs import JOBS
from bot.sending import switch
from bot.shown import answers
from console.access import Page, current_account, current_viewer, public
from console.wiring import began_at, service
from store.council import data_notes
from store.sending import unsent

SEE_TROUBLES = frozenset({"duty", "administrator"})
SEE_NOTES = frozenset({"manager", "administrator"})

pages = Blueprint("home", __name__)


@pages.get("/")
@public
def show() -> Page:
    """The page for everyone, or that of whoever has signed in."""
    return render_template("console/welcome.html") if current_account() is None else _own_page()


def _own_page() -> str:
    viewer, now = current_viewer(), service().clock.now()
    with service().database.reading() as session:
        before = request.args.get("before", type=int)
        latest = answers.latest(session, viewer, catalogue=service().catalogue, before=before)
        months = digests.listing(session, viewer)
        requests = partner_requests.latest(session, viewer, now)
        troubles = unsent.troubles(session, now) if viewer.role in SEE_TROUBLES else []
        looks_after = viewer.role in SEE_TROUBLES
        clock = standing.look(session, JOBS, now, watched_since=began_at()) if looks_after else None
        led_by = sorted(viewer.managers) if viewer.role == "manager" else [None]
        notes = [
            note
            for manager_id in led_by
            for note in (data_notes.standing(session, line_manager_id=manager_id) if viewer.role in SEE_NOTES else [])
        ]
        stopped_at = switch.stopped_at(session)
    return render_template(
        "console/home.html",
        latest=latest.answers,
        older=latest.older,
        before=before,
        months=months,
        requests=requests,
        troubles=troubles,
        clock=clock,
        notes=notes,
        stopped_at=stopped_at,
    )
