"""Every state of every page: valid, accessible, light enough, and narrow enough for an old phone at four times the size."""

from __future__ import annotations

import re
from functools import partial

import html5lib
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route

from channels.webchat.words import BY_LANGUAGE, ENGLISH, speaker
from tests.channels.webchat.conftest import opened
from tests.channels.webchat.playing import KINDS, Play
from tests.channels.webchat.states import CHAT, STATES, WITH_SCRIPTS, WITHOUT_SCRIPTS

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
WIDEST = 100_000
"""Bytes of page, style, script and icon together."""


def fulfil(route: Route, *, answer: dict[str, str]) -> None:
    route.fulfill(**answer)


def check(page: Page, play: Play, state: str) -> None:
    """The page as it stands has nothing that axe would object to, one heading and everything within its width."""
    found = Axe().run(page, options=RULES)
    assert [(v["id"], [n["html"] for n in v["nodes"]]) for v in found.response["violations"]] == [], state
    size = page.viewport_size["width"]
    assert page.evaluate("document.documentElement.scrollWidth") <= size, f"{state}: wider than {size} px"
    assert page.locator("h1").count() == page.locator("main").count() == 1
    assert page.evaluate("document.documentElement.lang") == play.language
    assert page.title() == "Questions"


@pytest.mark.browser
@pytest.mark.parametrize("state", [*STATES, *WITH_SCRIPTS])
def test_axe_finds_nothing_on_any_page(page: Page, url: str, play: Play, state: str):
    {**STATES, **WITH_SCRIPTS}[state](page, url, play)
    check(page, play, state)


@pytest.mark.browser
@pytest.mark.parametrize("state", [*STATES, *WITHOUT_SCRIPTS])
def test_axe_finds_nothing_where_scripts_are_off(chromium: Browser, page: Page, url: str, play: Play, state: str):
    """Axe is a script itself: it is shown what a browser without scripts has shown."""
    bare = opened(chromium, java_script_enabled=False)
    page.route("**/chat.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    {**STATES, **WITHOUT_SCRIPTS}[state](bare, url, play)
    answer = {"body": re.sub("</?noscript>", "", bare.content()), "content_type": "text/html"}
    page.route(f"{url}/shown", partial(fulfil, answer=answer))
    for look in ("light", "dark"):
        page.emulate_media(color_scheme=look)
        page.goto(f"{url}/shown")
        check(page, play, f"{state} without scripts, {look}")
    bare.context.close()


VIEWS: dict[str, dict[str, object]] = {
    "dark and small": {"color_scheme": "dark", "viewport": {"width": 320, "height": 568}},
    "right to left": {"viewport": {"width": 320, "height": 568}},
    "high contrast": {"forced_colors": "active", "reduced_motion": "reduce"},
    "four times as big": {"viewport": {"width": 320, "height": 256}},
}


EVERYWHERE = (
    *WITH_SCRIPTS,
    "cover",
    "covered",
    "asking kind",
    "asking life",
    "trouble with better",
    "waiting",
    "finished",
)
BY_VIEW = [
    *((view, state) for view in VIEWS for state in EVERYWHERE),
    *(("dark and small", state) for state in STATES if state not in EVERYWHERE),
]
"""In the dark every colour is another; how much room there is matters where a page has its most."""


@pytest.mark.browser
@pytest.mark.parametrize(("view", "state"), BY_VIEW)
def test_axe_finds_nothing_however_the_pages_are_looked_at(
    chromium: Browser, play: Play, url: str, view: str, state: str
):
    if view == "right to left":
        play.language, play.direction = "ar", "rtl"
    page = opened(chromium, **VIEWS[view])
    {**STATES, **WITH_SCRIPTS}[state](page, url, play)
    check(page, play, f"{state}, {view}")
    assert page.complaints == []
    page.context.close()


@pytest.mark.browser
@pytest.mark.parametrize("state", ["asking kind", "asking life", "asking better", "cover", "finished at a kiosk"])
def test_everything_to_press_is_big_enough_for_any_thumb(page: Page, url: str, play: Play, state: str):
    page.set_viewport_size({"width": 320, "height": 568})
    STATES[state](page, url, play)
    sizes = page.evaluate(
        """() => [...document.querySelectorAll("button, summary, label.option, label.step, a.button, input[type=text], textarea")]
        .map((each) => each.getBoundingClientRect()).filter((box) => box.width).map((box) => [box.width, box.height])"""
    )
    assert sizes
    assert [size for size in sizes if min(size) < 43.9] == []


@pytest.mark.browser
def test_wider_spacing_of_letters_and_lines_cuts_nothing_off(page: Page, url: str, play: Play):
    page.set_viewport_size({"width": 320, "height": 568})
    STATES["asking kind"](page, url, play)
    page.evaluate(
        """() => document.querySelectorAll("*").forEach((each) => {
          each.style.cssText = "line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important";
        })"""
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    cut = """() => [...document.querySelectorAll("main *, header *")].filter((each) =>
      !each.closest(".aside, svg") && each.scrollWidth > each.clientWidth + 1 && getComputedStyle(each).overflow === "hidden")
      .map((each) => each.className)"""
    assert page.evaluate(cut) == []


@pytest.mark.browser
def test_a_whole_chat_weighs_less_than_a_small_picture(page: Page, url: str, play: Play):
    weights: dict[str, int] = {}
    page.on("response", lambda answer: weights.update({answer.url.removeprefix(url): len(answer.body())}))
    STATES["asking kind"](page, url, play)
    page.goto(url + CHAT, wait_until="networkidle")
    assert weights["/chat/static/chat.js"] < 20_000
    assert sum(weights.values()) < WIDEST
    assert set(weights) <= {
        CHAT,
        f"{CHAT}/begin",
        "/chat/static/chat.js",
        "/chat/static/chat.css",
        "/chat/static/answering.css",
        "/chat/static/icon.svg",
    }


@pytest.mark.parametrize("question", KINDS)
def test_every_page_is_valid_html(play: Play, question: str):
    client = play.app().test_client()
    html5lib.HTMLParser(strict=True).parse(client.get(CHAT).text)
    client.post(f"{CHAT}/begin")
    play.stand("asking", question)
    for page in (client.get(CHAT), client.post(CHAT, data={"turn": "5", "question": question})):
        html5lib.HTMLParser(strict=True).parse(page.text)
        assert " style=" not in page.text
        assert "<script>" not in page.text


def test_a_language_without_words_of_its_own_is_given_english_marked_as_english():
    assert set(BY_LANGUAGE) == {"en"}
    assert speaker("en")("send") == "Send"
    assert speaker("cy")("send") == '<span lang="en" dir="ltr">Send</span>'
    assert "&lt;i&gt;" in speaker("cy")("said_by_us", service="<i>")
    assert "&lt;i&gt;" in speaker("en")("said_by_us", service="<i>")
    assert all(ENGLISH.values())


@pytest.mark.browser
def test_the_button_that_ends_the_questions_looks_like_one(page: Page, url: str, play: Play):
    STATES["asking kind"](page, url, play)
    page.locator("summary").click()
    button = page.get_by_role("button", name="Stop here")
    assert button.evaluate("it => getComputedStyle(it).borderTopWidth") == "2px"
