"""Puts the console into a Flask app: its pages, their protection and what every page has in common."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, Flask, Response, request
from flask_bootstrap import Bootstrap5
from flask_wtf import CSRFProtect

from bot.cover import gaps
from bot.shown import alert_views
from bot.shown.alert_views import AlertLine
from console import access, clock_words, errors, words
from console.accounts import Passwords
from console.api import routes as api
from console.views import alerts as alert_pages
from console.views import (
    campaigns,
    cases,
    cover,
    coverage,
    digests,
    health,
    holding,
    home,
    jobs,
    mail_stops,
    mails,
    partners,
    people,
    privacy,
    sign_in,
    tags,
)
from console.wiring import BEGAN, PASSWORDS, service

LARGEST_REQUEST = 256 * 1024
SUBJECTS = (
    home,
    sign_in,
    alert_pages,
    digests,
    tags,
    cases,
    people,
    coverage,
    holding,
    cover,
    campaigns,
    partners,
    mails,
    mail_stops,
    privacy,
    health,
    jobs,
    api,
)
SEE_COVER = frozenset({"duty", "administrator"})
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
        council = service().council
        app.extensions[BEGAN] = service().clock.now()
    is_secure = council.base_url.startswith("https:")
    _configure(app, is_secure=is_secure)
    app.register_blueprint(shared)
    for subject in SUBJECTS:
        app.register_blueprint(subject.pages)
    words.register(app, council.names.roles)
    clock_words.register(app)
    errors.register(app)
    app.after_request(_protect)
    app.context_processor(_shared_by_pages)
    Bootstrap5(app)
    csrf = CSRFProtect(app)
    csrf.exempt(mail_stops.pages)
    csrf.exempt(api.pages)
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
    return {
        "account": access.current_account,
        "standing_alerts": _standing_alerts,
        "cover_told": _cover_told,
        "heard": service,
    }


def _standing_alerts() -> list[AlertLine]:
    if access.current_account() is None:
        return []
    with service().database.reading() as session:
        return alert_views.standing(session, access.current_viewer())


def _cover_told() -> list[str]:
    """Where the rota has gaps, for those who keep it."""
    account = access.current_account()
    if account is None or account.role not in SEE_COVER:
        return []
    with service().database.reading() as session:
        return gaps.told(session, service().clock.now())
