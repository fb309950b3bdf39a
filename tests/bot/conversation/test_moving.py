"""A conversation that goes on elsewhere, what may be pressed on each channel, and words that answer nothing."""

from __future__ import annotations

import pytest

from bot.conversation.effects import Choices, Noticed, OptedOut, Say
from bot.conversation.events import Cancelled, Invited, Lapsed, MovedTo, Reply
from bot.conversation.state import State
from surveys.questions import Channel
from tests.bot.conversation.play import CATALOGUE, NAMES, REVIEW, YOUNG, Play

TO_TELEGRAM, TO_WEB = MovedTo("telegram"), MovedTo("web")


def begun(channel: Channel = "sms", *replies: str, **kind: bool) -> Play:
    """A parent's review on one channel, after these replies."""
    state = State.new(REVIEW, {**NAMES, "initial": "J", "link": "heard.example.org/chat/x"}, channel=channel, **kind)
    return Play(state=state).happens(Invited(), *replies)


def pressed(play: Play) -> Choices | None:
    """What may be pressed under the last thing said."""
    said = [effect for effect in play.effects if isinstance(effect, Say)]
    return said[-1].choices


@pytest.mark.parametrize(
    ("channel", "text", "options"),
    [
        ("sms", "2/8 Since we started, have things got 1 Better, 2 Stayed the same, 3 Worse, 4 Mixed", None),
        ("telegram", "2/8 Since we started, have things got …", 4),
        ("web", "2/8 Since we started, have things got …", 4),
    ],
)
def test_options_stand_apart_where_they_are_pressed(channel: Channel, text: str, options: int | None):
    play = begun(channel, *(() if channel == "web" else ("go",)), "7")
    (said,) = [effect for effect in play.effects if isinstance(effect, Say)]
    assert said.text == text
    assert (said.choices and len(said.choices.options)) == options


def test_the_options_come_again_with_the_request_for_a_clearer_answer():
    play = begun("telegram", "go", "7", "hm?")
    assert play.said == ["clarify_choice"]
    assert pressed(play) == Choices("q2", ((1, "Better"), (2, "Stayed the same"), (3, "Worse"), (4, "Mixed")))


def test_a_scale_is_pressed_and_a_question_for_words_is_not():
    play = begun("telegram", "go")
    assert pressed(play) == Choices("q1", tuple((number, str(number)) for number in range(11)))
    play.happens("7", "1", "1", "1", "1")
    assert pressed(play) is None


@pytest.mark.parametrize(("channel", "is_pressed"), [("telegram", False), ("web", True)])
def test_several_options_are_typed_in_a_chat_and_ticked_on_a_page(channel: Channel, is_pressed: bool):
    survey = REVIEW.model_copy(
        update={"questions": tuple(q.model_copy(update={"type": "choices"}) if q.id == "q2" else q for q in REVIEW.questions)}
    )  # fmt: skip
    play = Play(survey, State.new(survey, NAMES, channel=channel)).happens(Invited())
    play.happens(*(("go",) if channel == "telegram" else ()), "7")
    (said,) = [effect for effect in play.effects if isinstance(effect, Say)]
    assert ("1 Better" not in said.text, said.choices is not None) == (is_pressed, is_pressed)
    assert said.choices is None or said.choices.several


def test_on_the_web_start_is_the_go():
    assert begun("web").said == ["parent_review.intro", "parent_review.q1"]
    assert begun("web").state.phase == "asking"


def test_a_page_promises_nobody_another_day():
    assert begun("web", "later").said == ["clarify_scale"]


def test_the_question_said_again_elsewhere_counts_as_asked_once():
    play = begun("sms", "go", "7", "hm?")
    asks = dict(play.state.asks)
    assert play.happens(TO_TELEGRAM).said == ["resume+parent_review.q2"]
    assert (play.state.asks, play.state.channel, play.state.phase) == (asks, "telegram", "asking")


@pytest.mark.parametrize(
    ("before", "event", "said", "phase"),
    [
        ((), TO_TELEGRAM, ["parent_review.intro"], "invited"),
        ((), TO_WEB, ["parent_review.intro", "parent_review.q1"], "asking"),
        (("go",), MovedTo("sms", shared_phone=True), ["shared_phone_check"], "checking"),
        (("go", Reply("he hit me", "red_now")), TO_TELEGRAM, [], "paused"),
        (("stop",), TO_TELEGRAM, [], "opted_out"),
        (("no",), TO_WEB, [], "declined"),
        ((Lapsed(),), TO_WEB, [], "lapsed"),
        ((Cancelled(),), TO_TELEGRAM, [], "cancelled"),
        (("wrong number",), TO_TELEGRAM, [], "wrong_number"),
        (("who is this reading my wifes phone",), TO_WEB, [], "unsafe"),
    ],
)
def test_what_is_said_elsewhere_by_where_the_conversation_stands(before, event, said, phase):
    play = begun("sms", *before).happens(event)
    assert (play.said, play.state.phase) == (said, phase)


def test_a_closed_conversation_stays_as_it_is():
    play = begun("sms", "stop")
    state = play.state
    assert play.happens(TO_TELEGRAM).state == state


@pytest.mark.parametrize(("event", "moves"), [(TO_TELEGRAM, False), (TO_WEB, True)])
def test_what_is_discreet_goes_nowhere_but_to_the_web(event: MovedTo, moves: bool):
    play = begun("sms", "1", discreet=True)
    assert play.state.phase == "linked"
    play.happens(event)
    assert (play.state.phase == "asking", play.state.discreet, play.said != []) == (moves, not moves, moves)


def test_a_question_for_the_web_alone_is_passed_over_on_another_channel():
    questions = tuple(q.model_copy(update={"web_only": q.id == "q1"}) for q in YOUNG.questions)
    survey = YOUNG.model_copy(update={"questions": questions})
    play = Play(survey, State.new(survey, NAMES, channel="web")).happens(Invited())
    assert play.state.question == "q1"
    assert play.happens(TO_TELEGRAM).state.question == "q2"


def test_who_holds_a_shared_phone_is_asked_there_anew():
    play = begun("sms", "1", "go", shared_phone=True)
    assert play.happens(MovedTo("sms", shared_phone=True)).said == ["shared_phone_check"]
    assert play.happens("1").said == ["resume+parent_review.q1"]


@pytest.mark.parametrize(
    ("reply", "said", "noticed", "phase"),
    [
        (Reply("2", comment_only=True), [], ["aside"], "asking"),
        (Reply("skip", comment_only=True), [], ["aside"], "asking"),
        (Reply("start", comment_only=True), [], ["aside"], "asking"),
        (Reply("he shouts", "amber", comment_only=True), [], ["aside"], "asking"),
        (Reply("he hit me", "red_now", comment_only=True), ["urgent_neutral_adult"], ["aside"], "paused"),
        (Reply("HELP", "amber", comment_only=True), ["urgent_neutral_adult"], ["aside", "help"], "asking"),
        (Reply("stop", comment_only=True), ["stop_confirm"], [], "opted_out"),
    ],
    ids=lambda given: given.text if isinstance(given, Reply) else "",
)
def test_an_edited_message_answers_nothing_and_is_heeded_where_it_matters(reply, said, noticed, phase):
    play = begun("telegram", "go", "7").happens(reply)
    assert (play.said, play.noticed, play.state.phase) == (said, noticed, phase)
    assert play.state.question == "q2"
    assert [effect for effect in play.did if not isinstance(effect, Noticed | OptedOut)] == []


def test_the_same_words_after_an_edit_are_an_answer():
    play = begun("telegram", "go", "7", "1", "1", "1", "1", Reply("more visits", comment_only=True), "more visits")
    assert play.state.answered["q6"] is None
    assert play.state.question == "q7"


def test_a_button_under_the_offer_of_a_complaint_answers_that_offer_alone():
    play = begun("telegram", "go", "7", "1", "1", "1", "1", Reply("never rang back", complaint=True))
    assert pressed(play) == Choices("complaint", ((1, "Please do"), (2, "No, just feedback"), (3, "Not sure, call me")))
    assert play.happens(Reply("1", button="q7")).effects == ()
    assert play.happens(Reply("1", button="complaint")).noticed == ["complaint"]


def test_every_survey_can_be_moved_from_every_question_to_the_web_and_ended_there():
    for survey in CATALOGUE.latest():
        play = Play(survey).happens(Invited(), "go", TO_WEB)
        play.happens(*["1"] * 2 * len(survey.questions))
        assert play.state.phase in {"finished", "complaint"}, survey.id
