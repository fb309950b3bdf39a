"""Short ways to a month's digest: people answer, the clock makes it, its manager reads it."""

from datetime import UTC, datetime

from bot import digests
from bot.access import Viewer
from bot.tagging import tag_waiting
from tests.builders import DEFINITIONS, House

NOVEMBER = datetime(2026, 11, 2, 7, 30, tzinfo=UTC)


def make_due(house: House, at: datetime = NOVEMBER) -> int:
    base_url = house.service.council.base_url
    made = digests.make_due(house.database, DEFINITIONS, base_url=base_url, now=at)
    house.clock.at = at
    house.service.outbox.drain()
    return made


def answer(house: House, *texts: str) -> None:
    house.ask()
    for text in texts:
        house.text(text)
    tag_waiting(house.database, house.clock)


def page(house: House, manager_id: int) -> digests.DigestPage:
    found = digests.read(house.service, 1, Viewer(manager_id, "manager"))
    assert found is not None
    return found


def everything_said(page: digests.DigestPage) -> list[str]:
    return [row.words for row in (*page.view.praise, *page.view.concerns, *page.view.wishes, *page.view.other)]
