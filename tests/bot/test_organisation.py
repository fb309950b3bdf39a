"""Who reads for whom (scenario 35): tables of a small office, in which Mo leads Sam and Bo leads Mo."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select, update

from bot import digests
from bot.access import Viewer
from bot.organisation import read_by, who_reads
from store.session import Session
from store.tables import Digest, Leave, Message, Staff
from tests.builders import House, make_case

DAY = date(2026, 10, 6)
AWAY = {"first_day": DAY - timedelta(days=1), "last_day": DAY}


def office(session: Session, told: str) -> dict[str, int]:
    """Sam's line manager is Mo, whose deputy is Di; Bo leads Mo, and Al is an administrator. `told`: who is how that day."""
    roles = {"sam": "worker", "mo": "manager", "di": "manager", "bo": "manager", "al": "administrator"}
    ids = {}
    for name, role in roles.items():
        member = Staff(email=f"{name}@council.example", name=name.title(), role=role, failed_sign_ins=0)
        session.add(member)
        session.flush()
        ids[name] = member.id
    change = update(Staff)
    session.execute(change.where(Staff.id == ids["sam"]).values(line_manager_id=ids["mo"]))
    session.execute(change.where(Staff.id == ids["mo"]).values(line_manager_id=ids["bo"], deputy_id=ids["di"]))
    for part in filter(None, told.split(", ")):
        name, how = part.split(" ", 1)
        who = change.where(Staff.id == ids[name])
        if how == "away":
            session.add(Leave(staff_id=ids[name], **AWAY))
        elif how == "back":
            session.add(Leave(staff_id=ids[name], first_day=DAY - timedelta(days=9), last_day=DAY - timedelta(days=1)))
        else:
            session.execute(
                who.values(
                    {
                        "left": {"ended_on": DAY - timedelta(days=1)},
                        "last day": {"ended_on": DAY},
                        "to come": {"began_on": DAY + timedelta(days=1)},
                        "worker": {"role": "worker"},
                        "no deputy": {"deputy_id": None},
                        "no manager": {"line_manager_id": None},
                        "under mo": {"line_manager_id": ids["mo"]},
                    }[how]
                )
            )
    session.flush()
    return ids


@pytest.mark.parametrize(
    ("told", "reader"),
    [
        ("", "mo"),
        ("mo back", "mo"),
        ("mo last day", "mo"),
        ("mo left", "di"),
        ("mo away", "di"),
        ("mo to come", "di"),
        ("mo left, di away", "bo"),
        ("mo left, di worker", "bo"),
        ("mo away, mo no deputy", "bo"),
        ("mo left, di left, bo left", "al"),
        ("mo left, mo no deputy, mo no manager", "al"),
        ("mo left, mo no deputy, bo left, bo under mo", "al"),
        ("mo left, di left, bo left, al left", None),
    ],
)
def test_what_is_for_a_line_manager_is_read_by_whoever_is_here(house: House, told: str, reader: str | None):
    with house.database.writing() as session:
        ids = office(session, told)
        found = who_reads(session, ids["mo"], DAY)
        assert found == (ids[reader] if reader else None)
        assert who_reads(session, None, DAY) == (None if "al left" in told else ids["al"])


@pytest.mark.parametrize(
    ("told", "who", "reads_for"),
    [
        ("", "mo", {"mo"}),
        ("", "di", {"di"}),
        ("mo left", "di", {"di", "mo"}),
        ("mo left", "mo", set()),
        ("mo away", "mo", {"mo"}),
        ("mo left, di left", "bo", {"bo", "mo", "di"} - {"di"}),
    ],
)
def test_access_follows_who_reads_now(house: House, told: str, who: str, reads_for: set[str]):
    with house.database.writing() as session:
        ids = office(session, told)
        assert read_by(session, ids[who], DAY) == {ids[name] for name in reads_for}


def november(house: House) -> datetime:
    house.clock.at = datetime(2026, 11, 2, 9, tzinfo=UTC)
    return house.clock.at


def make(house: House) -> int:
    house_now = house.clock.now()
    return digests.make_due(house.database, house.service.catalogue, base_url="https://heard.example", now=house_now)


def test_the_digest_of_a_manager_who_has_left_goes_to_the_deputy_once(house: House):
    made = make_case(house)
    with house.database.writing() as session:
        deputy = Staff(email="di@council.example", name="Di Deputy", role="manager", failed_sign_ins=0)
        session.add(deputy)
        session.flush()
        left = {"deputy_id": deputy.id, "ended_on": date(2026, 10, 30)}
        session.execute(update(Staff).where(Staff.id == made.manager_id).values(**left))
        deputy_id = deputy.id
    november(house)
    assert (make(house), make(house)) == (1, 0)
    with house.database.reading() as session:
        [(address, text)] = session.execute(select(Message.address, Message.text)).all()
        [(digest_id, manager_id)] = session.execute(select(Digest.id, Digest.manager_id)).all()
        reads_for = {who: read_by(session, who, date(2026, 11, 2)) for who in (deputy_id, made.manager_id)}
    assert (address, manager_id) == ("di@council.example", made.manager_id)
    assert text.startswith("The digest of Mo Manager for October 2026 is ready. You read it in their place.")
    viewers = {who: Viewer(who, "manager", reads) for who, reads in reads_for.items()}
    assert digests.read(house.service, digest_id, viewers[made.manager_id]) is None
    page = digests.read(house.service, digest_id, viewers[deputy_id])
    assert page is not None
    assert page.line.manager == "Mo Manager"
    with house.database.reading() as session:
        assert session.scalar(select(Digest.opened_at)) is not None
        assert [line.id for line in digests.listing(session, viewers[deputy_id])] == [digest_id]
        assert digests.listing(session, viewers[made.manager_id]) == []
