"""Where whoever is invited by mail ends such mails.

The pages are for anyone who holds such a link, which is signed and names no address. Opening it changes nothing, for
programs that look mails through follow every link; the mail program's own button posts what the page's button posts
(RFC 8058). Neither can carry a CSRF token, so these pages are exempt from it: the signed link is the proof.
"""

from __future__ import annotations

from flask import Blueprint, render_template

from console.access import Page, public
from console.wiring import mail_stops

pages = Blueprint("mail_stops", __name__, url_prefix="/mail/stop")


@pages.get("/<signed>")
@public
def show(signed: str) -> Page:
    """The page with the button, or that the reader has said stop already."""
    stands = mail_stops().stands(signed)
    if stands is None:
        return _page(signed, "unknown"), 404
    return _page(signed, "stopped" if stands else "asked")


@pages.post("/<signed>")
@public
def stop(signed: str) -> Page:
    """Send no more."""
    return _page(signed, "stopped") if mail_stops().stop(signed) else (_page(signed, "unknown"), 400)


@pages.post("/<signed>/back")
@public
def take_back(signed: str) -> Page:
    """Send them again."""
    return _page(signed, "taken_back") if mail_stops().take_back(signed) else (_page(signed, "unknown"), 400)


def _page(signed: str, state: str) -> str:
    return render_template("console/mail_stop.html", signed=signed, state=state)
