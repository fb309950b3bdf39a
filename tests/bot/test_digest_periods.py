"""For whom and for which months a digest is made: each exactly once, and none forgotten."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select, update

from bot import staffing
from store.tables import Digest, Staff
from tests.bot.cases.casework import keep
from tests.bot.digesting import answer, everything_said, make_due, page
from tests.builders import House, MadeCase, make_case


@pytest.mark.parametrize(
    ("at", "made"),
    [
        (datetime(2026, 11, 1, 23, 30, tzinfo=UTC), 0),  # a Sunday
        (datetime(2026, 11, 2, 0, 30, tzinfo=UTC), 1),
        (datetime(2026, 11, 17, 9, 0, tzinfo=UTC), 1),  # the service was down on the 2nd
        (datetime(2027, 1, 1, 9, 0, tzinfo=UTC), 2),  # New Year's Day: October and November, which nobody made
        (datetime(2027, 1, 4, 9, 0, tzinfo=UTC), 3),
    ],
)
def test_it_is_made_from_the_first_working_day_on(house: House, at: datetime, made: int) -> None:
    make_case(house)
    assert make_due(house, at) == made
    assert make_due(house, at + timedelta(minutes=20)) == 0


def test_there_is_one_for_each_manager_and_month_and_one_mail(house: House) -> None:
    make_case(house)
    make_case(house, reference="EH-2", mobile=None)
    assert make_due(house) == 2
    assert make_due(house) == 0
    assert make_due(house, datetime(2026, 12, 1, 9, 0, tzinfo=UTC)) == 2
    with house.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Digest)) == 4
    assert len(house.email.sent) == 4


def months(house: House) -> list[tuple[str, int]]:
    with house.database.reading() as session:
        rows = session.execute(select(Digest.period, Digest.manager_id).order_by(Digest.period, Digest.manager_id))
        return [(f"{row.period:%Y-%m}", row.manager_id) for row in rows]


def test_a_month_for_which_the_clock_was_down_is_still_made_once(house: House) -> None:
    made = make_case(house)
    assert make_due(house, datetime(2026, 12, 1, 9, 0, tzinfo=UTC)) == 2
    assert make_due(house, datetime(2027, 1, 1, 9, 0, tzinfo=UTC)) == 0, "December is not due on New Year's Day"
    assert months(house) == [("2026-10", made.manager_id), ("2026-11", made.manager_id)]
    assert [mail.subject[-13:] for mail in house.email.sent] == [" October 2026", "November 2026"]


def test_nobody_is_sent_the_months_before_they_came(house: House) -> None:
    first = make_case(house)
    make_due(house)
    house.clock.at = datetime(2026, 11, 10, 9, 0, tzinfo=UTC)
    second = make_case(house, reference="EH-2", mobile=None)
    make_due(house, datetime(2026, 12, 1, 9, 0, tzinfo=UTC))
    assert months(house) == [
        ("2026-10", first.manager_id),
        ("2026-11", first.manager_id),
        ("2026-11", second.manager_id),
    ]


def move_worker(house: House, made: MadeCase) -> int:
    """The worker reports to somebody else from now on."""
    with house.database.writing() as session:
        other = Staff(email="new@council.example", name="Nia New", role="manager", failed_sign_ins=0)
        session.add(other)
        session.flush()
        session.execute(update(Staff).where(Staff.id == made.worker_id).values(line_manager_id=other.id))
        return other.id


def test_a_manager_whose_worker_has_moved_gets_what_was_said_of_his_time(house: House) -> None:
    made = make_case(house)
    answer(house, "GO", "7", "1", "1", "1", "1", "she listens", "nothing", "1")
    new_manager = move_worker(house, made)
    assert make_due(house) == 2
    assert set(months(house)) == {("2026-10", made.manager_id), ("2026-10", new_manager)}
    assert everything_said(page(house, made.manager_id)) == ["she listens", "nothing"]


@pytest.mark.parametrize(
    ("moved_at", "gets"),
    [
        (datetime(2026, 10, 31, 12, 0, tzinfo=UTC), True),  # a team and silence
        (datetime(2026, 11, 1, 12, 0, tzinfo=UTC), False),
    ],
)
@pytest.mark.parametrize("by_list", [True, False])
def test_nobody_is_sent_a_month_before_they_led_anybody(
    house: House, moved_at: datetime, gets: bool, by_list: bool
) -> None:
    made = make_case(house)
    answer(house, "GO", "7", "1", "1", "1", "1", "she listens", "nothing", "1")
    with house.database.writing() as session:
        nia = Staff(email="nia@council.example", name="Nia New", role="manager", failed_sign_ins=0)
        session.add(nia)
        worker = session.get_one(Staff, made.worker_id).email = "sam.worker@council.example"
        session.flush()
        new_manager = nia.id
        if not by_list:
            staffing.change(session, worker, staffing.Changes(line_manager="nia@council.example"), now=moved_at)
    if by_list:
        house.clock.at = moved_at
        keep(house, worker_email=worker, worker_name="Sam Worker", manager_email="nia@council.example")
    make_due(house)
    assert ("2026-10", made.manager_id) in months(house)
    assert (("2026-10", new_manager) in months(house)) is gets
    if gets:
        mail = next(mail for mail in house.email.sent if mail.address == "nia@council.example")
        assert "0 of 0 asked" in mail.text
    make_due(house, datetime(2026, 12, 1, 9, 0, tzinfo=UTC))
    assert ("2026-11", new_manager) in months(house), "they lead a team by now, be it a silent one"


def test_words_that_come_in_a_month_later_have_a_digest_too(house: House) -> None:
    made = make_case(house, reached=date(2026, 9, 30))
    house.ask()
    move_worker(house, made)
    make_due(house)
    house.text("GO")
    house.text("she was late")
    make_due(house, datetime(2026, 12, 1, 9, 0, tzinfo=UTC))
    assert ("2026-11", made.manager_id) in months(house)
