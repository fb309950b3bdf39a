"""What is shown of a pulse: nothing under eleven, and nothing that follows by taking figures apart (scenario 36)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import combinations

import pytest

from bot.access import Viewer
from bot.clock import SetClock
from bot.pulse import results
from bot.pulse.results import NotShown, may_be_added_up, shown
from bot.shown import answers
from store.session import Database, Session
from store.shown.groups import Group, Score
from tests.bot.pulse.offices import Office, email_of, make_office

LEAST = 11


def lines(*counts: int) -> list[results.Shown]:
    """What is shown where so many have answered in each team, all of them the one question."""
    groups = [Group(place, f"Team {place}", count, count + 1, is_over=True) for place, count in enumerate(counts)]
    scores = [Score(place, "q1", count, 50 * count) for place, count in enumerate(counts) if count]
    return shown(groups, scores, [], ["q1"], LEAST)


def of_period(office: Office, session: Session, period: str) -> list[results.Shown]:
    service = office.room.house.service
    return results.of_period(session, service.catalogue, service.council, period, office.clock.now())


@pytest.mark.parametrize(
    ("counts", "teams", "everybody"),
    [
        ((12, 12), (12, 12), 24),
        ((12, 2), (12, None), None),  # fourteen less twelve would be two people
        ((12, 0), (12, None), 12),
        ((12, 6, 5), (12, None, None), 23),
        ((12, 6, 4), (12, None, None), None),
        ((10, 10), (None, None), 20),
        ((3, 2), (None, None), None),
        ((11, 11, 11), (11, 11, 11), 33),
    ],
)
def test_no_figure_of_fewer_than_eleven_is_shown_nor_follows(
    counts: tuple[int, ...], teams: tuple[int | None, ...], everybody: int | None
):
    *each, total = lines(*counts)
    assert tuple(line.answered for line in each) == teams
    assert total.answered == everybody
    assert tuple(line.averages.get("q1") for line in each) == tuple(None if team is None else 50 for team in teams)
    assert total.averages.get("q1") == (None if everybody is None else 50)


def test_whatever_the_teams_what_can_be_worked_out_is_of_eleven_or_more():
    for counts in combinations(range(0, 26, 3), 3):
        if may_be_added_up(counts, LEAST):
            rest = sum(counts) - sum(count for count in counts if count >= LEAST)
            assert rest == 0 or rest >= LEAST, counts


def answered_by(office: Office, ashbrook: int, belmont: int) -> None:
    office.ask()
    for team, people in (("Ashbrook", ashbrook), ("Belmont", belmont)):
        for number in range(people):
            chat = office.tickets.hand_in(office.token_of(email_of(team, number)))
            assert chat is not None
            office.room.say(chat, f"4 Quieter rooms in {team}")
            office.room.say(chat, "END")


def words_in_the_inbox(office: Office) -> set[str]:
    with office.database.reading() as session:
        page = answers.latest(session, Viewer(1, "duty"), catalogue=office.room.house.service.catalogue)
    return {answer.words for answer in page.answers if answer.words}


def test_words_are_shown_once_it_is_over_and_eleven_have_answered(office: Office):
    answered_by(office, ashbrook=11, belmont=2)
    assert words_in_the_inbox(office) == set(), "the next to answer would be known by their words' coming last"
    with office.database.reading() as session, pytest.raises(NotShown, match="still running"):
        of_period(office, session, "2026-Q4")
    office.night()
    office.clock.move(timedelta(days=25))
    office.ask()
    assert words_in_the_inbox(office) == {"4 Quieter rooms in Ashbrook"}
    with office.database.reading() as session:
        ashbrook, belmont, everybody = of_period(office, session, "2026-Q4")
    assert (ashbrook.name, ashbrook.asked, ashbrook.answered) == ("Ashbrook", 12, 11)
    assert ashbrook.averages["q1"] == 75
    assert ashbrook.comments == {"q1": ["4 Quieter rooms in Ashbrook"] * 11}
    assert (belmont.answered, belmont.averages["q1"], belmont.comments) == (None, None, {})
    assert (everybody.answered, everybody.averages["q1"]) == (None, None), "thirteen less eleven would be two people"


def why_none(office: Office, period: str, **council: object) -> str:
    service = office.room.house.service
    office.room.house.service = replace(service, council=replace(service.council, **council))
    with office.database.reading() as session, pytest.raises(NotShown) as refused:
        of_period(office, session, period)
    return str(refused.value)


@pytest.mark.parametrize("period", ["2026", "2026-Q5", "q4", "2026-q4"])
def test_what_is_no_quarter_says_what_to_write(office: Office, period: str):
    assert "write one such as 2026-Q4" in why_none(office, period)


def test_a_quarter_without_a_pulse_says_which_quarters_have_one(office: Office):
    assert why_none(office, "2025-Q1") == "There is no staff pulse in 2025-Q1. There has been none so far."
    office.ask()
    assert why_none(office, "2025-Q1") == "There is no staff pulse in 2025-Q1. There was one in 2026-Q4."


def test_this_quarter_without_a_pulse_says_why_there_is_none(office: Office):
    assert "It begins by itself on a day on which staff may be written to" in why_none(office, "2026-Q4")
    office.clock.at = datetime(2026, 12, 15, 11, tzinfo=UTC)
    assert "the next begins in 2027-Q1" in why_none(office, "2026-Q4")
    assert "STAFF_PULSE is 0" in why_none(office, "2026-Q4", asks_staff=False)


def test_where_too_few_work_it_says_how_many_and_what_to_do(database: Database, clock: SetClock):
    office = make_office(database, clock, {"Ashbrook": 10})
    office.ask()
    assert "10 are in post, and fewer than 11 could be told apart" in why_none(office, "2026-Q4")
