"""What a first text points people to: who reads their answers, and where to turn."""

from __future__ import annotations

from flask import Blueprint, current_app, render_template

from console.access import Page, public

pages = Blueprint("privacy", __name__)


@pages.get("/privacy")
@public
def show() -> Page:
    """The page, in plain words, with the web chat's way out."""
    return render_template("console/privacy.html", exit_url=current_app.config["EXIT_URL"])
