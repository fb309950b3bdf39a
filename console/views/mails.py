"""Mails that were kept because no mail server is set."""

from __future__ import annotations

from flask import Blueprint, render_template

from console.access import Page, only
from console.wiring import service
from store import mails

pages = Blueprint("mails", __name__, url_prefix="/mails")


@pages.get("")
@only("duty", "administrator")
def show_all() -> Page:
    """The kept mails, the newest first."""
    with service().database.reading() as session:
        lines = mails.kept(session)
    return render_template("console/mails.html", lines=lines)
