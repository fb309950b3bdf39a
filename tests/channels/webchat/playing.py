"""A small service behind the web chat's pages: it asks every kind of question, keeps what is said, and serves the pages."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

from flask import Flask
from werkzeug.serving import make_server

from channels.webchat import Asked, Bubble, Door, Scene, Turn, webchat_pages

TOKEN = "Zq3xT0kenOfSomebodyInvented"
DOOR_TOKEN = "Kx9aT0kenFromTheDoor"
TICKET = "Tk7T0kenOfOneOfTheStaff"
CODE = "spring"
EXIT = "https://weather.example/today"
OPENING = ("Hi! Kent Early Help would like to know how it is going with Sam.", "Sam’s manager will see what you say.")
HELP = ("In danger? Call 999.", "Childline is free at any time: 0800 1111.", "Or text SHOUT to 85258.")
MOST = 50_000
"""Bytes that the app takes at once."""
YES_NO = ((1, "Yes"), (2, "No"))
QUESTIONS = (
    Asked("kind", "choice", "Is Sam kind to you?", 1, 7, ((1, "Yes"), (2, "Sometimes"), (3, "No")), faces=True),
    Asked("listened", "choice", "Did Sam listen to you?", 2, 7, ((1, "Always"), (2, "Sometimes"), (3, "Not really"))),
    Asked(
        "helped",
        "choices",
        "What helped?",
        3,
        7,
        ((1, "Talking"), (2, "Being shown how"), (3, "Time out of the house")),
    ),
    Asked("safe", "yes_no", "Do you know whom to call?", 4, 7, YES_NO),
    Asked("life", "scale", "How is life right now?", 5, 7, ends=("really hard", "really good")),
    Asked("times", "number", "How many times did you meet?", 6, 7, lowest=0, highest=30),
    Asked("when", "date", "When did you last meet?", 7, 7),
    Asked("better", "text", "What would have made it better?", 7, 7),
)
KINDS = {asked.id: asked for asked in QUESTIONS}


@dataclass
class Play:
    """A `Chats` that takes one person through the questions.

    Attributes:
        now: what time it is; moved by hand.
        scenes: how each link's chat stands.
        said: every turn that was handed in, with its token.
        begun: every token for which `begin` was called.
        fault: raised by the next `say`.
    """

    now: datetime = datetime(2026, 10, 6, 15, 30, tzinfo=UTC)
    scenes: dict[str, Scene] = field(default_factory=dict)
    said: list[tuple[str, Turn]] = field(default_factory=list)
    begun: list[str] = field(default_factory=list)
    fault: Exception | None = None
    is_open: bool = True
    is_spent: bool = False
    is_held: bool = False
    opens_on: date | None = None
    language: str = "en"
    direction: str = "ltr"

    def __post_init__(self) -> None:
        self.scenes[TOKEN] = self._cover()

    def _cover(self, door: str | None = None) -> Scene:
        return Scene("cover", "Kent Early Help", OPENING, turn="0", help_lines=HELP, door=door)

    def look(self, token: str) -> Scene | None:
        found = self.scenes.get(token)
        return found and replace(found, language=self.language, direction=self.direction)

    def begin(self, token: str) -> None:
        self.begun.append(token)
        if self.scenes[token].standing == "cover":
            self._ask(token, QUESTIONS[0], self._theirs("Great, thank you."))

    def say(self, token: str, turn: Turn) -> None:
        if self.fault:
            fault, self.fault = self.fault, None
            raise fault
        self.said.append((token, turn))
        scene = self.scenes[token]
        if turn.turn != scene.turn or scene.standing == "closed":
            return
        if turn.text == "END":
            self.scenes[token] = replace(scene, standing="finished", asked=None, turn=scene.turn + "x")
        elif turn.text == "BACK":
            self._ask(token, QUESTIONS[self._place(token) - 1])
        elif scene.asked is None:
            self._add(token, Bubble(turn.text, mine=True, at=self.now), self._theirs("Thank you for adding that."))
        else:
            self._go_on(token, turn.text)

    def _go_on(self, token: str, text: str) -> None:
        place = self._place(token)
        mine = () if text == "SKIP" else (Bubble(text, mine=True, at=self.now),)
        if place + 1 < len(QUESTIONS):
            self._ask(token, QUESTIONS[place + 1], *mine, self._theirs("Thanks."))
        else:
            self._add(token, *mine, self._theirs("Thank you for taking the time."))
            self.scenes[token] = replace(self.scenes[token], standing="finished", asked=None)

    def door(self, code: str) -> Door | None:
        if code != CODE:
            return None
        return Door(
            code,
            "Kent Early Help",
            "Spring open day",
            ("Tell us how it was.",),
            self.is_open,
            HELP,
            opens_on=self.opens_on,
        )

    def enter(self, code: str) -> str | None:
        if code != CODE or not self.is_open:
            return None
        self.scenes[DOOR_TOKEN] = self._cover(door=code)
        self.begin(DOOR_TOKEN)
        return DOOR_TOKEN

    def ticket(self, token: str) -> Door | None:
        if token != TICKET:
            return None
        opening = ("Tell us how work is.",)
        door = Door(CODE, "Kent Early Help", "Staff pulse", opening, self.is_open, HELP)
        return replace(door, once=True, is_spent=self.is_spent, is_held=self.is_held, ends_tonight=True)

    def hand_in(self, token: str) -> str | None:
        if token != TICKET or not self.is_open or self.is_spent or self.is_held:
            return None
        self.is_spent = True
        self.scenes[DOOR_TOKEN] = self._cover()
        self.begin(DOOR_TOKEN)
        return DOOR_TOKEN

    def stand(self, standing: str, question: str | None = None, *, token: str = TOKEN, door: str | None = None) -> None:
        """Put the chat where a test wants it, with something said already."""
        bubbles = (
            self._theirs("Great, thank you."),
            Bubble("Mostly, yes", mine=True, at=self.now),
            self._theirs("Thanks."),
        )
        asked = KINDS.get(question or "")
        self.scenes[token] = replace(
            self._cover(door), standing=standing, asked=asked, bubbles=bubbles, turn="5", may_go_back=bool(asked)
        )

    def pass_time(self, **by: float) -> None:
        self.now += timedelta(**by)

    def _place(self, token: str) -> int:
        return QUESTIONS.index(self.scenes[token].asked)

    def _ask(self, token: str, asked: Asked, *bubbles: Bubble) -> None:
        self._add(token, *bubbles)
        self.scenes[token] = replace(
            self.scenes[token], standing="asking", asked=asked, may_go_back=asked is not QUESTIONS[0]
        )

    def _add(self, token: str, *bubbles: Bubble) -> None:
        scene = self.scenes[token]
        self.scenes[token] = replace(scene, bubbles=(*scene.bubbles, *bubbles), turn=str(int(scene.turn) + 1))

    def _theirs(self, text: str) -> Bubble:
        return Bubble(text, mine=False, at=self.now)

    def app(self, exit_url: str = EXIT, **chosen: object) -> Flask:
        """The app with nothing but the web chat's pages."""
        options = {"idle_minutes": 15, "secret": "not a secret", "is_secure": False, "help_lines": HELP, **chosen}
        app = Flask("tests.webchat", static_folder=None)
        app.config["MAX_CONTENT_LENGTH"] = MOST
        app.register_blueprint(
            webchat_pages(self, exit_url=exit_url, now=lambda: self.now, service="Kent Early Help", **options)
        )
        return app


class Served:
    """An app on a free port of loopback, until it is closed."""

    def __init__(self, app: Flask) -> None:
        self._server = make_server("127.0.0.1", 0, app, threaded=True)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()

    def close(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
