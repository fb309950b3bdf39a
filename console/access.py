"""Who may see a page. Every view declares it with exactly one of `@public`, `@signed_in` and `@only(...)`.

The decorator stands below the route's, and leaves the answer on the view as `view.access` for the tests that walk the app.
The session is Flask's signed cookie: who, since when, last seen when, and a fingerprint of the password's hash, so that
a new password ends the sessions that began with the old one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import wraps
from typing import ParamSpec

from flask import abort, g, redirect, request, session, url_for
from werkzeug.wrappers import Response

from bot import organisation
from bot.access import DEALS_WITH_ALERTS, Viewer
from bot.calendar import local_day
from bot.cover import rota
from console.wiring import service
from store.council import staff
from store.council.staff import Account

LONGEST = timedelta(hours=8)
IDLE = timedelta(hours=1)
_SEEN_EVERY = timedelta(minutes=1)

PUBLIC = "public"
SIGNED_IN = "signed in"

P = ParamSpec("P")
Page = str | Response | tuple[str | Response, int]
View = Callable[P, Page]


def public(view: View[P]) -> View[P]:
    """Anyone may see this page."""
    return _declare(view, PUBLIC)


def signed_in(view: View[P]) -> View[P]:
    """Everyone who has signed in may see this page."""
    return _declare(_guard(view, lambda _: True), SIGNED_IN)


def only(*roles: str) -> Callable[[View[P]], View[P]]:
    """Those who have signed in with one of these roles may see this page."""

    def decorate(view: View[P]) -> View[P]:
        return _declare(_guard(view, lambda role: role in roles), ", ".join(roles))

    return decorate


def _declare(view: View[P], access: str) -> View[P]:
    vars(view)["access"] = access
    return view


def _guard(view: View[P], may: Callable[[str], bool]) -> View[P]:
    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> Page:
        account = current_account()
        if account is None:
            return _to_sign_in()
        if not may(account.role):
            abort(403)
        return view(*args, **kwargs)

    return guarded


def _to_sign_in() -> Response:
    wanted = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("sign_in.show", next=None if wanted == "/" else wanted))


def begin_session(account: Account, now: datetime) -> None:
    """Sign someone in. What the session held before is gone, so a planted one is worth nothing."""
    session.clear()
    session.permanent = True
    session.update(staff=account.id, since=now.timestamp(), seen=now.timestamp(), fingerprint=_fingerprint(account))
    g.account = account


def end_session() -> None:
    """Sign out."""
    session.clear()
    g.account = None


def current_account() -> Account | None:
    """Who has signed in, looked up once a request; None without a session that is still good."""
    if "account" not in g:
        g.account = _find_account()
    account: Account | None = g.account
    return account


def current_viewer() -> Viewer:
    """Who is looking, on a page that only those who have signed in may see."""
    account = current_account()
    if account is None:
        abort(403)
    if "viewer" not in g:
        g.viewer = _viewer(account)
    viewer: Viewer = g.viewer
    return viewer


def _viewer(account: Account) -> Viewer:
    if account.role not in organisation.READERS:
        return Viewer(account.id, account.role)
    now = service().clock.now()
    with service().database.reading() as reading:
        managers = organisation.read_by(reading, account.id, local_day(now))
        districts = organisation.districts_read_by(reading, managers)
        on_duty = account.role in DEALS_WITH_ALERTS and rota.is_on(reading, account.id, now)
        return Viewer(account.id, account.role, managers, districts, on_duty)


def _find_account() -> Account | None:
    now = service().clock.now()
    if "staff" not in session or _is_over(now):
        return None
    with service().database.reading() as reading:
        account = staff.by_id(reading, int(session["staff"]))
    if account is None or not account.works_here(local_day(now)) or session.get("fingerprint") != _fingerprint(account):
        return None
    if now - _moment("seen") >= _SEEN_EVERY:
        session["seen"] = now.timestamp()
    return account


def _is_over(now: datetime) -> bool:
    return now - _moment("since") >= LONGEST or now - _moment("seen") >= IDLE


def _moment(name: str) -> datetime:
    return datetime.fromtimestamp(float(session.get(name, 0)), UTC)


def _fingerprint(account: Account) -> str:
    return hashlib.sha256((account.password_hash or "").encode()).hexdigest()[:16]


def local_path(wanted: str | None) -> str:
    """The page to go on to after signing in: a path of our own, or the first page.

    Browsers read a backslash as a slash and drop control characters, so an address with either is refused.
    """
    wanted = wanted or ""
    is_ours = wanted.startswith("/") and not wanted.startswith("//") and wanted.isprintable() and "\\" not in wanted
    return wanted if is_ours else "/"
