"""The pages of the simulated phones: a list, a phone to write on, and what the service makes of it.

Whole without JavaScript; a small script fetches the same parts again every two seconds. May not keep anything or know who
is who: `app.py` passes functions that do. Addresses stay out of URLs, which end up in histories and logs.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from channels.access import open_to
from channels.base import Received
from channels.handset.shown import Phone, PhoneList, Watched

_HOME = ZoneInfo("Europe/London")
_LONGEST = 1600  # characters: what Twilio joins at most, so no real phone sends more
_POLICY = "default-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"


def handset_pages(
    receive: Callable[[Received], object],
    phones: Callable[[str], PhoneList],
    find: Callable[[str], Phone | None],
    watch: Callable[[str], Watched | None],
    *,
    service: str = "Early Help",
) -> Blueprint:
    """Return the blueprint with everything under /handset/.

    Args:
        receive: takes what was written on a phone, as the SMS webhook's does.
        phones: lists the phones, in the order in which they shall stand; with words, those that they fit.
        find: takes a phone's id and returns it, listed or not.
        watch: takes an address and returns what there is to see, or None where nothing was said yet.
        service: the name that texts come from, as the phone shows it.
    """
    room = _Room(phones, find, watch, service)
    pages = Blueprint("handset", __name__, url_prefix="/handset", template_folder="templates", static_folder="static")

    @pages.get("/")
    @open_to("public")
    def index() -> str:
        return render_template("handset/index.html", **room.shown(next(iter(phones(_search()).phones), None)))

    @pages.get("/<phone_id>")
    @open_to("public")
    def phone(phone_id: str) -> str:
        return render_template("handset/index.html", **room.shown(room.one(phone_id)))

    @pages.get("/<phone_id>/latest")
    @open_to("public")
    def latest(phone_id: str) -> str:
        return render_template("handset/latest.html", **room.shown(room.one(phone_id)))

    @pages.post("/<phone_id>/reply")
    @open_to("public")
    def reply(phone_id: str) -> AnyResponse:
        text = request.form.get("text", "").replace("\r\n", "\n")  # browsers add the carriage returns, phones do not
        if len(text) > _LONGEST:
            abort(413)
        writer = room.one(phone_id)
        if text:
            receive(Received("sms", f"HS{uuid4().hex}", writer.address, text))
        return redirect(url_for("handset.phone", phone_id=phone_id, _anchor="reply"), code=303)

    pages.after_request(_guard)
    return pages


@dataclass(frozen=True)
class _Room:
    """Where the phones lie: what the views share."""

    phones: Callable[[str], PhoneList]
    find: Callable[[str], Phone | None]
    watch: Callable[[str], Watched | None]
    service: str

    def one(self, phone_id: str) -> Phone:
        return self.find(phone_id) or abort(404)

    def shown(self, phone: Phone | None) -> dict[str, object]:
        """What the templates need to show `phone` open among the others."""
        watched = (self.watch(phone.address) or Watched(phone)) if phone else None
        search = _search()
        listed = self.phones(search)
        others = [each for each in listed.phones if phone is None or each.id != phone.id]
        is_listed = len(others) < len(listed.phones)
        context: dict[str, object] = {"phones": listed.phones if is_listed or phone is None else (phone, *others)}
        context |= {"how_many": listed.how_many, "more": listed.how_many - len(listed.phones), "search": search}
        context |= {"open": phone, "watched": watched, "longest": _LONGEST, "service": self.service}
        return {**context, "clock": _clock, "day": _day}


def _search() -> str:
    return request.args.get("search", "").strip()


def _guard(response: Response) -> Response:
    """Keep foreign scripts off and copies out of caches, unless the app has already said more."""
    response.headers.setdefault("Content-Security-Policy", _POLICY)
    response.headers.setdefault("Cache-Control", "no-store")
    return response


def _clock(at: datetime) -> str:
    return at.astimezone(_HOME).strftime("%H:%M")


def _day(at: datetime) -> str:
    local = at.astimezone(_HOME)
    return f"{local:%A} {local.day} {local:%B}"
