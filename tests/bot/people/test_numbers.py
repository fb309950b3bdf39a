"""A family is never texted on the number of a colleague, of a partner, or of half the district (scenario 6)."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update

from bot import jobs
from bot.campaigns import triage
from bot.cases.keep import Keeper
from bot.cases.rows import ALL_COLUMNS, CaseRow, read_row
from bot.people import numbers
from bot.refusals import Refused
from store.session import Session
from store.tables import ContactPoint, Participant, PartnerOrganisation, Person
from tests.bot.cases.lists import a_row
from tests.bot.people.acting import add, hire, log, notes, point, stands
from tests.bot.talks.playing import answers, at, begin, history, remind, reply
from tests.builders import COUNCIL, DEFINITIONS, DUTY_MOBILE, MUM, House, make_case

OURS, THEIRS, FREE = "+447700900801", "+447700900802", "+447700900803"


def partner(house: House, mobile: str = THEIRS) -> int:
    """Add a partner organisation's contact."""
    with house.database.writing() as session:
        school = PartnerOrganisation(name=f"School {mobile}", kind="school", added_on=at(1, 9).date())
        session.add(school)
        session.flush()
        head = Person(name="Pat", language="en", safe_contact="text", organisation_id=school.id)
        session.add(head)
        session.flush()
        session.add(ContactPoint(person_id=head.id, channel="sms", address=mobile))
        return head.id


def wrong_with(house: House, mobile: str, person_id: int | None = None) -> str | None:
    with house.database.reading() as session:
        found = numbers.problem_with(session, mobile, person_id=person_id)
        return found.kind if found else None


def closed_by_the_clock(house: House, mobile: str) -> str | None:
    """Why the clock closes a number for a family that has had it for longer; None where it leaves it to them."""
    case = make_case(house, reference="EH-9", mobile=mobile)
    jobs.run("numbers", house.service, house.clock)
    with house.database.reading() as session:
        return session.scalars(
            select(ContactPoint.closed_because).where(ContactPoint.person_id == case.person_id)
        ).one()


def families(house: House, number: int, mobile: str = MUM) -> None:
    for each in range(number):
        make_case(house, reference=f"EH-{each}", mobile=mobile)


@pytest.mark.parametrize(
    ("mobile", "kind"),
    [(OURS, "worker_number"), (THEIRS, "partner_number"), (FREE, None), (OURS[:-1] + "9", None)],
)
def test_whose_a_number_is(house: House, mobile: str, kind: str | None):
    hire(house, OURS)
    partner(house)
    assert wrong_with(house, mobile) == kind


def test_a_number_that_turns_out_to_be_the_desks_a_colleagues_or_a_partners_is_closed_by_the_clock(house: House):
    for reference, mobile in (("EH-1", DUTY_MOBILE), ("EH-2", OURS), ("EH-3", THEIRS), ("EH-4", FREE)):
        make_case(house, reference=reference, mobile=mobile)
    hire(house, OURS)
    partner(house)
    assert numbers.close_those_of_others(house.database, None, house.clock.now()) == 2
    assert jobs.run("numbers", house.service, house.clock) == 1, "the desk's is set by now"
    assert jobs.run("numbers", house.service, house.clock) == 0
    with house.database.reading() as session:
        closed = session.execute(select(ContactPoint.address, ContactPoint.closed_because)).all()
    kinds = {(DUTY_MOBILE, "worker_number"), (OURS, "worker_number"), (THEIRS, "partner_number"), (FREE, None)}
    assert set(closed) == kinds | {(THEIRS, None)}, "the partner goes on using theirs"
    assert [code for _, code in notes(house)] == ["worker_number", "partner_number", "worker_number"]


@pytest.mark.parametrize(("closed_because", "kind"), [(None, "partner_number"), ("left", None), ("replaced", None)])
def test_a_number_that_a_partner_has_left_may_be_a_familys(house: House, closed_because: str | None, kind: str | None):
    head = partner(house)
    with house.database.writing() as session:
        session.execute(
            update(ContactPoint).where(ContactPoint.person_id == head).values(closed_because=closed_because)
        )
    assert wrong_with(house, THEIRS) == kind
    assert closed_by_the_clock(house, THEIRS) == kind, "by the same rule when it was given before"


@pytest.mark.parametrize(("organisation", "kind"), [("A school", "partner_number"), ("", None)])
def test_the_number_of_an_organisation_that_sent_us_a_request_is_no_familys(
    house: House, organisation: str, kind: str | None
):
    """Whoever names no organisation may be a parent who has asked for support themselves."""
    columns = "reference,decided_on,district,outcome,name,organisation,email,mobile"
    data = f"{columns}\nT-1,2026-10-05,Northwold,early help,Al,{organisation},,{THEIRS}\n".encode()
    with house.database.writing() as session:
        done = triage.import_list(session, data, catalogue=DEFINITIONS, council=COUNCIL, now=house.clock.now())
    assert done.added == 1
    assert wrong_with(house, THEIRS) == kind
    assert closed_by_the_clock(house, THEIRS) == kind


def test_the_number_of_the_duty_desk_is_no_familys(house: House):
    told = {"catalogue": DEFINITIONS, "council": COUNCIL}
    values = dict.fromkeys(ALL_COLUMNS, "") | a_row(mobile=f"0{DUTY_MOBILE[3:]}")
    row = read_row(values, 2, at(1, 9).date())
    assert isinstance(row, CaseRow)
    with pytest.raises(Refused) as refused, house.database.writing() as session:
        Keeper(**told, now=house.clock.now()).keep(session, row)
    assert [(problem.field, problem.kind) for problem in refused.value.problems] == [("mobile", "worker number")]


def test_a_partners_contact_keeps_a_number_that_colleagues_share_but_never_ours(house: House):
    head, deputy = partner(house), partner(house, FREE)
    assert wrong_with(house, THEIRS, head) is None
    assert wrong_with(house, THEIRS, deputy) is None
    hire(house, FREE)
    assert wrong_with(house, FREE, deputy) == "worker_number"


@pytest.mark.parametrize(("sharing", "kind"), [(0, None), (4, None), (5, "shared_by_many"), (7, "shared_by_many")])
def test_a_sixth_family_on_one_number_is_one_too_many(house: House, sharing: int, kind: str | None):
    families(house, sharing)
    assert wrong_with(house, MUM) == kind


@pytest.mark.parametrize(("sharing", "kind"), [(5, None), (6, "shared_by_many")])
def test_who_has_it_already_is_counted_once(house: House, sharing: int, kind: str | None):
    families(house, sharing)
    assert wrong_with(house, MUM, person_id=1) == kind


def test_cases_with_a_person_in_common_are_one_family(house: House):
    families(house, 8)
    with house.database.writing() as session:
        session.add_all([Participant(case_id=case, person_id=1, role="parent_carer") for case in range(2, 9)])
    assert wrong_with(house, MUM) is None
    assert wrong_with(house, MUM, person_id=8) is None


def test_who_has_left_a_number_counts_no_more(house: House):
    families(house, 6)
    with house.database.writing() as session:
        session.get_one(ContactPoint, 1).closed_because = "replaced"
    assert wrong_with(house, MUM, person_id=2) is None


def taken(house: House, mobile: str = MUM) -> int:
    with house.database.writing() as session:
        return numbers.taken_by_staff(session, mobile, house.clock.now())


def test_a_number_that_turns_out_to_be_a_colleagues_is_closed_and_its_team_told(house: House):
    begin(house)
    said = house.said()
    assert [taken(house), taken(house)] == [1, 0]
    assert point(house).closed_because == "worker_number"
    assert notes(house) == [("EH-1001", "worker_number")]
    assert log(house) == [(None, "closed a number: worker_number", "person 1")]
    assert history(house)[-1] == ("asked", "unreachable", "worker_number")
    house.clock.at = at(12, 12)
    assert remind(house) == 0
    assert house.said() == said


def test_a_colleague_who_answers_is_asked_nothing_about_themselves(house: House):
    begin(house, "GO", "7")
    taken(house)
    reply(house, "9")
    assert answers(house) == {"q1": 7}
    assert history(house)[-1][1] == "partly_answered"


def test_whoever_else_is_asked_on_another_number_goes_on(house: House):
    make_case(house, mobile=FREE)
    begin(house, reference="EH-2")
    taken(house, FREE)
    assert [stands(house)[0], stands(house, 2)[0]] == ["unreachable", "asked"]


def test_who_was_to_be_asked_there_is_not_and_coverage_says_why(house: House):
    make_case(house)
    taken(house)
    assert house.ask() == 0
    assert stands(house) == ("not_asked", "worker_number")


def test_a_partners_own_contact_keeps_a_number_that_was_taken(house: House):
    head = partner(house)
    child = add(house, mobiles=(FREE,), safe_contact="text")
    with house.database.writing() as session:
        session.scalars(select(ContactPoint).where(ContactPoint.person_id == child)).one().address = THEIRS
        assert numbers.taken_by_staff(session, THEIRS, house.clock.now()) == 1
    assert (point(house, child).closed_because, point(house, head).closed_because) == ("worker_number", None)


def test_no_answer_holds_the_number(house: House):
    hire(house, OURS)

    def told(session: Session) -> str:
        found = numbers.problem_with(session, OURS)
        assert found is not None
        return " ".join(found)

    with house.database.reading() as session:
        assert OURS[-6:] not in told(session)
