"""Alerts: who sees them, what is done about them, and what follows."""

import pytest
from sqlalchemy import select

from bot import alerts
from bot.access import Viewer
from bot.shown import alert_views
from store.tables import Alert, AlertStep, AuditEntry
from tests.builders import DEFINITIONS, DUTY_MOBILE, House, MadeCase, make_case

DUTY = Viewer(staff_id=1, role="duty")


def disclose(house: House, words: str = "1 but he hit me last night") -> MadeCase:
    made = make_case(house)
    house.ask()
    for text in ("GO", "7", words):
        house.text(text)
    return made


def reference(house: House) -> str:
    with house.database.reading() as session:
        return session.scalars(select(Alert.reference)).one()


def standing(house: House, viewer: Viewer) -> list[str]:
    with house.database.reading() as session:
        return [line.reference for line in alert_views.standing(session, viewer)]


def acknowledge(house: House, viewer: Viewer = DUTY) -> bool:
    with house.database.writing() as session:
        return alerts.acknowledge(session, reference(house), viewer, house.clock.now())


def release(house: House, viewer: Viewer = DUTY, note: str = "Rang, safe with her sister.") -> bool:
    with house.database.writing() as session:
        done = alerts.release(session, reference(house), viewer, note, catalogue=DEFINITIONS, now=house.clock.now())
    house.service.outbox.drain()
    return done


def test_an_alert_stands_until_someone_acknowledges_it(house: House) -> None:
    disclose(house)
    assert standing(house, DUTY) == [reference(house)]
    assert acknowledge(house)
    assert not acknowledge(house), "a second time changes nothing"
    assert standing(house, DUTY) == []
    with house.database.reading() as session:
        assert session.scalars(select(AlertStep.step).order_by(AlertStep.id)).all() == ["raised", "acknowledged"]


def test_a_manager_sees_the_alerts_of_his_own_workers_only(house: House) -> None:
    made = disclose(house)
    assert standing(house, Viewer(made.manager_id, "manager")) == [reference(house)]
    assert standing(house, Viewer(made.worker_id, "worker")) == []
    assert standing(house, Viewer(made.manager_id + 100, "manager")) == []


@pytest.mark.parametrize(
    ("words", "mobile_told"),
    [
        ("he adds me on snap n says dont tell my manager", False),
        ("my worker touched me and said not to tell", True),
    ],
)
def test_what_is_about_a_workers_conduct_is_hidden_from_the_manager(
    house: House, words: str, mobile_told: bool
) -> None:
    made = disclose(house, words)
    manager = Viewer(made.manager_id, "manager")
    assert standing(house, manager) == []
    assert standing(house, Viewer(made.manager_id + 100, "duty")) == [reference(house)]
    assert alert_views.look_at(house.service, reference(house), manager) is None
    assert house.email.sent[-1].address == "lead@council.example"
    assert bool(house.said(DUTY_MOBILE)) == mobile_told


def test_looking_at_an_alert_shows_the_words_and_is_written_down(house: House) -> None:
    made = disclose(house)
    desk = Viewer(made.worker_id, "duty")
    view = alert_views.look_at(house.service, reference(house), desk)
    assert view is not None
    assert view.words == "1 but he hit me last night"
    assert view.question == "Since we started, have things got"
    assert (view.person, view.who, view.case_reference) == ("Jo", "Parent or carer", "EH-1001")
    assert [line.text for line in view.thread if not line.mine] == ["GO", "7", "1 but he hit me last night"]
    assert not view.can_release, "acknowledge first"
    with house.database.reading() as session:
        entry = session.scalars(select(AuditEntry)).one()
        assert (entry.staff_id, entry.subject) == (desk.staff_id, view.reference)


def test_releasing_lets_the_conversation_go_on_where_it_was(house: House) -> None:
    disclose(house)
    assert not release(house), "acknowledge first"
    acknowledge(house)
    assert release(house)
    assert not release(house)
    assert "Welcome back" in house.said()[-2]
    assert house.said()[-1].startswith("3/8")
    house.text("2")
    assert house.said()[-1].startswith("4/8")


def test_a_conversation_stays_paused_while_another_alert_holds_it(house: House) -> None:
    disclose(house)
    first = reference(house)
    said = len(house.said())
    house.text("he has got a knife")
    assert len(house.said()) == said + 1, "the neutral reply again, and nothing else"
    with house.database.writing() as session:
        now = house.clock.now()
        assert alerts.acknowledge(session, first, DUTY, now)
        assert alerts.release(session, first, DUTY, "ok", catalogue=DEFINITIONS, now=now)
    house.service.outbox.drain()
    assert len(house.said()) == said + 1


def test_an_unknown_alert_is_nobodys(house: House) -> None:
    assert alert_views.look_at(house.service, "AAA-AAA", DUTY) is None
    with house.database.writing() as session:
        assert not alerts.acknowledge(session, "AAA-AAA", DUTY, house.clock.now())
