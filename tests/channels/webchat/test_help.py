"""Whom to call: numbers that can be tapped, in a line that hides nothing."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Page

from channels.webchat.numbers import tappable
from tests.channels.webchat.playing import TOKEN, Play
from tests.channels.webchat.test_states import STATES


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("In danger? Call 999.", 'In danger? Call <a href="tel:999">999</a>.'),
        ("Childline, 0800 1111.", 'Childline, <a href="tel:08001111">0800 1111</a>.'),
        ("Or text SHOUT to 85258, free.", 'Or text <a href="sms:85258?body=SHOUT">SHOUT to 85258</a>, free.'),
        ("Open 24/7, <b>8 to 10</b>.", "Open 24/7, &lt;b&gt;8 to 10&lt;/b&gt;."),
    ],
)
def test_numbers_of_help_can_be_tapped(line: str, shown: str):
    assert tappable(line) == shown


def test_a_paused_page_says_that_a_person_will_read_it_and_whom_to_call(client: FlaskClient, play: Play):
    client.post(f"/chat/{TOKEN}/begin")
    play.stand("waiting")
    page = client.get(f"/chat/{TOKEN}").text
    assert "Someone is reading" not in page
    card = page.partition('class="done"')[2].partition("</div>")[0]
    assert "A person will read what you wrote." in card
    assert 'href="tel:999"' in card


@pytest.mark.browser
@pytest.mark.parametrize("size", [(360, 740), (320, 568)])
@pytest.mark.parametrize("state", ["cover", "asking listened", "asking life", "asking better"])
def test_what_unfolds_is_not_hidden_by_the_line_at_the_foot(
    page: Page, url: str, play: Play, size: tuple[int, int], state: str
):
    page.set_viewport_size({"width": size[0], "height": size[1]})
    STATES[state](page, url, play)
    page.locator("summary").evaluate("it => window.scrollTo(0, it.getBoundingClientRect().bottom - innerHeight + 50)")
    page.locator("summary").press("Enter")
    page.wait_for_timeout(200)
    button, line = page.locator("details button").bounding_box(), page.locator(".near").bounding_box()
    assert line["height"] < 50
    assert button["y"] + button["height"] <= line["y"]
