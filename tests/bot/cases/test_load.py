"""Importing: what a list leaves behind, the second time, and when rows are wrong."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text, update

from bot.cases.load import SHARED_BY_MANY
from bot.clock import SetClock
from store.session import Database, DatabaseFault
from store.tables import Case, ContactPoint, Invitation, Participant, Person, Staff, StageEvent, Unit
from tests.bot.cases.lists import a_row, a_young_person, import_file, import_rows

TABLES = (Unit, Staff, Case, Participant, Person, ContactPoint, StageEvent, Invitation)


def everything(database: Database) -> dict[str, list[Any]]:
    with database.reading() as session:
        return {
            table.__tablename__: [tuple(row) for row in session.execute(select(table.__table__).order_by("id"))]
            for table in TABLES
            if "id" in table.__table__.c
        }


def column(database: Database, *columns: Any) -> list[Any]:
    with database.reading() as session:
        return [tuple(row) for row in session.execute(select(*columns).order_by(columns[0].class_.id))]


def test_a_list_adds_units_staff_cases_people_and_invitations(database: Database, clock: SetClock, tmp_path: Path):
    summary = import_rows(database, clock, tmp_path, a_row(), a_young_person())
    assert (summary.rows, summary.added, summary.invitations, summary.refused) == (2, 2, 4, [])
    assert column(database, Unit.service, Unit.district, Unit.name) == [("Early Help", "Northwold", "Harbour unit")]
    assert sorted(column(database, Staff.email, Staff.role)) == [
        ("jo.bright@council.example", "worker"),
        ("owen.hope@council.example", "manager"),
    ]
    assert column(database, Person.name, Person.language) == [("Agnieszka", "pl"), ("Sam", "en")]
    assert column(database, StageEvent.stage, StageEvent.happened_on) == [
        ("assessment", date(2026, 8, 3)),
        ("review", date(2026, 10, 1)),
    ]
    statuses = column(database, Invitation.audience, Invitation.stage, Invitation.status, Invitation.not_asked_because)
    assert [status[:2] for status in statuses] == [
        ("parent_carer", "assessment"),
        ("parent_carer", "review"),
        ("young_person", "assessment"),
        ("young_person", "review"),
    ]
    assert statuses[0][2:] == ("not_asked", "too_long_ago")
    assert statuses[1][2:] == ("offered", None)


def test_the_same_list_a_second_time_changes_nothing(database: Database, clock: SetClock, tmp_path: Path):
    rows = [a_row(safe_contact_note="As she said"), a_young_person(), a_row(case_reference="EH-2", mobile="")]
    import_rows(database, clock, tmp_path, *rows)
    before = everything(database)
    clock.move(timedelta(days=1))
    summary = import_rows(database, clock, tmp_path, *rows)
    assert (summary.unchanged, summary.invitations) == (3, 0)
    assert everything(database) == before


def test_a_new_mobile_replaces_the_former_one_and_may_come_back(database: Database, clock: SetClock, tmp_path: Path):
    points = (ContactPoint.address, ContactPoint.closed_because)
    import_rows(database, clock, tmp_path, a_row())
    assert import_rows(database, clock, tmp_path, a_row(mobile="07700 900200")).changed == 1
    assert column(database, *points) == [("+447700900123", "replaced"), ("+447700900200", None)]
    assert import_rows(database, clock, tmp_path, a_row()).changed == 1
    assert column(database, *points) == [("+447700900123", None), ("+447700900200", "replaced")]
    assert import_rows(database, clock, tmp_path, a_row(mobile="")).changed == 1
    assert column(database, *points) == [("+447700900123", "removed"), ("+447700900200", "replaced")]


def test_a_number_found_to_be_wrong_stays_closed_however_often_a_list_repeats_it(
    database: Database, clock: SetClock, tmp_path: Path
):
    import_rows(database, clock, tmp_path, a_row())
    with database.writing() as session:
        session.execute(update(ContactPoint).values(closed_because="wrong_number"))
    summary = import_rows(database, clock, tmp_path, a_row(stages="review:2026-10-01; closure:2026-10-05"))
    assert column(database, ContactPoint.closed_because) == [("wrong_number",)]
    assert summary.invitations == 1
    assert column(database, Invitation.stage, Invitation.not_asked_because)[-1] == ("closure", "no_mobile")


def test_what_a_later_list_says_of_case_and_staff_is_kept(database: Database, clock: SetClock, tmp_path: Path):
    import_rows(database, clock, tmp_path, a_row())
    later = a_row(
        unit="Mill unit",
        level="specialist",
        worker_name="Uma Reed",
        worker_email="uma.reed@council.example",
        line_manager_name="Owen Hope-Gill",
        language="en",
        safe_contact="none",
    )
    assert import_rows(database, clock, tmp_path, later).changed == 1
    assert column(database, Case.level, Case.unit_id) == [("specialist", 2)]
    staff = {email: (name, manager) for _, email, name, manager in _staff(database)}
    ids = {email: staff_id for staff_id, email, _, _ in _staff(database)}
    assert staff["owen.hope@council.example"] == ("Owen Hope-Gill", None)
    assert staff["uma.reed@council.example"] == ("Uma Reed", ids["owen.hope@council.example"])
    assert column(database, Case.worker_id) == [(ids["uma.reed@council.example"],)]
    assert column(database, Person.language, Person.safe_contact) == [("en", "none")]
    made_before = column(database, Invitation.worker_id)
    assert made_before == [(ids["jo.bright@council.example"],)] * 2, "an invitation keeps the worker of its day"


def _staff(database: Database) -> list[Any]:
    return column(database, Staff.id, Staff.email, Staff.name, Staff.line_manager_id)


def test_nobodys_role_is_lowered(database: Database, clock: SetClock, tmp_path: Path):
    import_rows(database, clock, tmp_path, a_row())
    with database.writing() as session:
        session.execute(update(Staff).where(Staff.email == "jo.bright@council.example").values(role="duty"))
    swapped = a_row(
        case_reference="EH-2",
        worker_name="Owen Hope",
        worker_email="owen.hope@council.example",
        line_manager_name="Jo Bright",
        line_manager_email="jo.bright@council.example",
    )
    import_rows(database, clock, tmp_path, swapped)
    assert dict(column(database, Staff.email, Staff.role)) == {
        "owen.hope@council.example": "manager",
        "jo.bright@council.example": "duty",
    }


def test_a_stage_that_a_later_list_lacks_stays(database: Database, clock: SetClock, tmp_path: Path):
    import_rows(database, clock, tmp_path, a_row())
    assert import_rows(database, clock, tmp_path, a_row(stages="")).unchanged == 1
    assert len(column(database, StageEvent.stage)) == 2


def test_a_new_stage_is_offered_to_those_too_who_are_not_in_the_later_list(
    database: Database, clock: SetClock, tmp_path: Path
):
    import_rows(database, clock, tmp_path, a_row(), a_young_person(safe_contact="none"))
    summary = import_rows(database, clock, tmp_path, a_row(stages="closure:2026-10-05"))
    assert (summary.changed, summary.invitations) == (1, 2)
    assert column(database, Invitation.audience, Invitation.stage)[-2:] == [
        ("parent_carer", "closure"),
        ("young_person", "closure"),
    ]


def test_two_people_may_share_a_phone(database: Database, clock: SetClock, tmp_path: Path):
    summary = import_rows(database, clock, tmp_path, a_row(), a_young_person(mobile="07700 900123"))
    assert (summary.added, summary.refused) == (2, [])
    assert len(column(database, ContactPoint.address)) == 2


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"unit": "Mill unit"}, "unit"),
        ({"level": "universal"}, "level"),
        ({"worker_email": "uma.reed@council.example"}, "worker_email"),
        ({"stages": "assessment:2026-08-03"}, "stages"),
        ({"line_manager_email": "al.ward@council.example"}, "line_manager_email"),
        ({"worker_name": "Joanna Bright"}, "worker_name"),
        ({"line_manager_name": "O. Hope"}, "line_manager_name"),
        ({"participant_role": "parent_carer", "name_to_use": "Agnieszka", "birth_date": ""}, "name_to_use"),
    ],
)
def test_a_row_that_differs_from_an_earlier_one_is_refused(
    sqlite: Database, clock: SetClock, tmp_path: Path, changes: dict[str, str], name: str
):
    summary = import_rows(sqlite, clock, tmp_path, a_row(), a_young_person(**changes))
    assert (summary.added, summary.refused_rows) == (1, 1)
    assert [(refusal.line, refusal.column) for refusal in summary.refused] == [(3, name)]
    assert column(sqlite, Person.name) == [("Agnieszka",)]


def test_a_refused_row_binds_no_later_one(sqlite: Database, clock: SetClock, tmp_path: Path):
    refused = a_row(level="universal", mobile="020 7946 0018")
    summary = import_rows(sqlite, clock, tmp_path, refused, a_young_person())
    assert (summary.added, summary.refused_rows) == (1, 1)


def test_a_refused_row_changes_nothing_and_the_others_are_kept(database: Database, clock: SetClock, tmp_path: Path):
    import_rows(database, clock, tmp_path, a_row())
    before = everything(database)
    wrong = a_row(level="specialist", unit="Mill unit", mobile="0", worker_email="uma.reed@council.example")
    short = "EH-9,Early Help"
    path = tmp_path / "case-list.csv"
    import_rows(database, clock, tmp_path, wrong)
    assert everything(database) == before
    path.write_text(path.read_text(encoding="utf-8") + short + "\n", encoding="utf-8")
    summary = import_file(database, clock, path)
    assert [(refusal.line, refusal.column) for refusal in summary.refused] == [(2, "mobile"), (3, "row")]
    assert everything(database) == before


def test_a_file_that_breaks_off_half_way_loses_the_row_that_is_broken(
    database: Database, clock: SetClock, tmp_path: Path
):
    import_rows(database, clock, tmp_path, a_row(), a_young_person(), a_young_person(case_reference="EH-2"))
    before = everything(database)
    path = tmp_path / "case-list.csv"
    path.write_bytes(path.read_bytes() + b'EH-3,"Early')
    summary = import_file(database, clock, path)
    assert [str(refusal).split(" - ")[0] for refusal in summary.refused] == [
        "line 5, row: the quotation mark that opens on line 5 is not closed"
    ]
    assert (summary.rows, summary.unchanged, summary.refused_rows) == (4, 3, 1)
    assert everything(database) == before


def test_a_row_that_the_database_cannot_keep_is_refused_and_the_others_are_kept(
    sqlite: Database, clock: SetClock, tmp_path: Path
):
    with sqlite.writing() as session:
        session.execute(
            text(
                "CREATE TRIGGER fault BEFORE INSERT ON people WHEN NEW.name = 'Zebra' "
                "BEGIN SELECT RAISE(ABORT, 'Zebra'); END"
            )
        )
    others = {"unit": "Mill unit", "worker_email": "uma.reed@council.example"}
    rows = [
        a_row(),
        a_row(case_reference="EH-2", name_to_use="Zebra", **others),
        a_row(case_reference="EH-3", name_to_use="Anna", **others),
    ]
    summary = import_rows(sqlite, clock, tmp_path, *rows)
    assert (summary.added, summary.refused_rows) == (2, 1)
    (refusal,) = summary.refused
    assert str(refusal).startswith(
        "line 3, row: the database could not keep it (IntegrityError) - import the file again"
    )
    assert column(sqlite, Case.reference) == [("EH-1",), ("EH-3",)]
    assert column(sqlite, Unit.name) == [("Harbour unit",), ("Mill unit",)]


def test_a_database_that_keeps_nothing_any_more_ends_the_import(sqlite: Database, clock: SetClock, tmp_path: Path):
    rows = [a_row(case_reference=f"EH-{number}") for number in range(20)]
    with sqlite.writing() as session:
        session.execute(text("DROP TABLE contact_points"))
    with pytest.raises(DatabaseFault):
        import_rows(sqlite, clock, tmp_path, *rows)


def test_a_number_is_refused_for_more_families_than_share_one_and_kept_for_those_who_have_it(
    database: Database, clock: SetClock, tmp_path: Path
):
    rows = [a_row(case_reference=f"EH-{case}", name_to_use=f"Ann{case}") for case in range(SHARED_BY_MANY)]
    assert import_rows(database, clock, tmp_path, *rows).shared_numbers == 0
    summary = import_rows(database, clock, tmp_path, *rows, a_row(case_reference="EH-99"))
    assert [(refusal.line, refusal.column, refusal.kind) for refusal in summary.refused] == [
        (SHARED_BY_MANY + 2, "mobile", "shared by many")
    ]
    assert summary.unchanged == SHARED_BY_MANY


def test_numbers_that_are_not_of_the_councils_country_are_counted(database: Database, clock: SetClock, tmp_path: Path):
    jersey = a_row(case_reference="EH-2", mobile="07797 712345")
    ireland = a_row(case_reference="EH-3", mobile="+353 85 123 4567")
    assert import_rows(database, clock, tmp_path, a_row(), jersey, ireland).numbers_abroad == 2


def test_nothing_that_stands_in_a_row_is_logged(
    sqlite: Database, clock: SetClock, tmp_path: Path, caplog: pytest.LogCaptureFixture
):
    caplog.set_level("DEBUG")
    row = a_row(name_to_use="Zebra", safe_contact_note="Zebra", case_reference="Zebra")
    import_rows(sqlite, clock, tmp_path, row, a_row(name_to_use="Zebra", level="Zebra", mobile="Zebra"))
    assert "1 refused" in caplog.text
    assert "zebra" not in caplog.text.lower()
    assert "900123" not in caplog.text
