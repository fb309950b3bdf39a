"""What a page shows of a chat: wordings without what is for texts, and the offer of a complaint in every language."""

from __future__ import annotations

import pytest

from bot.chats.help_lines import help_lines
from bot.chats.scene import asked, standing, turn_of, without_commands
from bot.conversation.state import State
from surveys.stages import AUDIENCE_LABELS
from tests.shipped import CATALOGUE, LINES


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Hi! 4 quick questions. We don't ask your name. Text GO.", "Hi! 4 quick questions. We don't ask your name."),
        ("Sorry, I didn't get that. Please text one number from 0 to 10, or SKIP.", "Sorry, I didn't get that."),
        ("Ready? Text GO, or STOP to say no.", "Ready?"),
        ("How are things? 0 = bad, 10 = fine. Text a number.", "How are things? 0 = bad, 10 = fine."),
        ("Need to talk? Text SHOUT to 85258, free, any time.", "Need to talk? Text SHOUT to 85258, free, any time."),
        ("Stop there? We do not STOPWATCH you.", "Stop there? We do not STOPWATCH you."),
        ("Text GO.", "Text GO."),
        ("", ""),
    ],
)
def test_a_page_does_not_say_what_to_text(text: str, shown: str):
    assert without_commands(text) == shown


@pytest.mark.parametrize("code", sorted(CATALOGUE.languages))
def test_a_complaint_can_be_chosen_in_every_language(code: str):
    survey = CATALOGUE.get("parent_review")
    state = State.new(survey, {}, channel="web", language=code).but(phase="complaint", question="q4")
    offer = asked(state, survey.spoken(code, "web"))
    assert offer is not None
    assert [number for number, _ in offer.options] == [1, 2, 3]
    assert all(label for _, label in offer.options)
    assert offer.words


def test_every_question_of_every_survey_can_be_shown():
    for survey in CATALOGUE.latest():
        spoken = survey.spoken("en", "web")
        for question in spoken.questions:
            state = State.new(survey, {}, channel="web").but(phase="asking", question=question.id)
            shown = asked(state, spoken)
            assert shown is not None
            assert shown.kind == question.type
            assert len(shown.options) == len(question.options)
            assert not shown.words[:1].isdigit(), "its number stands apart"


def test_the_same_question_put_again_is_another_turn():
    state = State.new(CATALOGUE.get("parent_review"), {}, channel="web").but(phase="asking", question="q1")
    assert turn_of(state.but(turn=1)) != turn_of(state.but(turn=2))
    assert turn_of(state.but(turn=1)) == turn_of(state.but(turn=2, asides=1)), "an aside overtakes no page"


def test_nothing_shows_of_questions_that_somebody_else_has_ended():
    state = State.new(CATALOGUE.get("parent_review"), {}, channel="web")
    assert {standing(state.but(phase=phase)) for phase in ("lapsed", "cancelled", "unsafe", "wrong_number")} == {
        "closed"
    }


@pytest.mark.parametrize("audience", AUDIENCE_LABELS)
def test_everybody_reads_whom_to_call(audience):
    lines = help_lines(audience, LINES)
    assert "999" in lines[0]
    assert not any("{" in line for line in lines)
