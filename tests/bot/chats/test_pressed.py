"""What a page shows of buttons, of whoever would rather not, and of who reads the answers."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.chats.scene import bubbles
from bot.conversation.opening import who_reads
from bot.conversation.state import State
from store.talks.chats import Words
from surveys.rendering import as_asked, as_asked_apart
from tests.bot.chats.rooms import Room, words_of
from tests.builders import make_case
from tests.shipped import CATALOGUE

AT = datetime(2026, 10, 6, 15, 30, tzinfo=UTC)


def test_what_was_pressed_is_known_as_pressed(room: Room):
    token, _ = room.begun(make_case(room.house).person_id)
    room.say(token, "SKIP")
    scene = room.say(token, "END")
    assert [bubble.pressed for bubble in scene.bubbles if bubble.mine] == ["skip", "stop"]


def test_going_back_is_offered_only_where_it_leads_somewhere(room: Room):
    token, scene = room.begun(make_case(room.house).person_id)
    assert not scene.may_go_back
    assert room.say(token, "7").may_go_back
    assert not room.say(token, "BACK").may_go_back, "the first question"
    scene = room.say(token, "3")
    assert scene.asked is not None
    assert scene.asked.id == "q2"
    assert not scene.may_go_back, "to the first question again"


def test_words_that_were_typed_while_nothing_was_asked_stay_as_they_are():
    survey = CATALOGUE.get("parent_review")
    state = State.new(survey, {}, channel="web").but(phase="paused")
    (shown,) = bubbles(state, survey.spoken("en", "web"), [Words(mine=True, text="SKIP", at=AT)])
    assert (shown.text, shown.pressed) == ("SKIP", None)


def test_whoever_would_rather_not_is_told_that_it_is_fine_and_sees_no_question(room: Room):
    token = room.link(make_case(room.house).person_id)
    room.chats.say(token, "", None, "END")
    room.house.service.outbox.drain()
    scene = room.scene(token)
    assert [bubble.mine for bubble in scene.bubbles] == [False]
    assert words_of(scene)[0].startswith("OK, no more questions now.")


def test_the_cover_says_who_reads_the_answers(room: Room):
    scene = room.scene(room.link(make_case(room.house).person_id))
    assert "manager reads the answers" in " ".join(scene.opening)


def test_the_cover_says_so_to_somebody_who_was_told_before():
    for survey_id in ("parent_review", "yp_11_15_review"):
        survey = CATALOGUE.get(survey_id)
        state = State.new(survey, {"worker": "Sam"}, channel="web")
        assert who_reads(state, survey.spoken("en", "web")).text == "Sam's manager reads the answers."
    partner = CATALOGUE.get("partner_six_monthly")
    assert who_reads(State.new(partner, {}, channel="web"), partner.spoken("en", "web")) is None


def test_a_question_that_reads_on_into_its_options_is_left_open_where_they_stand_apart_only():
    survey = CATALOGUE.get("parent_review")
    (question,) = [each for each in survey.questions if each.ask == "Since we started, have things got"]
    assert as_asked_apart(question, 2, 8).words == "Since we started, have things got …"
    assert "…" not in as_asked(question, 2, 8)
