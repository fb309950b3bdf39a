"""What a later list puts right: dates of stages, and people who could not be asked before."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from bot.cases import events
from bot.cases.load import ImportSummary
from bot.clock import SetClock
from store.session import Database
from store.tables import AuditEntry, Invitation, Person, StageEvent
from tests.bot.cases.lists import a_row, a_young_person, import_rows
from tests.builders import COUNCIL, House, make_house
from tests.shipped import CATALOGUE

MUM = "+447700900123"


@pytest.fixture
def house(database: Database, clock: SetClock) -> House:
    return make_house(database, clock)


class Council:
    """A council that exports its list again and again."""

    def __init__(self, house: House, folder: Path) -> None:
        self.house = house
        self._folder = folder

    def brings(self, *rows: dict[str, str]) -> ImportSummary:
        return import_rows(self.house.database, self.house.clock, self._folder, *rows)

    def rows(self, *columns: Any) -> list[Any]:
        with self.house.database.reading() as session:
            return [tuple(row) for row in session.execute(select(*columns).order_by(columns[0].class_.id))]

    def invitations(self) -> list[Any]:
        return self.rows(Invitation.stage, Invitation.stage_on, Invitation.status, Invitation.not_asked_because)


@pytest.fixture
def council(house: House, tmp_path: Path) -> Council:
    return Council(house, tmp_path)


def test_a_closure_whose_date_is_corrected_is_asked_about_once(council: Council):
    council.house.clock.at = datetime(2026, 10, 7, 10, 30, tzinfo=UTC)
    council.brings(a_row(stages="closure:2026-10-01"))
    assert council.house.ask() == 1
    summary = council.brings(a_row(stages="closure:2026-10-02"))
    assert (summary.changed, summary.invitations) == (1, 0)
    council.house.clock.move(timedelta(days=7))
    assert council.house.ask() == 0
    assert council.rows(StageEvent.stage, StageEvent.happened_on) == [("closure", date(2026, 10, 2))]
    assert council.invitations() == [("closure", date(2026, 10, 1), "asked", None)], "who was asked stays as they were"


def days(council: Council, *, withdrawn: bool = False) -> list[str]:
    kept = council.rows(StageEvent.happened_on, StageEvent.withdrawn_at)
    return sorted(day.isoformat() for day, withdrawn_at in kept if (withdrawn_at is not None) == withdrawn)


def test_a_review_that_was_planned_and_is_listed_no_more_is_asked_about_no_more(council: Council):
    council.brings(a_row(stages="assessment:2026-10-01; review:2026-12-01"))
    summary = council.brings(a_row(stages="assessment:2026-10-01"))
    assert (summary.changed, summary.no_longer_planned) == (1, 1)
    assert days(council) == ["2026-10-01"]
    assert "a case list no longer plans a review on 2026-12-01" in [what for (what,) in council.rows(AuditEntry.what)]
    assert council.brings(a_row(stages="assessment:2026-10-01; review:2026-12-01")).changed == 1
    assert days(council) == ["2026-10-01", "2026-12-01"], "a list that names it again plans it again"
    council.brings(a_row(stages=""))
    assert days(council) == ["2026-10-01", "2026-12-01"], "a list that gives no stages says nothing of them"


def test_the_report_counts_each_planned_event_once_however_many_are_on_its_case(council: Council):
    family = [a_row(), a_young_person(mobile="07700 900124")]
    council.brings(*({**row, "stages": "review:2026-12-01; closure:2027-01-12"} for row in family))
    again = council.brings(*({**row, "stages": "review:2026-12-08"} for row in family))
    assert again.no_longer_planned == 1, "the review was corrected, not dropped"


def test_a_birthday_keeps_out_no_word_about_what_is_safe(council: Council):
    born = "2000-10-08"
    council.brings(a_young_person(birth_date=born, stages="review:2026-10-01"))
    council.house.clock.at = datetime(2026, 10, 9, 10, 30, tzinfo=UTC)
    late = a_young_person(birth_date=born, stages="review:2026-10-01; closure:2026-10-08", safe_contact="none")
    assert council.brings(late).refused == []
    assert council.rows(Person.safe_contact) == [("none",)]
    assert days(council) == ["2026-10-01", "2026-10-08"]
    [refusal] = council.brings({**late, "name_to_use": "Rob", "case_reference": "EH-2"}).refused
    assert (refusal.column, refusal.kind) == ("birth_date", "older than 25")


def test_what_was_planned_by_hand_or_has_been_reached_stays_whatever_a_list_lacks(council: Council):
    council.brings(a_row(stages="assessment:2026-08-03; review:2026-10-01"))
    with council.house.database.writing() as session:
        events.record(session, 1, "review", date(2026, 12, 1), now=council.house.clock.now())
    council.brings(a_row(stages="assessment:2026-08-03"))
    assert days(council) == ["2026-08-03", "2026-10-01", "2026-12-01"]


@pytest.mark.parametrize(("by_hand", "stands"), [(False, "2026-10-01"), (True, "2026-10-05")])
def test_a_list_moves_onto_a_withdrawn_day_what_a_list_has_told_of_and_nothing_else(
    council: Council,
    by_hand: bool,
    stands: str,
):
    now = council.house.clock.now()
    council.brings(a_row(stages="review:2026-10-01"))
    with council.house.database.writing() as session:
        told = {"catalogue": CATALOGUE, "council": COUNCIL, "now": now}
        events.withdraw(session, 1, "typed twice", **told)
        if by_hand:
            events.record(session, 1, "review", date(2026, 10, 5), now=now)
    if not by_hand:
        council.brings(a_row(stages="review:2026-10-05"))
    council.brings(a_row(stages="review:2026-10-01"))
    assert days(council) == [stands]
    assert len(days(council, withdrawn=True)) == 1


def test_a_correction_is_written_down_with_the_case_and_no_person(council: Council):
    council.brings(a_row(stages="closure:2026-10-01"))
    council.brings(a_row(stages="closure:2026-10-02"))
    assert council.rows(AuditEntry.what, AuditEntry.subject, AuditEntry.staff_id) == [
        ("a case list corrected the date of a closure: 2026-10-01 became 2026-10-02", "EH-1", None)
    ]


def test_a_correction_moves_the_day_on_which_those_are_asked_who_have_not_been(council: Council):
    rows = [a_row(stages="closure:2026-10-06"), a_young_person(stages="closure:2026-10-06", safe_contact="none")]
    council.brings(*rows)
    first = council.rows(Invitation.due_at)[0][0]
    summary = council.brings(a_row(stages="closure:2026-10-01"))
    assert (summary.changed, summary.invitations) == (1, 0)
    assert council.rows(Invitation.due_at)[0][0] < first
    assert [invitation[1] for invitation in council.invitations()] == [date(2026, 10, 1)] * 2, (
        "all of the case's people"
    )


def test_a_date_that_was_too_long_ago_and_was_wrong_is_asked_about(council: Council):
    council.brings(a_row(stages="review:2026-09-05"))
    assert council.invitations()[0][2:] == ("not_asked", "too_long_ago")
    assert council.brings(a_row(stages="review:2026-10-05")).invitations == 1
    assert council.invitations() == [("review", date(2026, 10, 5), "offered", None)]
    council.brings(a_row(stages="review:2026-09-05"))
    assert council.invitations()[0][2:] == ("not_asked", "too_long_ago"), "and the other way about"


def test_another_involvement_has_a_closure_of_its_own(council: Council):
    council.brings(a_row(stages="assessment:2026-01-12; closure:2026-03-02"))
    later = a_row(stages="assessment:2026-01-12; closure:2026-03-02; assessment:2026-05-11; closure:2026-10-05")
    assert council.brings(later).invitations == 2
    assert len(council.rows(StageEvent.stage)) == 4


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"mobile": ""}, {}),
        ({"mobile": "", "safe_contact": ""}, {}),
        ({"safe_contact": "none"}, {}),
        ({"safe_contact": "none"}, {"safe_contact_note": "She has changed her lock."}),
    ],
)
def test_whoever_could_not_be_asked_is_asked_once_a_later_list_puts_it_right(
    council: Council, before: dict[str, str], after: dict[str, str]
):
    council.brings(a_row(stages="review:2026-10-01", **before))
    assert council.invitations()[0][2] == "not_asked"
    council.house.clock.move(timedelta(days=1))
    summary = council.brings(a_row(stages="review:2026-10-01", **after))
    assert (summary.changed, summary.invitations) == (1, 1)
    assert council.invitations() == [("review", date(2026, 10, 1), "offered", None)]
    assert council.house.ask() == 1
    assert council.house.said(MUM)[0].startswith("Hi, it's Kent Early Help.")


def test_whoever_is_on_two_cases_is_asked_about_both_once_a_list_brings_their_mobile(council: Council):
    """The row of the one case brings it; that of the other finds nothing new about the person."""
    one = {"person_reference": "P-1", "stages": "review:2026-10-01"}
    other = {**one, "case_reference": "EH-2"}
    council.brings(a_row(**one, mobile=""), a_row(**other, mobile=""))
    council.house.clock.move(timedelta(days=1))
    assert council.brings(a_row(**one), a_row(**other)).invitations == 2
    assert [row[2:] for row in council.invitations()] == [("offered", None)] * 2


def test_a_young_person_is_asked_once_their_age_is_known_to_be_one_that_is_asked(council: Council):
    young = {"stages": "review:2026-10-01", "birth_date": ""}
    council.brings(a_young_person(**young, age_band="8-10"))
    assert council.invitations()[0][2:] == ("not_asked", "too_young")
    council.brings(a_young_person(**{**young, "birth_date": "2009-05-15"}))
    assert council.invitations()[0][2:] == ("offered", None)
    assert council.rows(Invitation.survey_id, Invitation.age_band) == [("yp_16_25_review", "16-25")]


def test_someone_who_turns_out_to_be_a_child_is_not_asked_as_a_young_adult(council: Council):
    young = {"stages": "review:2026-10-01", "birth_date": ""}
    council.brings(a_young_person(**young, age_band="16-25"))
    council.brings(a_young_person(**{**young, "birth_date": "2017-05-15"}))
    assert council.invitations()[0][2:] == ("not_asked", "too_young")


def test_a_reason_is_the_one_that_still_holds(council: Council):
    council.brings(a_row(stages="review:2026-10-01", mobile="", safe_contact="none"))
    assert council.invitations()[0][3] == "no_mobile"
    assert council.brings(a_row(stages="review:2026-10-01", safe_contact="none")).invitations == 0
    assert council.invitations()[0][3] == "unsafe_contact"


def test_a_stage_that_has_grown_too_old_stands_as_it_was(council: Council):
    council.brings(a_row(stages="review:2026-10-01", mobile=""))
    council.house.clock.move(timedelta(days=40))
    assert council.brings(a_row(stages="review:2026-10-01")).invitations == 0
    assert council.invitations()[0][2:] == ("not_asked", "no_mobile")


@pytest.mark.parametrize("reason", ["opted_out", "asked_recently"])
def test_what_no_list_can_put_right_stands(council: Council, reason: str):
    council.brings(a_row(stages="review:2026-10-01", mobile=""))
    with council.house.database.writing() as session:
        session.execute(update(Invitation).values(not_asked_because=reason))
    assert council.brings(a_row(stages="review:2026-10-01")).invitations == 0
    assert council.invitations()[0][3] == reason


def test_a_new_number_for_someone_whose_old_one_was_a_strangers(council: Council):
    council.brings(a_row(stages="review:2026-10-01"))
    with council.house.database.writing() as session:
        session.execute(update(Person).values(safe_contact="none"))
    assert council.house.ask() == 0, "settled at the last moment"
    assert council.brings(a_row(stages="review:2026-10-01", mobile="07700 900200")).invitations == 1
    assert council.rows(Invitation.status, Invitation.settled_at) == [("offered", None)]
    assert council.house.ask() == 1


def test_each_of_these_changes_nothing_the_second_time(council: Council):
    rows = [a_row(stages="closure:2026-10-01", mobile=""), a_young_person(stages="closure:2026-10-01")]
    later = [{**row, "stages": "closure:2026-10-02"} for row in rows]
    council.brings(*rows)
    assert council.brings(*later).changed == 1
    before = council.invitations(), council.rows(StageEvent.happened_on), council.rows(AuditEntry.what)
    assert council.brings(*later).unchanged == 2
    assert (council.invitations(), council.rows(StageEvent.happened_on), council.rows(AuditEntry.what)) == before
