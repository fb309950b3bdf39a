"""Names and gaps in the texts that go out."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.conversation import wording
from bot.conversation.state import State
from surveys.gsm7 import ONE_PART, foreign_characters, septets
from tests.bot.conversation.play import CATALOGUE, NAMES, REVIEW


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Sam", "Sam"), ("Łukasz Nowak", "Lukasz"), ("Zoë", "Zoe"), ("José María", "José"), ("Siân", "Sian"),
        ("Ngọc", "Ngoc"), ("Олена Коваль", "Olena"), ("Юлія", "Yuliya"), ("Щука", "Shchuka"), ("Ms Jones", "Ms Jones"),
        ("Dr. Okonkwo-Smithers", "Dr. Okonkwo"), ("Maximilianous-James", "Maximilianou"), ("Anne-Marie-Louise", "Anne-Marie-L"),
        ("O’Neil", "O'Neil"), ("{worker}", "worker"), ("सीता", ""), ("", ""), ("  ", ""), ("👍", ""),
    ],
)  # fmt: skip
def test_a_first_name_is_written_in_letters_that_plain_sms_carries(name: str, written: str):
    assert wording.first_name_for_text(name) == written


def test_without_a_name_the_text_says_your_worker():
    state = State.new(REVIEW, {})
    assert wording.question(state, REVIEW, "q3").text.startswith("3/8 Does your worker do what")
    assert "thank you. Your worker's manager" in wording.closing(state, REVIEW).text


def test_the_easy_read_wording_is_used_where_asked_for():
    state = State.new(REVIEW, NAMES, easy_read=True)
    assert wording.question(state, REVIEW, "q3").text.startswith("3/8 Does Sam do what they say? 1 Always")


@pytest.mark.parametrize(
    ("next_open", "shown"), [("9am Monday", "9am Monday"), ("9am Wednesday", "9am Wed"), ("", "we reopen")]
)
def test_the_time_the_desk_opens_is_made_to_fit(next_open: str, shown: str):
    said = wording.shared(State.new(REVIEW, NAMES), REVIEW, "urgent_ooh_adult", next_open=next_open)
    assert f"until {shown}. To reach" in said.text


@settings(deadline=None)
@given(
    st.dictionaries(st.sampled_from(["worker", "brand", "initial", "day", "date", "next_open"]), st.text(max_size=60))
)
def test_whatever_the_names_are_every_text_is_filled_and_fits_one_sms(names: dict[str, str]):
    for survey in CATALOGUE.latest():
        state = State.new(survey, names)
        easy = replace(state, easy_read=True)
        texts = [wording.intro(state, survey), wording.closing(state, survey)]
        texts += [
            wording.question(each, survey, question.id) for each in (state, easy) for question in survey.questions
        ]
        texts += [wording.shared(state, survey, name) for name in survey.messages]
        for say in texts:
            assert septets(say.text) <= ONE_PART, say
            assert foreign_characters(say.text) == []
            assert "{" not in say.text
            assert "}" not in say.text
