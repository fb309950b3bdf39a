"""Mails that were kept: no mail server is set, or the service is being tried out."""

from __future__ import annotations

from flask import Blueprint, render_template

from console.access import Page, only
from console.wiring import service
from store.sending import mails

pages = Blueprint("mails", __name__, url_prefix="/mails")


@pages.get("")
@only("duty", "administrator")
def show_all() -> Page:
    """The kept mails, the newest first."""
    with service().database.reading() as session:
        lines = mails.kept(session)
    return render_template("console/mails.html", lines=lines)
