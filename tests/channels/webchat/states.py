"""How a browser comes to every state of the web chat's pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from playwright.sync_api import Page

from tests.channels.webchat.playing import CODE, KINDS, MOST, TICKET, TOKEN, Play

CHAT = f"/chat/{TOKEN}"

State = Callable[[Page, str, Play], None]


def _at(path: str) -> State:
    return lambda page, url, _: page.goto(url + path)


def _closed_door(page: Page, url: str, play: Play) -> None:
    play.is_open = False
    page.goto(f"{url}/s/{CODE}")


def _spent_ticket(page: Page, url: str, play: Play) -> None:
    play.is_spent = True
    page.goto(f"{url}/t/{TICKET}")


def _held_ticket(page: Page, url: str, play: Play) -> None:
    play.is_held = True
    page.goto(f"{url}/t/{TICKET}")


def _early_door(page: Page, url: str, play: Play) -> None:
    play.opens_on = date(2026, 10, 7)
    page.goto(f"{url}/s/{CODE}")


def _covered(page: Page, url: str, play: Play) -> None:
    play.stand("asking", "kind")
    page.goto(url + CHAT)


def _covered_kiosk(page: Page, url: str, play: Play) -> None:
    _covered_without_cookies(page, url, play)
    page.reload()


def _covered_without_cookies(page: Page, url: str, play: Play) -> None:
    play.stand("asking", "kind", door=CODE)
    page.goto(url + CHAT)


def _too_many(page: Page, url: str, _: Play) -> None:
    for _ in range(61):
        page.request.get(f"{url}/chat/guess")
    page.goto(f"{url}/chat/guess")


def _hidden(page: Page, url: str, play: Play) -> None:
    play.stand("asking", "listened")
    play.pass_time(hours=1)
    page.goto(url + CHAT)
    page.get_by_role("button", name="Carry on").click()


def _standing(standing: str, question: str | None = None, door: str | None = None) -> State:
    def go(page: Page, url: str, play: Play) -> None:
        _covered(page, url, play)
        page.get_by_role("button", name="Carry on").click()
        page.locator(".now").wait_for()
        play.stand(standing, question, door=door)
        page.goto("about:blank")
        page.goto(url + CHAT)

    return go


def _in_trouble(question: str) -> State:
    def go(page: Page, url: str, play: Play) -> None:
        _standing("asking", question)(page, url, play)
        page.get_by_role("button", name="Send").click()
        page.locator(".problem").wait_for()

    return go


def _overtaken(page: Page, url: str, play: Play) -> None:
    _standing("asking", "listened")(page, url, play)
    play.stand("asking", "better")
    play.scenes[TOKEN] = play.scenes[TOKEN].__class__(**{**vars(play.scenes[TOKEN]), "turn": "6"})
    page.get_by_label("Always").check()
    page.get_by_role("button", name="Send").click()
    page.locator(".note").wait_for()


def _declined(page: Page, url: str, play: Play) -> None:
    _covered(page, url, play)
    page.get_by_role("button", name="Carry on").click()
    page.locator(".now").wait_for()
    play.scenes[TOKEN] = replace(play.scenes[TOKEN], standing="finished", asked=None, bubbles=())
    page.goto("about:blank")
    page.goto(url + CHAT)


def _nothing_to_add(page: Page, url: str, play: Play) -> None:
    _standing("waiting")(page, url, play)
    page.get_by_role("button", name="Send").click()
    page.locator(".problem").wait_for()


def _fault(page: Page, url: str, play: Play) -> None:
    page.goto(url + CHAT)
    play.fault = RuntimeError("a fault of ours")
    page.get_by_text("I’d rather not").click()
    page.get_by_role("button", name="No, thank you").click()
    page.locator("[data-page=fault]").wait_for()


def _more_than_fits(page: Page, url: str, play: Play) -> None:
    _standing("asking", "better")(page, url, play)
    page.locator("textarea").fill("x" * (MOST + 1))
    page.get_by_role("button", name="Send").click()


def _too_big(page: Page, url: str, play: Play) -> None:
    _more_than_fits(page, url, play)
    page.locator("[data-page=too_big]").wait_for()


def _too_big_in_the_chat(page: Page, url: str, play: Play) -> None:
    _more_than_fits(page, url, play)
    page.locator(".trouble").get_by_text("Go back and send it in smaller parts.").wait_for()


def _without_connection(page: Page, url: str, play: Play) -> None:
    _standing("asking", "better")(page, url, play)
    page.context.set_offline(True)
    page.get_by_role("button", name="Send").click()
    page.locator(".trouble").get_by_text("Not sent").wait_for()
    page.context.set_offline(False)


def _warned(after: str, door: str | None = None) -> State:
    def go(page: Page, url: str, play: Play) -> None:
        page.clock.install()
        _standing("finished" if door else "asking", None if door else "better", door=door)(page, url, play)
        page.clock.fast_forward(after)
        page.locator("dialog[open]").wait_for()

    return go


def _left_alone(page: Page, url: str, play: Play) -> None:
    _warned("14:10")(page, url, play)
    page.clock.fast_forward("01:00")
    page.locator("[data-page=covered]").wait_for()


STATES: dict[str, State] = {
    "cover": _at(CHAT),
    "door": _at(f"/s/{CODE}"),
    "door closed": _closed_door,
    "door not open yet": _early_door,
    "ticket": _at(f"/t/{TICKET}"),
    "ticket spent": _spent_ticket,
    "ticket held": _held_ticket,
    "gone": _at("/chat/unknown"),
    "too many": _too_many,
    "covered": _covered,
    "covered at a kiosk": _covered_kiosk,
    "earlier words hidden": _hidden,
    "waiting": _standing("waiting"),
    "finished": _standing("finished"),
    "finished at a kiosk": _standing("finished", door=CODE),
    "covered in a browser without cookies": _covered_without_cookies,
    "declined": _declined,
    "nothing to add": _nothing_to_add,
    "fault": _fault,
    "overtaken": _overtaken,
    **{f"asking {kind}": _standing("asking", kind) for kind in KINDS},
    **{f"trouble with {kind}": _in_trouble(kind) for kind in ("kind", "helped", "life", "better")},
}
"""Those that every browser can come to, by name."""

WITH_SCRIPTS: dict[str, State] = {
    "warned that words will hide": _warned("14:10"),
    "warned at a kiosk": _warned("01:10", CODE),
    "left alone": _left_alone,
    "without connection": _without_connection,
    "too big, in the chat": _too_big_in_the_chat,
}
WITHOUT_SCRIPTS: dict[str, State] = {"too big": _too_big}
