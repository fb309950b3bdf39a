"""What a campaign asks of a family is read by whom they are told of: the manager of their worker."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update

from bot.access import Viewer
from bot.shown import alert_views, answers
from bot.tagging import tag_waiting
from store.tables import Case, Invitation, Participant
from tests.bot.campaigns.making import LONG_AGO, PARENTS, look, make, start
from tests.bot.campaigns.town import ask
from tests.bot.digesting import everything_said, make_due, page
from tests.builders import MUM, House, MadeCase, make_case

WORDS = "5 the play sessions"
CONDUCT = "1 my worker touched me and said not to tell"


@pytest.fixture
def made(house: House) -> MadeCase:
    """A parent who has been asked by a campaign, and begins."""
    made = make_case(house, reached=LONG_AGO)
    start(house, make(house, PARENTS), 1)
    assert ask(house) == 1
    house.text("GO")
    return made


def read_by(house: House, staff_id: int) -> list[str | None]:
    with house.database.reading() as session:
        viewer = Viewer(staff_id, "manager")
        return [each.words for each in answers.latest(session, viewer, catalogue=house.service.catalogue).answers]


def test_a_family_is_told_who_reads_and_that_manager_reads_it(house: House, made: MadeCase) -> None:
    assert "Sam's manager reads the answers." in house.said()[0]
    other = make_case(house, reference="EH-2", mobile=None)
    house.text(WORDS)
    assert read_by(house, made.manager_id) == [WORDS]
    assert read_by(house, other.manager_id) == []


def test_it_stands_in_the_digest_of_that_manager_but_is_no_stage_there(house: House, made: MadeCase) -> None:
    house.text(WORDS)
    tag_waiting(house.database, house.clock)
    make_due(house)
    digest = page(house, made.manager_id)
    assert everything_said(digest) == [WORDS]
    assert {line.row.reached for line in digest.view.coverage} == {0}


def test_what_it_says_of_a_workers_conduct_is_kept_from_those_who_lead_them(house: House, made: MadeCase) -> None:
    house.text(CONDUCT)
    duty = Viewer(make_case(house, reference="EH-2", mobile=None).manager_id, "duty")
    with house.database.reading() as session:
        [line] = alert_views.recent(session, duty)
        assert alert_views.recent(session, Viewer(made.manager_id, "duty")) == []
    seen = alert_views.look_at(house.service, line.reference, duty)
    assert seen is not None
    assert (seen.case_reference, seen.worker) == ("EH-1001", "Sam Worker")
    assert read_by(house, made.manager_id) == []


def test_of_several_cases_the_latest_that_is_open_counts(house: House) -> None:
    first, second, third = (
        make_case(house, reference=reference, reached=LONG_AGO, mobile=mobile)
        for reference, mobile in (("EH-1", MUM), ("EH-2", None), ("EH-3", None))
    )
    with house.database.writing() as session:
        session.execute(update(Participant).values(person_id=first.person_id))
        session.get_one(Case, third.case_id).status = "closed"
    campaign = make(house, PARENTS)
    assert look(house, campaign).people == 1
    start(house, campaign, 1)
    with house.database.reading() as session:
        invited = session.scalars(select(Invitation).where(Invitation.campaign_id == campaign)).one()
    assert (invited.case_id, invited.unit_id) == (second.case_id, second.unit_id)
    assert (invited.worker_id, invited.line_manager_id) == (second.worker_id, second.manager_id)
