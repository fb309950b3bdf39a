"""Puts the console into a Flask app: its pages, their protection and what every page has in common."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, Flask, Response, request
from flask_bootstrap import Bootstrap5
from flask_wtf import CSRFProtect

from bot.shown import alert_views
from bot.shown.alert_views import AlertLine
from console import access, errors, words
from console.accounts import Passwords
from console.views import alerts as alert_pages
from console.views import cases, coverage, digests, health, home, mail_stops, mails, people, privacy, sign_in
from console.wiring import PASSWORDS, service

LARGEST_REQUEST = 256 * 1024
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; "
        "frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}

shared = Blueprint(
    "console", __name__, template_folder="templates", static_folder="static", static_url_path="/console/static"
)


def register(app: Flask, passwords: Passwords | None = None) -> CSRFProtect:
    """Add the console's pages to the app, which must hold the service already.

    Args:
        passwords: how passwords are hashed; left out, at argon2's recommended cost.

    Returns:
        what guards every POST, so that pages with another proof of their sender can be exempted.
    """
    app.extensions[PASSWORDS] = passwords or Passwords()
    with app.app_context():
        is_secure = service().council.base_url.startswith("https:")
    _configure(app, is_secure=is_secure)
    app.register_blueprint(shared)
    for subject in (home, sign_in, alert_pages, digests, coverage, cases, people, mails, mail_stops, privacy, health):
        app.register_blueprint(subject.pages)
    words.register(app)
    errors.register(app)
    app.after_request(_protect)
    app.context_processor(_shared_by_pages)
    Bootstrap5(app)
    csrf = CSRFProtect(app)
    csrf.exempt(mail_stops.pages)
    return csrf


def _configure(app: Flask, *, is_secure: bool) -> None:
    app.static_url_path = "/static"  # Bootstrap-Flask hangs its files below it, though the app has none of its own
    app.config.update(
        BOOTSTRAP_SERVE_LOCAL=True,
        MAX_CONTENT_LENGTH=LARGEST_REQUEST,
        PERMANENT_SESSION_LIFETIME=access.LONGEST,
        SEND_FILE_MAX_AGE_DEFAULT=timedelta(hours=1),
        SESSION_COOKIE_NAME="__Host-heard" if is_secure else "heard",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=is_secure,
        SESSION_REFRESH_EACH_REQUEST=False,
        WTF_CSRF_SSL_STRICT=False,  # it asks for a Referer, which our Referrer-Policy keeps back; the token remains
        WTF_CSRF_TIME_LIMIT=None,  # as long as the session, so that a note written slowly is not lost
    )


def _protect(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if not (request.endpoint or "").endswith("static"):
        response.headers.setdefault("Cache-Control", "no-store")
    return response


def _shared_by_pages() -> dict[str, object]:
    """What the layout may call. Functions, so that a page that fails with the database down can leave them alone."""
    return {"account": access.current_account, "standing_alerts": _standing_alerts, "heard": service}


def _standing_alerts() -> list[AlertLine]:
    if access.current_account() is None:
        return []
    with service().database.reading() as session:
        return alert_views.standing(session, access.current_viewer())
