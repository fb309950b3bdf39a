"""One browser's visit to one chat: a signed cookie that says since when, so that nobody else is shown earlier words.

The cookie holds a digest of the link's token and two times, and nothing about anybody. It ends with the browser's session.
A link that is found on a shared computer, or opened on another device, shows what was said before to nobody.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug.wrappers import Request, Response

from channels.webchat.shown import Scene

NAME = "chat"
PATH = "/chat"


@dataclass(frozen=True)
class Visit:
    """A visit as the cookie has it.

    Attributes:
        chat: a digest of the link's token.
        seen: when the page was last shown or written on.
        since: what was said before it stays hidden; None until somebody has pressed the button that shows anything.
        overtaken: the last thing sent came from a page that was no longer the latest; said once.
        came_back: the browser sent it, so it keeps cookies.
    """

    chat: str
    seen: datetime
    since: datetime | None = None
    overtaken: bool = False
    came_back: bool = False


class Visits:
    """Reads visits from requests and puts them onto responses."""

    def __init__(self, secret: str, now: Callable[[], datetime], idle: timedelta, *, is_secure: bool) -> None:
        """Prepare.

        Args:
            secret: signs the cookie.
            now: what time it is, aware; the clock that bubbles are stamped with.
            idle: after so long without a touch, what was said is hidden.
            is_secure: whether the pages are served by HTTPS.
        """
        self._signer = URLSafeSerializer(secret, salt="webchat-visit")
        self._now, self._idle, self._is_secure = now, idle, is_secure

    def read(self, request: Request, token: str) -> Visit:
        """The visit to that chat, touched now; with `since` None where it is new, another's or was left alone too long."""
        now = self._now().replace(microsecond=0)
        fresh = Visit(_digest(token), seen=now, came_back=NAME in request.cookies)
        kept = self._load(request.cookies.get(NAME, ""))
        if kept is None or kept.chat != fresh.chat or now - kept.seen >= self._idle:
            return fresh
        return replace(kept, seen=now, came_back=True)

    def write(self, response: Response, visit: Visit) -> None:
        """Put the visit onto the response."""
        since = visit.since and visit.since.timestamp()
        value = self._signer.dumps([visit.chat, visit.seen.timestamp(), since, visit.overtaken])
        assert isinstance(value, str)  # noqa: S101 - what the signer's type leaves open
        response.set_cookie(NAME, value, path=PATH, secure=self._is_secure, httponly=True, samesite="Lax")

    def forget(self, response: Response) -> None:
        """Take the visit out of the browser."""
        response.delete_cookie(NAME, path=PATH, secure=self._is_secure, httponly=True, samesite="Lax")

    def _load(self, cookie: str) -> Visit | None:
        try:
            chat, seen, since, overtaken = self._signer.loads(cookie)
        except (BadSignature, ValueError):
            return None
        return Visit(chat, _moment(seen), _moment(since) if since else None, overtaken)


def started(visit: Visit) -> Visit:
    """The visit once somebody has pressed a button of the chat: from now on, what is said is shown."""
    return visit if visit.since else replace(visit, since=visit.seen)


def arrived(visit: Visit, scene: Scene) -> Visit:
    """The visit, begun where a door has just led in a browser that keeps no cookies: nobody's words are there to hide."""
    if visit.came_back or visit.since or scene.door is None or any(said.mine for said in scene.bubbles):
        return visit
    return replace(visit, since=min((said.at for said in scene.bubbles), default=visit.seen))


def _moment(stamp: float) -> datetime:
    return datetime.fromtimestamp(stamp, UTC)


def _digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()[:16]
