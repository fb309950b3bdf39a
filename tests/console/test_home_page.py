"""The first page of those who have signed in: the latest words, a page at a time."""

from __future__ import annotations

import re

from bot.service import Service
from channels.base import Received
from tests.console.office import Browser


def test_older_comments_stand_on_the_next_page(browser: Browser, service: Service):
    for number in range(55):
        service.inbox.receive(Received("sms", f"SM{number:032}", f"+4479111{number:05}", f"text number {number} ends"))
    browser.sign_in("duty")
    newest = browser.get("/").text
    assert "text number 54 ends" in newest
    assert "text number 4 ends" not in newest
    link = re.search(r'href="(/\?before=\d+)"', newest)
    assert link, "no way to what is older"
    older = browser.get(link[1]).text
    assert "text number 4 ends" in older
    assert "text number 54 ends" not in older
    assert "Back to the newest" in older


def test_a_page_past_the_oldest_says_so(browser: Browser):
    browser.sign_in("duty")
    assert "Nothing older has been kept" in browser.get("/?before=0").text
    assert browser.get("/?before=nonsense").status_code == 200
