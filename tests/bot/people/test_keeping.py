"""A person is kept whole, or refused with everything that is wrong and what to write instead."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from bot.people.keeping import Refused
from store.council import details
from store.council.details import Details
from store.tables import ContactPoint, Person
from tests.bot.people.acting import add, change, hire, log
from tests.builders import House

OURS, FIRST, SECOND = "+447700900801", "+447700900010", "+447700900011"


def kept(house: House, person_id: int) -> Details | None:
    with house.database.writing() as session:
        return details.of(session, person_id)


def addresses(house: House, person_id: int) -> dict[str, str | None]:
    with house.database.reading() as session:
        rows = session.scalars(select(ContactPoint).where(ContactPoint.person_id == person_id))
        return {row.address: row.closed_because for row in rows}


def test_what_is_given_is_kept(house: House):
    made = add(
        house,
        name=" Agnieszka ",
        birth_date=date(1990, 2, 1),
        language="pl",
        easy_read=True,
        safe_contact="discreet",
        safe_contact_note="Ring first.",
        preferred_channel="sms",
        mobiles=(FIRST, FIRST),
        emails=("Jo@Family.example",),
        reference="P-7",
    )
    born = date(1990, 2, 1)
    assert kept(house, made) == Details("P-7", "Agnieszka", born, None, "pl", True, "discreet", "Ring first.", "sms")
    assert addresses(house, made) == {FIRST: None, "jo@family.example": None}


def test_nothing_is_safe_to_text_until_somebody_says_so(house: House):
    found = kept(house, add(house, mobiles=(FIRST,)))
    assert found is not None
    assert found.safe_contact == "none"


@pytest.mark.parametrize(
    ("given", "field", "kind"),
    [
        ({"name": "  "}, "name", "blank"),
        ({"name": "x" * 41}, "name", "too long"),
        ({"name": "Sam\u202eevil"}, "name", "holds hidden characters"),
        ({"birth_date": date(2026, 10, 7)}, "birth_date", "in the future"),
        ({"birth_date": date(1899, 12, 31)}, "birth_date", "too long ago"),
        ({"age_band": "teen"}, "age_band", "not one of the choices"),
        ({"language": "Polish"}, "language", "not a language code"),
        ({"safe_contact": "maybe"}, "safe_contact", "not one of the choices"),
        ({"safe_contact_note": "x" * 2001}, "safe_contact_note", "too long"),
        ({"preferred_channel": "pigeon"}, "preferred_channel", "not one of the choices"),
        ({"mobiles": ("01622 900123",)}, "mobiles", "landline"),
        ({"mobiles": ("+441622 690691",)}, "mobiles", "landline"),
        ({"mobiles": ("07700 900010",)}, "mobiles", "not in full"),
        ({"mobiles": ("seven",)}, "mobiles", "not a number"),
        ({"mobiles": (OURS,)}, "mobiles", "worker_number"),
        ({"emails": ("jo at family",)}, "emails", "not an e-mail address"),
        ({"reference": " "}, "reference", "blank"),
    ],
)
def test_what_is_wrong_is_refused_and_changes_nothing(house: House, given: dict, field: str, kind: str):
    hire(house, OURS)
    with pytest.raises(Refused) as refused:
        add(house, **given)
    (problem,) = refused.value.problems
    assert (problem.field, problem.kind) == (field, kind)
    assert problem.instead
    with house.database.reading() as session:
        assert session.scalars(select(Person)).all() == []


@pytest.mark.parametrize(
    "given",
    [
        {"name": "x" * 40},
        {"birth_date": date(2026, 10, 6)},
        {"language": "rom"},
        {"language": "pt-br"},
        {"mobiles": (FIRST, SECOND)},
        {"age_band": "11-15"},
    ],
)
def test_near_misses_are_kept(house: House, given: dict):
    assert add(house, **given)


def test_all_faults_are_told_at_once_and_none_repeats_what_was_written(house: House):
    with pytest.raises(Refused) as refused:
        add(house, name="", mobiles=("01622 690691",), emails=("nobody",))
    assert [problem.field for problem in refused.value.problems] == ["name", "emails", "mobiles"]
    assert not {"690691", "nobody"} & set(str(refused.value).replace(":", " ").split())


def test_a_reference_is_one_persons(house: House):
    add(house, reference="P-7")
    other = add(house, reference="P-8")
    for keep in (lambda: add(house, reference="P-7"), lambda: change(house, other, reference="P-7")):
        with pytest.raises(Refused) as refused:
            keep()
        assert refused.value.problems[0].kind == "taken"
    found = kept(house, other)
    assert found is not None
    assert found.reference == "P-8"


def test_the_same_again_is_no_change(house: House):
    made = add(house, mobiles=(FIRST,), safe_contact="text")
    assert not change(house, made, mobiles=(FIRST,), safe_contact="text")
    assert change(house, made, mobiles=(FIRST,), safe_contact="none")


def test_a_number_that_is_left_out_is_used_no_more_and_given_again_it_is(house: House):
    made = add(house, mobiles=(FIRST,))
    assert change(house, made, mobiles=(SECOND,))
    assert addresses(house, made) == {FIRST: "replaced", SECOND: None}
    assert change(house, made, mobiles=(FIRST, SECOND))
    assert addresses(house, made) == {FIRST: None, SECOND: None}
    assert change(house, made)
    assert addresses(house, made) == {FIRST: "removed", SECOND: "removed"}


def test_a_strangers_number_stays_closed_however_often_it_is_given(house: House):
    made = add(house, mobiles=(FIRST,))
    with house.database.writing() as session:
        session.scalars(select(ContactPoint)).one().closed_because = "wrong_number"
    assert not change(house, made, mobiles=(FIRST,))
    assert addresses(house, made) == {FIRST: "wrong_number"}


def test_nobody_is_changed_who_is_not_kept(house: House):
    with pytest.raises(Refused) as refused:
        change(house, 77)
    assert refused.value.problems[0].field == "person"


def test_what_is_done_by_hand_is_logged_without_a_name(house: House):
    worker = hire(house, OURS)
    made = add(house, worker, name="Agnieszka")
    change(house, made, worker, name="Agnieszka")
    change(house, made, worker, name="Aga")
    change(house, made, name="Agnes")
    assert log(house) == [("Al", "changed a person", f"person {made}"), ("Al", "added a person", f"person {made}")]
