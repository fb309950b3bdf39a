"""Who reads what of an alert: the duty desk at once, a line manager after the release, and of conduct nothing."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from analysis.taxonomy import ORDER
from analysis.urgency import Concern as Found
from bot import alerts
from bot.access import Viewer
from bot.cover import rota
from bot.shown import alert_views
from bot.shown.alert_views import AlertView
from store import audit
from store.tables import Alert, Concern, Message
from tests.bot.cover.keeping import add_duty, add_shift, at
from tests.bot.writers import statements_of_writers
from tests.builders import COUNCIL, DEFINITIONS, House, MadeCase, make_case

DUTY = Viewer(staff_id=1, role="duty")
ADMINISTRATOR = Viewer(staff_id=1, role="administrator")


def talk(house: House, *texts: str) -> MadeCase:
    made = make_case(house)
    house.ask()
    for text in ("GO", *texts):
        house.text(text)
    return made


def references(house: House) -> list[str]:
    with house.database.reading() as session:
        return list(session.scalars(select(Alert.reference).order_by(Alert.id)))


def seen(house: House, reference: str, viewer: Viewer) -> AlertView:
    view = alert_views.look_at(house.service, reference, viewer)
    assert view is not None
    return view


def theirs(view: AlertView) -> list[str | None]:
    return [line.text for line in view.thread if not line.mine]


def deal_with(house: House, reference: str) -> None:
    with house.database.writing() as session:
        now = house.clock.now()
        assert alerts.acknowledge(session, reference, DUTY, now)
        assert alerts.release(session, reference, DUTY, "Seen.", catalogue=DEFINITIONS, now=now)


def test_a_manager_reads_that_there_is_an_alert_and_its_words_after_the_release(house: House) -> None:
    made = talk(house, "1 he hit me last night")
    (reference,) = references(house)
    manager = Viewer(made.manager_id, "manager")
    before = seen(house, reference, manager)
    assert before.held
    assert (before.reference, before.severity, before.case_reference) == (reference, "red_today", "EH-1001")
    assert (before.words, before.concerns, before.thread, before.person, before.address) == ("", [], [], None, "")
    assert "hit" not in repr(before)
    deal_with(house, reference)
    after = seen(house, reference, manager)
    assert after.words == "1 he hit me last night"
    assert theirs(after) == ["GO", "1 he hit me last night"]


def test_the_list_gives_a_manager_no_reason_before_the_release(house: House) -> None:
    made = talk(house, "1 he hit me last night")
    with house.database.reading() as session:
        assert [line.reason for line in alert_views.recent(session, Viewer(made.manager_id, "manager"))] == ["held"]
        assert [line.reason for line in alert_views.recent(session, DUTY)] == ["concern"]


def test_words_about_conduct_stand_in_no_thread_that_a_manager_or_an_administrator_reads(house: House) -> None:
    made = talk(house, "5 we have no money left", "1 the worker touched me and smelt of drink")
    money, conduct = references(house)
    deal_with(house, money)
    for viewer in (Viewer(made.manager_id, "manager"), ADMINISTRATOR):
        assert theirs(seen(house, money, viewer)) == ["GO", "5 we have no money left"]
        assert alert_views.look_at(house.service, conduct, viewer) is None
    duty = Viewer(add_duty(house.database), "duty")
    assert theirs(seen(house, money, duty))[-1] == "1 the worker touched me and smelt of drink"
    assert seen(house, conduct, duty).words == "1 the worker touched me and smelt of drink"


@pytest.mark.parametrize("role", ["duty", "administrator"])
def test_nobody_opens_what_is_said_of_their_own_work_or_of_those_they_lead_though_they_are_on_duty(
    house: House, role: str
) -> None:
    made = talk(house, "5 we have no money left", "1 the worker touched me and smelt of drink")
    money, conduct = references(house)
    for staff_id in (made.worker_id, made.manager_id):
        viewer = Viewer(staff_id, role, on_duty=True)
        assert alert_views.look_at(house.service, conduct, viewer) is None
        assert theirs(seen(house, money, viewer)) == ["GO", "5 we have no money left"]
        with house.database.reading() as session:
            assert [line.reference for line in alert_views.standing(session, viewer)] == [money]


def test_an_administrator_on_the_rota_deals_with_conduct_to_the_end_and_the_log_says_so(house: House) -> None:
    talk(house, "1 the worker touched me and smelt of drink")
    (conduct,) = references(house)
    email = "kim@council.example"
    kim = add_duty(house.database, email, role="administrator")
    add_shift(house.database, "2026-10-06 09:00", "2026-10-06 17:00", email)
    now = at("2026-10-06 12:00")
    with house.database.writing() as session:
        assert rota.is_on(session, kim, now)
        assert not rota.is_on(session, kim, at("2026-10-06 17:00"))
        assert not rota.is_on(session, kim + 1, now)
        assert not alerts.acknowledge(session, conduct, Viewer(kim, "administrator"), now), "not without a shift"
        assert alerts.acknowledge(session, conduct, Viewer(kim, "administrator", on_duty=True), now)
        assert audit.latest(session, 1)[0].what == "acknowledged an alert, on duty by the rota"
    after = Viewer(kim, "administrator")
    assert seen(house, conduct, after).can_release, "who took it on sees it to its end when the shift is over"
    with house.database.writing() as session:
        assert alerts.release(session, conduct, after, "Lead told.", catalogue=DEFINITIONS, now=now)
        assert audit.latest(session, 1)[0].what == "released an alert"


def test_another_unreleased_message_is_held_back_in_the_thread_that_a_manager_reads(house: House) -> None:
    made = talk(house, "5 we have no money left", "1 he hit me last night")
    money, _ = references(house)
    deal_with(house, money)
    assert theirs(seen(house, money, Viewer(made.manager_id, "manager"))) == ["GO", "5 we have no money left", None]
    assert theirs(seen(house, money, ADMINISTRATOR))[-1] == "1 he hit me last night"


def test_only_the_duty_desk_and_administrators_deal_with_alerts(house: House) -> None:
    made = talk(house, "1 he hit me last night")
    (reference,) = references(house)
    manager = Viewer(made.manager_id, "manager")
    now = house.clock.now()
    with house.database.writing() as session:
        assert not alerts.acknowledge(session, reference, manager, now)
        assert alerts.acknowledge(session, reference, ADMINISTRATOR, now)
        assert not alerts.release(session, reference, manager, "x", catalogue=DEFINITIONS, now=now)
    assert not seen(house, reference, manager).can_deal
    assert seen(house, reference, ADMINISTRATOR).can_release


@pytest.mark.parametrize(("texts", "paused"), [(("0",), False), (("1 he hit me last night",), True)])
def test_a_conversation_is_called_paused_where_it_is(house: House, texts: tuple[str, ...], paused: bool) -> None:
    make_case(house, audience="young_person", birth_date=date(2008, 1, 1))
    house.clock.at = house.clock.at.replace(hour=13)
    assert house.ask() == 1
    for text in ("GO", *texts):
        house.text(text)
    with house.database.reading() as session:
        assert [line.conversation_paused for line in alert_views.standing(session, DUTY)] == [paused]


def test_an_ended_conversation_is_not_paused(house: House) -> None:
    talk(house, "1 he hit me last night", "STOP")
    with house.database.reading() as session:
        assert [line.conversation_paused for line in alert_views.standing(session, DUTY)] == [False]


def test_looking_keeps_the_writers_lock_for_the_log_alone(house: House) -> None:
    talk(house, "1 he hit me last night")
    (reference,) = references(house)
    written = statements_of_writers(house)
    seen(house, reference, DUTY)
    assert [statement.split()[0] for statement in written] == ["INSERT"]


def test_a_message_raises_one_alert_and_a_second_raise_adds_to_it(house: House) -> None:
    talk(house, "5 we have no money left")
    (reference,) = references(house)
    with house.database.reading() as session:
        raised = session.scalars(select(Alert)).one()
    worse = alerts.NewAlert(
        raised.message_id, raised.conversation_id, "concern", (Found("danger", "red_now", "left"),), house.clock.now()
    )
    for _ in range(2):
        with house.database.writing() as session:
            assert alerts.raise_alert(session, worse, COUNCIL) == reference
    with house.database.reading() as session:
        assert session.scalars(select(Alert.severity)).all() == ["red_now"]
        assert session.scalar(select(func.count()).select_from(Concern)) == 3
        mails = session.scalars(select(Message.text).where(Message.kind == "alert", Message.channel == "email")).all()
    assert len(mails) == 2, "the desk is told again when it becomes more serious, once"
    assert "within 15 minutes" in mails[1]


def test_the_most_serious_alert_stands_first_then_the_oldest(house: House) -> None:
    for number, words in enumerate(("HELP", "1 he hit me last night", "HELP", "hes outside with a knife help us now")):
        mobile = f"+44770090010{number}"
        make_case(house, reference=f"EH-2{number}", mobile=mobile)
        house.ask()
        house.text("GO", mobile)
        house.text(words, mobile)
        house.clock.move(timedelta(minutes=5))
    with house.database.reading() as session:
        lines = alert_views.standing(session, DUTY)
    assert [(line.severity, line.reason) for line in lines[-2:]] == [("amber", "help")] * 2
    assert lines[-2].raised_at < lines[-1].raised_at
    assert {line.reason for line in lines[:2]} == {"concern"}
    assert [ORDER.index(line.severity) for line in lines] == sorted(ORDER.index(line.severity) for line in lines)


def test_a_mere_help_is_called_that_and_a_help_with_more_is_not(house: House) -> None:
    talk(house, "HELP", "help me he is hitting me")
    with house.database.reading() as session:
        newest, oldest = alert_views.recent(session, DUTY)
    assert (oldest.reason, newest.reason) == ("help", "concern")
    assert seen(house, oldest.reference, DUTY).reason == "help"
