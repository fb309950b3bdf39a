"""What the service does at each turn, where the transcripts do not show it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from bot.conversation.effects import Answered, Flagged, Noticed, OptedIn, OptedOut
from bot.conversation.events import Invited, Lapsed, Released, Reply
from bot.conversation.state import State
from bot.conversation.step import step
from surveys.questions import Question
from surveys.survey import Survey
from tests.bot.conversation.play import CATALOGUE, NAMES, NOW, REVIEW, YOUNG, Play

RED = "he hit me"


def red(text: str = RED, next_open: str | None = None) -> Reply:
    return Reply(text, "red_today", next_open)


@pytest.mark.parametrize(
    ("survey", "first_contact", "said"),
    [
        (REVIEW, False, ["parent_review.intro"]),
        (REVIEW, True, ["first_contact_parent", "first_contact_parent_2"]),
        (YOUNG, True, ["first_contact_yp", "first_contact_yp_2"]),
    ],
)
def test_an_invitation_opens_with_the_words_for_that_person(survey: Survey, first_contact: bool, said: list[str]):
    play = Play(survey).happens(Invited(first_contact))
    assert (play.said, play.state.phase) == (said, "invited")


def test_a_second_invitation_says_nothing():
    assert Play().happens(Invited(), Invited()).effects == ()


@pytest.mark.parametrize("text", ["GO", "go!", "ok", "Ready", "1", "yes", "👍", "START", "go please", "sure thanks"])
def test_a_word_to_begin_begins(text: str):
    play = Play().happens(Invited(), text)
    assert (play.said, play.state.phase, play.state.question) == (["parent_review.q1"], "asking", "q1")


@pytest.mark.parametrize("text", ["no", "No thanks", "nah", "👎", "rather not", "nope not today"])
def test_a_no_is_taken_kindly_and_ends_it(text: str):
    play = Play().happens(Invited(), text)
    assert (play.said, play.state.phase) == (["declined"], "declined")


@pytest.mark.parametrize("text", ["huh", "no problem, when?", "4", "next", "SKIP"])
def test_an_unclear_reply_to_an_invitation_is_prompted_once(text: str):
    play = Play().happens(Invited(), text)
    assert play.said == ["ready_prompt"]
    assert play.happens(text).said == []
    assert play.happens("go").said == ["parent_review.q1"]


def test_a_second_unclear_reply_is_kept_and_the_next_question_follows_in_one_text():
    play = Play().happens(Invited(), "go", "dunno what you mean", "no really what")
    assert play.did == [Answered("q1", "family_scale", None, None, "no really what", ("unclear",))]
    assert play.said == ["moving_on+parent_review.q2"]


def test_two_wordings_that_do_not_fit_one_text_are_sent_as_two():
    long_worker = replace(State.new(YOUNG, NAMES), names={"worker": "Bartholomew-J"})
    play = Play(YOUNG, long_worker).happens(Invited(), "go", "5", "skip", "x", "why")
    assert play.said == ["moving_on+yp_16_25_review.q4"]
    long_question = Question(id="q9", metric="m", type="text", ask="Why? " * 28)
    survey = YOUNG.model_copy(update={"questions": (*YOUNG.questions[:1], long_question)})
    assert Play(survey).happens(Invited(), "go", "skip").said == ["skipped", "yp_16_25_review.q9"]


def test_the_last_question_left_unclear_closes_without_promising_a_next_one():
    survey = REVIEW.model_copy(update={"questions": REVIEW.questions[:1]})
    assert Play(survey).happens(Invited(), "go", "x", "y").said == ["parent_review.closing"]
    assert Play(survey).happens(Invited(), "go", "skip").said == ["parent_review.closing"]


def test_a_blank_reply_to_free_text_is_asked_about_once_and_then_let_be():
    play = Play().happens(Invited(), "go", "5", "1", "1", "1", "1", " ")
    assert play.said == ["clarify_text"]
    assert play.happens(" ").did == [Answered("q6", "free_good", None, None, None, ("unclear",))]
    assert play.said == ["parent_review.q7"]


@pytest.mark.parametrize(("text", "flags"), [("0", ["flag_duty_same_day"]), ("3", ["flag_manager"]), ("4", [])])
def test_a_low_number_raises_its_flag(text: str, flags: list[str]):
    play = Play().happens(Invited(), "go", text)
    assert [effect.flag for effect in play.did if isinstance(effect, Flagged)] == flags


def test_a_question_that_depends_on_an_answer_is_asked_only_after_it():
    depending = Question.model_validate(
        {"id": "q2b", "metric": "why", "type": "text", "ask": "What?", "ask_if": {"question": "q2", "answered": [3]}}
    )
    survey = REVIEW.model_copy(update={"questions": (*REVIEW.questions[:2], depending, *REVIEW.questions[2:])})
    assert Play(survey).happens(Invited(), "go", "5", "3").said == ["parent_review.q2b"]
    assert Play(survey).happens(Invited(), "go", "5", "1").said == ["parent_review.q3"]
    assert Play(survey).happens(Invited(), "go", "5", "skip").said == ["skipped+parent_review.q3"]


@pytest.mark.parametrize("severity", ["red_now", "red_today", "conduct"])
@pytest.mark.parametrize(("survey", "who"), [(REVIEW, "adult"), (YOUNG, "yp")])
def test_a_grave_concern_pauses_with_a_neutral_reply(severity: str, survey: Survey, who: str):
    play = Play(survey).happens(Invited(), "go", Reply("words", severity))
    assert (play.said, play.state.phase) == ([f"urgent_neutral_{who}"], "paused")
    out_of_hours = Play(survey).happens(Invited(), "go", Reply("words", severity, "9am Monday"))
    assert out_of_hours.said == [f"urgent_neutral_{who}", f"urgent_ooh_{who}"]


def test_an_amber_concern_carries_on():
    play = Play().happens(Invited(), "go", Reply("2 struggling", "amber", "9am Monday"))
    assert (play.said, play.state.phase) == (["parent_review.q2"], "asking")


def test_an_answer_with_a_grave_concern_is_kept_and_no_question_follows():
    play = Play().happens(Invited(), "go", red("1 he hit me"))
    assert play.did == [
        Answered("q1", "family_scale", 1, 10, "1 he hit me", ()),
        Flagged("flag_duty_same_day", "q1"),
    ]
    assert play.said == ["urgent_neutral_adult"]
    assert play.state.question == "q2"


def test_while_paused_only_another_grave_concern_help_and_stop_are_answered():
    play = Play().happens(Invited(), "go", red())
    assert play.happens("4", "hello?").effects == ()
    assert play.happens(red()).said == ["urgent_neutral_adult"]
    assert play.happens("help").said == ["help_adult"]
    assert play.happens("stop").said == ["stop_confirm"]


def test_a_released_conversation_asks_the_open_question_again():
    play = Play().happens(Invited(), "go", red(), Released())
    assert (play.said, play.state.phase) == (["resume", "parent_review.q1"], "asking")
    assert play.happens("4").said == ["parent_review.q2"]


def test_a_conversation_paused_before_its_first_question_asks_whether_they_are_ready():
    play = Play().happens(Invited(), red(), Released())
    assert (play.said, play.state.phase) == (["ready_prompt"], "invited")


def test_a_conversation_paused_at_its_last_answer_closes_when_released():
    survey = REVIEW.model_copy(update={"questions": REVIEW.questions[:1]})
    play = Play(survey).happens(Invited(), "go", red("1 he hit me"), Released())
    assert (play.said, play.state.phase) == (["parent_review.closing"], "finished")


def test_releasing_what_is_not_paused_does_nothing():
    assert Play().happens(Invited(), "go", Released()).effects == ()


@pytest.mark.parametrize("events", [(), ("go",), ("go", "4"), ("go", red()), ("no",), (Lapsed(),)])
def test_stop_is_confirmed_once_whenever_it_comes(events: tuple[object, ...]):
    play = Play().happens(Invited(), *events, "STOP")
    assert (play.did, play.said, play.state.phase) == ([OptedOut()], ["stop_confirm"], "opted_out")
    assert play.happens("stop").effects == ()
    assert play.happens(red("he hit me", "9am")).effects == ()
    assert play.happens("HELP").effects == ()


@pytest.mark.parametrize("text", ["make it stop", "stop him", "END", "quit", "Cancel", "stop, he hit me"])
def test_what_only_sounds_like_a_stop_opts_nobody_out(text: str):
    assert OptedOut() not in Play().happens(Invited(), "go", text).did


def test_a_stop_opts_out_even_where_a_concern_was_found():
    assert Play().happens(Invited(), "go", red("stop")).did == [OptedOut()]


@pytest.mark.parametrize(
    ("text", "did"),
    [("STOP", [OptedOut()]), ("END", [OptedOut()]), ("HELP", [Noticed("help")]), ("YES", []), ("START", [OptedIn()])],
)
def test_nothing_is_said_to_a_keyword_that_the_provider_has_answered(text: str, did: list[object]):
    play = Play().happens(Invited(), Reply(text, answered_by_provider=True))
    assert play.said == []
    assert play.did == did


def test_start_takes_an_opt_out_back_and_reopens_nothing():
    play = Play().happens(Invited(), "go", "4", "STOP", "START")
    assert (play.did, play.said) == ([OptedIn()], ["start_confirm"])
    assert play.happens("1").said == ["late_reply"]


def test_start_in_the_middle_asks_the_open_question_again_but_never_a_third_time():
    play = Play().happens(Invited(), "go", "START")
    assert play.said == ["resume+parent_review.q1"]
    assert play.happens("START").said == ["start_confirm"]
    assert play.happens("4").said == ["parent_review.q2"]


@pytest.mark.parametrize("end", ["no", Lapsed()])
def test_a_late_reply_is_answered_once(end: Lapsed | str):
    play = Play().happens(Invited(), end, "my worker is great")
    assert play.said == ["late_reply"]
    assert play.happens("I am driving, auto reply").said == []
    assert play.happens(red()).said == ["urgent_neutral_adult"]
    assert play.state.phase != "paused"


@pytest.mark.parametrize(
    ("opted_out", "late", "event", "said"),
    [
        (False, False, Reply("yeah it helped"), ["nothing_open"]),
        (False, True, Reply("yeah it helped"), ["late_reply"]),
        (False, False, red(), ["urgent_neutral_yp"]),
        (False, False, red(next_open="9am"), ["urgent_neutral_yp", "urgent_ooh_yp"]),
        (False, False, Reply("help"), ["help_yp"]),
        (False, False, Reply("STOP"), ["stop_confirm"]),
        (True, False, Reply("hello"), []),
        (True, False, red(), []),
        (True, False, Reply("STOP"), []),
        (True, False, Reply("yes"), []),
        (True, False, Reply("START"), ["start_confirm"]),
    ],
)
def test_a_text_when_nothing_is_open_gets_what_fits(opted_out: bool, late: bool, event: Reply, said: list[str]):
    survey = CATALOGUE.nothing_open("young_person")
    play = Play(survey, State.outside(survey, NAMES, opted_out=opted_out, late=late)).happens(event)
    assert play.said == said


def test_start_outside_a_conversation_leaves_nothing_open():
    survey = CATALOGUE.nothing_open("parent_carer")
    play = Play(survey, State.outside(survey, NAMES, opted_out=True, late=False)).happens("START")
    assert (play.did, play.state.phase) == ([OptedIn()], "outside")


def test_a_step_with_another_survey_or_without_a_time_zone_is_refused():
    state = State.new(REVIEW, NAMES)
    with pytest.raises(ValueError, match="is about parent_review version 1, not yp_16_25_review"):
        step(state, YOUNG, Invited(), NOW)
    with pytest.raises(ValueError, match="time zone"):
        step(state, REVIEW, Invited(), datetime(2026, 1, 1))  # noqa: DTZ001 - what is refused


@pytest.mark.parametrize("words", ["this is my wifes phone", "wrong number"])
def test_a_phone_that_is_not_theirs_hears_nothing_more_start_included(words: str):
    play = Play().happens(Invited(), "go", words)
    assert play.happens("START").effects == play.happens("hello?", "STOP").effects == ()


@pytest.mark.parametrize(
    ("text", "noticed"), [("yes", ["complaint"]), ("no thanks", []), ("2", []), ("3", ["complaint_call"])]
)
def test_the_offer_of_a_complaint_understands_a_plain_yes_and_no(text: str, noticed: list[str]):
    play = Play().happens(Invited(), "go", Reply("4 he never turned up", complaint=True))
    assert play.said == ["complaint_offer"]
    assert play.happens(text).noticed == noticed
    assert play.said[-1] == "parent_review.q2"


def test_go_again_and_again_passes_no_question_over():
    play = Play().happens(Invited(), "go", "GO", "GO", "GO")
    assert (play.said, play.state.question) == ([], "q1")
    assert play.happens("4").said == ["parent_review.q2"]


@pytest.mark.parametrize("text", ["tomorrow", "busy", "at work", "back", "other", "end"])
def test_a_word_that_may_be_an_answer_is_one_where_words_are_asked_for_unless_it_is_the_command_itself(text: str):
    play = Play().happens(Invited(), "go", "5", "1", "1", "1", "1", text)
    answered = [effect.question for effect in play.did if isinstance(effect, Answered)]
    assert answered == ([] if text in {"back", "other", "end"} else ["q6"])


@pytest.mark.parametrize("phase", [(), ("go",)])
def test_whoever_writes_of_a_worry_is_never_asked_what_they_meant(phase: tuple[str, ...]):
    play = Play(YOUNG).happens(Invited(), *phase, Reply("make him stop", "amber"))
    assert play.said == ["urgent_neutral_yp"]
    assert play.state.question == ("q1" if phase else None)


def test_in_a_discreet_conversation_whoever_asks_who_we_are_makes_the_phone_unsafe():
    play = Play(REVIEW, State.new(REVIEW, NAMES, discreet=True)).happens(Invited(), "who is this?")
    assert (play.said, play.noticed, play.state.phase) == (["unsafe_contact"], ["unsafe_contact"], "unsafe")
    assert play.happens("1").effects == ()


@pytest.mark.parametrize(
    "event", [Reply("", media=1), Reply("HELP", media=1), Reply("what do u have on me"), Reply("ADVOCATE")]
)
def test_a_discreet_conversation_gives_nothing_away(event: Reply):
    play = Play(REVIEW, State.new(REVIEW, NAMES, discreet=True)).happens(Invited(), event)
    assert play.said == ["urgent_neutral_adult"]
