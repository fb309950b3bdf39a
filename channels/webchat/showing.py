"""What the web chat's pages look like for one scene, one door or one trouble; and what every answer of theirs carries.

May not ask the service anything: it is handed what there is to show.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import Response, make_response, render_template

from channels.webchat.numbers import tappable
from channels.webchat.reading import LONGEST, Trouble
from channels.webchat.shown import Door, Scene
from channels.webchat.visits import Visit
from channels.webchat.words import in_english, speaker

KIOSK_SECONDS = 120
"""A finished chat of an open door goes back to the door after so long without a touch; half of it is the warning."""

_HIDES = """\
.talk { animation: hides 1s %ds forwards; }
@keyframes hides { to { visibility: hidden; } }
"""


@dataclass(frozen=True)
class Showing:
    """What the pages have in common.

    Attributes:
        service: the council's name for the service, where no scene says it.
        help_lines: whom to call or text, where no scene says it.
        exit_url: where the way out leads.
        idle_minutes: how long words stay in sight that nobody touches.
        privacy: the page that says what happens with what people say.
    """

    service: str
    help_lines: tuple[str, ...]
    exit_url: str
    idle_minutes: int
    privacy: str

    def chat(self, token: str, scene: Scene, visit: Visit, trouble: Trouble | None = None) -> Response:
        """The page of a chat. Words from before the visit are left out; without a visit nothing said is shown at all."""
        since = visit.since
        bubbles = [bubble for bubble in scene.bubbles if since and bubble.at >= since]
        page = "cover" if scene.standing == "cover" else "chat" if since else "covered"
        return self._page(
            page,
            200 if trouble is None else 422,
            scene,
            scene=scene,
            token=token,
            bubbles=bubbles,
            hidden=len(bubbles) < len(scene.bubbles),
            overtaken=visit.overtaken,
            may_be_another=scene.door is not None and visit.came_back,
            trouble=trouble,
            longest=LONGEST,
            idle=self._idle_seconds(scene),
        )

    def door(self, door: Door, action: str) -> Response:
        """The page of an open survey, before anybody has gone in; `action`: where its button leads."""
        is_over = door.is_spent or not door.is_open
        return self._page("door", 410 if is_over else 200, door, door=door, action=action)

    def gone(self) -> Response:
        """The page for every link that leads nowhere: it tells nobody whether there ever was such a link."""
        return self._page("notice", 404, name="gone")

    def too_many(self, seconds: int) -> Response:
        """The page for an address from which too many have come; `seconds` until it may try again."""
        page = self._page("notice", 429, name="too_many", minutes=max(2, -(-seconds // 60)))
        page.headers["Retry-After"] = str(seconds)
        return page

    def fault(self, name: str, status: int) -> Response:
        """The page for a fault: `fault` or `too_big`."""
        return self._page("notice", status, name=name)

    def hiding_style(self) -> Response:
        """For browsers without scripts: a style that hides what was said when its time is over, and nothing else."""
        return Response(_HIDES % (self.idle_minutes * 60), mimetype="text/css")

    def headers(self) -> dict[str, str]:
        """What every answer carries. The way out's form is answered with a redirect, which the policy must allow."""
        way_out = urlsplit(self.exit_url)
        policy = (
            "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
            f"form-action 'self' {way_out.scheme}://{way_out.netloc}; base-uri 'none'; frame-ancestors 'none'"
        )
        return {
            "Content-Security-Policy": policy,
            "Referrer-Policy": "no-referrer",
            "X-Content-Type-Options": "nosniff",
            "X-Robots-Tag": "noindex, nofollow",
        }

    def _idle_seconds(self, scene: Scene) -> int:
        return KIOSK_SECONDS if scene.door and scene.standing == "finished" else self.idle_minutes * 60

    def _page(self, page: str, status: int, about: Scene | Door | None = None, **shown: object) -> Response:
        language = about.language if about else "en"
        lines = (about and about.help_lines) or self.help_lines
        return make_response(
            render_template(
                f"webchat/{page}.html",
                say=speaker(language),
                language=language,
                direction=about.direction if about else "ltr",
                service=about.service if about else self.service,
                help_lines=[in_english(tappable(line), language) for line in lines],
                exit_url=self.exit_url,
                idle_minutes=self.idle_minutes,
                privacy=self.privacy,
                **shown,
            ),
            status,
        )
