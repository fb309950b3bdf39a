"""Pages for what went wrong, in plain words, each with what to do next. Calling systems get a problem instead."""

from __future__ import annotations

from flask import Flask, Response, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, InternalServerError

from console.api import problems

WORDS = {
    400: ("That did not work", "The page sent something we could not read. Go back, reload the page and try again."),
    403: (
        "This page is not for your role",
        "You are signed in, but this page is for others. If you need it for your work, ask your administrator.",
    ),
    404: (
        "There is no such page",
        "The address may be mistyped, or what was here is not for your role. Nothing has been lost.",
    ),
    405: ("That address only takes a form", "Go back to the page you came from and use the button there."),
    413: ("That is too much at once", "Shorten what you have written and send it again."),
    500: (
        "Something went wrong on our side",
        "It has been written to the service's log. Try again in a minute; if it goes on, tell your administrator. "
        "If someone may be in danger, do not wait for this page: call the emergency services.",
    ),
}
STALE_FORM = (
    "That form had grown old",
    "You were signed out meanwhile, or the form was open in two windows. Go back, reload the page and send it again.",
)


def register(app: Flask) -> None:
    """Show these pages in place of Flask's."""
    app.register_error_handler(CSRFError, _stale_form)
    app.register_error_handler(HTTPException, _page)
    app.register_error_handler(InternalServerError, _fault)


def _page(error: HTTPException) -> tuple[str, int] | HTTPException | Response:
    if problems.is_ours(request.path):
        return problems.of_http(error)
    code = error.code or 500
    if code not in WORDS:
        return error
    title, advice = WORDS[code]
    return render_template("console/error.html", title=title, advice=advice), code


def _stale_form(_: CSRFError) -> tuple[str, int]:
    title, advice = STALE_FORM
    return render_template("console/error.html", title=title, advice=advice), 400


def _fault(error: InternalServerError) -> tuple[str, int] | Response:
    """The page asks nothing of the database, which may be what failed. Flask has logged the fault."""
    if problems.is_ours(request.path):
        return problems.of_http(error)
    title, advice = WORDS[500]
    return render_template("console/fault.html", title=title, advice=advice), 500
