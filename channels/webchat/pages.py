"""The web chat's addresses: `/chat/<token>` for one chat, `/s/<code>` for the door of an open survey, `/t/<token>` for one
that a ticket opens once.

Whole without JavaScript; a small script sends turns without reloading. May not keep anything or know who is who: `app.py`
passes the service in. The token in the address is all that proves who writes, so it stands in no log and no Referer, and
these forms need no other token against forgery.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.exceptions import InternalServerError, RequestEntityTooLarge

from channels.access import open_to
from channels.webchat.limiting import Limit
from channels.webchat.reading import Trouble, read
from channels.webchat.showing import Showing
from channels.webchat.shown import Chats, Scene
from channels.webchat.visits import Visit, Visits, arrived, started


def webchat_pages(
    chats: Chats,
    *,
    exit_url: str,
    idle_minutes: int,
    secret: str,
    now: Callable[[], datetime],
    service: str,
    is_secure: bool,
    help_lines: tuple[str, ...] = (),
    privacy: str = "/privacy",
    enters_an_hour: int = 300,
    guesses_an_hour: int = 60,
) -> Blueprint:
    """Return the blueprint with everything under /chat/, /s/ and /t/.

    Args:
        chats: the service.
        exit_url: where the way out leads, whole; it must answer itself, not redirect to another host.
        idle_minutes: what was said is hidden after so many minutes without a touch.
        secret: signs the cookie of a visit.
        now: what time it is, aware; the clock that bubbles are stamped with.
        service, help_lines: shown where there is no chat to say them.
        is_secure: whether the pages are served by HTTPS.
        privacy: the page that says what happens with what people say.
        enters_an_hour: how often one address may go in through open doors.
        guesses_an_hour: how often one address may try links that lead nowhere.
    """
    visits = Visits(secret, now, timedelta(minutes=idle_minutes), is_secure=is_secure)
    showing = Showing(service, help_lines, exit_url, idle_minutes, privacy)
    room = _Room(chats, visits, showing, Limit(guesses_an_hour))
    pages = Blueprint(
        "webchat", __name__, template_folder="templates", static_folder="static", static_url_path="/chat/static"
    )
    _add_chat(pages, room)
    _add_turns(pages, room)
    _add_door(pages, room, Limit(enters_an_hour))
    _add_tickets(pages, room)
    _add_rest(pages, showing)
    return pages


@dataclass(frozen=True)
class _Room:
    """What the views share."""

    chats: Chats
    visits: Visits
    showing: Showing
    guesses: Limit

    def gone(self) -> Response:
        """The answer to a link that leads nowhere. Links that lead somewhere always do, whoever else guesses from there."""
        if self.guesses.take(request.remote_addr):
            return self.showing.gone()
        return self.showing.too_many(self.guesses.seconds_left(request.remote_addr))

    def page(self, token: str, scene: Scene | None, visit: Visit, trouble: Trouble | None = None) -> Response:
        if scene is None or scene.standing == "closed":
            return self.gone() if scene is None else self.showing.gone()
        visit = arrived(visit, scene)
        response = self.showing.chat(token, scene, visit, trouble)
        self.visits.write(response, replace(visit, overtaken=False))
        return response

    def moved_on(self, token: str, visit: Visit) -> Response:
        """The answer to what was sent: off to the page, or the page itself where the browser keeps no cookies."""
        if not visit.came_back:
            return self.page(token, self.chats.look(token), visit)
        return self.off_to(token, visit)

    def let_in(self, token: str, began: datetime) -> Response:
        """Off to a chat that a door has led to; all that is said there since `began` is shown."""
        return self.off_to(token, replace(self.visits.read(request, token), since=began))

    def off_to(self, token: str, visit: Visit) -> Response:
        response = _see_other(url_for("webchat.show", token=token))
        self.visits.write(response, visit)
        return response


def _add_chat(pages: Blueprint, room: _Room) -> None:
    @pages.get("/chat/<token>")
    @open_to("public")
    def show(token: str) -> Response:
        return room.page(token, room.chats.look(token), room.visits.read(request, token))

    @pages.post("/chat/<token>/leave")
    @open_to("public")
    def leave(token: str) -> Response:
        del token  # it stands in the address so that the form need not know another; nothing is looked up
        is_gone_already = "quietly" in request.form  # the script leads away itself, and has this sent behind it
        response = Response(status=204) if is_gone_already else _see_other(room.showing.exit_url)
        room.visits.forget(response)
        response.headers["Clear-Site-Data"] = '"cache", "storage"'
        return response


def _add_turns(pages: Blueprint, room: _Room) -> None:
    @pages.post("/chat/<token>/begin")
    @open_to("public")
    def begin(token: str) -> Response:
        visit = started(room.visits.read(request, token))
        if room.chats.look(token) is None:
            return room.gone()
        room.chats.begin(token)
        return room.moved_on(token, visit)

    @pages.post("/chat/<token>")
    @open_to("public")
    def answer(token: str) -> Response:
        visit = started(room.visits.read(request, token))
        scene = room.chats.look(token)
        if scene is None:
            return room.gone()
        turn = read(request.form)
        is_overtaken = request.form.get("turn", "") != scene.turn
        if isinstance(turn, Trouble):
            return room.moved_on(token, visit) if is_overtaken else room.page(token, scene, visit, turn)
        room.chats.say(token, turn)
        return room.moved_on(token, replace(visit, overtaken=is_overtaken))


def _add_door(pages: Blueprint, room: _Room, enters: Limit) -> None:
    @pages.get("/s/<code>")
    @open_to("public")
    def door(code: str) -> Response:
        found = room.chats.door(code)
        return room.showing.door(found, url_for("webchat.enter", code=code)) if found else room.gone()

    @pages.post("/s/<code>")
    @open_to("public")
    def enter(code: str) -> Response:
        if room.chats.door(code) is None:
            return room.gone()
        if not enters.take(request.remote_addr):
            return room.showing.too_many(enters.seconds_left(request.remote_addr))
        began = room.visits.read(request, "").seen
        token = room.chats.enter(code)
        if token is None:
            return _see_other(url_for("webchat.door", code=code))
        return room.let_in(token, began)


def _add_tickets(pages: Blueprint, room: _Room) -> None:
    """Whoever holds a ticket is not counted: a whole office may come from one address on one morning, each once."""

    @pages.get("/t/<token>")
    @open_to("public")
    def ticket(token: str) -> Response:
        found = room.chats.ticket(token)
        return room.showing.door(found, url_for("webchat.hand_in", token=token)) if found else room.gone()

    @pages.post("/t/<token>")
    @open_to("public")
    def hand_in(token: str) -> Response:
        if room.chats.ticket(token) is None:
            return room.gone()
        began = room.visits.read(request, "").seen
        chat = room.chats.hand_in(token)
        return _see_other(url_for("webchat.ticket", token=token)) if chat is None else room.let_in(chat, began)


def _add_rest(pages: Blueprint, showing: Showing) -> None:
    headers = showing.headers()

    @pages.get("/chat/hides.css")
    @open_to("public")
    def hides() -> Response:
        return showing.hiding_style()

    @pages.after_request
    def guard(response: Response) -> Response:
        response.headers.update(headers)
        if request.endpoint != "webchat.static":
            response.headers["Cache-Control"] = "no-store"
        return response

    @pages.errorhandler(RequestEntityTooLarge)
    def too_big(_: RequestEntityTooLarge) -> Response:
        return showing.fault("too_big", 413)

    @pages.errorhandler(InternalServerError)
    def fault(_: InternalServerError) -> Response:
        return showing.fault("fault", 500)


def _see_other(address: str) -> Response:
    response = redirect(address, code=303, Response=Response)
    assert isinstance(response, Response)  # noqa: S101 - it makes what it is told to
    return response
