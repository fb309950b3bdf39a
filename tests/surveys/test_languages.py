"""A survey in other languages: each part that is there, English for each that is not, plain letters by SMS."""

from __future__ import annotations

import pytest

from surveys.gsm7 import foreign_characters, room, size
from surveys.languages import Language, QuestionWording, ReplyWords, Wording
from surveys.rendering import as_asked, as_asked_apart, at_its_longest, isolated
from surveys.survey import Survey
from tests.shipped import CATALOGUE

CLOSURE = CATALOGUE.get("parent_closure")
PARENTS_NEED = (
    *("first_contact_parent", "first_contact_parent_2", "ready_prompt", "resume", "reminder", "declined", "later_ok"),
    *("help_adult", "stop_confirm", "start_confirm", "clarify_scale", "clarify_choice", "clarify_text", "moving_on"),
    *("skipped", "late_reply", "nothing_open", "media_reply", "other_language", "urgent_neutral_adult", "cancelled"),
    *("urgent_ooh_adult", "complaint_offer", "complaint_logged", "complaint_declined", "closing_parent", "ended_adult"),
    *("person_wanted", "who_we_are", "unsafe_contact", "wrong_number", "discreet_opener"),
    *("access_request", "erasure_request", "other_format", "advocate", "no_way_back"),
)

ARABIC = Language(
    code="ar",
    name="Arabic",
    own_name="العربية",
    direction="rtl",
    status="draft",
    most_parts=3,
    words=ReplyWords(yes=("نعم",)),
    messages={"skipped": "لا بأس. التالي:"},
)


def in_arabic(wording: Wording) -> Survey:
    """The closure with an invented right-to-left language."""
    return CLOSURE.model_copy(update={"languages": {"ar": ARABIC}, "wordings": {"ar": wording}})


@pytest.mark.parametrize("code", ["cy", "pl", "ne"])
def test_the_three_drafts_say_the_whole_closure_and_what_a_parent_may_need(code: str):
    language = CATALOGUE.languages[code]
    assert language.status == "draft"
    assert [name for name in PARENTS_NEED if name not in language.messages] == []
    spoken = CLOSURE.spoken(code, "web")
    assert (spoken.language, spoken.id, spoken.version) == (code, CLOSURE.id, CLOSURE.version)
    assert spoken.intro != CLOSURE.intro
    assert spoken.closing == language.messages["closing_parent"]
    for ours, theirs in zip(CLOSURE.questions, spoken.questions, strict=True):
        assert theirs.ask != ours.ask
        assert theirs.text_easy != ours.text_easy
        assert [option.v for option in theirs.options] == [option.v for option in ours.options]
        assert [option.score for option in theirs.options] == [option.score for option in ours.options]
        assert not {option.label for option in theirs.options} & {option.label for option in ours.options}
        assert theirs.words == language.words


@pytest.mark.parametrize("code", ["cy", "pl"])
def test_by_sms_letters_lose_their_marks_so_that_every_text_is_one_part(code: str):
    spoken = CLOSURE.spoken(code, "sms")
    asked = [as_asked(question, n, spoken.total) for n, question in spoken.numbered()]
    for text in (spoken.intro, spoken.closing, *spoken.messages.values(), *asked):
        assert foreign_characters(text) == []
        assert size(at_its_longest(text)) <= 160


def test_on_the_web_letters_keep_their_marks():
    assert [option.label for option in CLOSURE.spoken("pl", "web").question("q6").options][1:] == [
        "Za wcześnie",
        "Za późno",
    ]
    assert [option.label for option in CLOSURE.spoken("pl", "sms").question("q6").options][1:] == [
        "Za wczesnie",
        "Za pozno",
    ]
    assert "{worker}" in CLOSURE.spoken("pl", "sms").question("q8").ask


def test_nepali_is_measured_as_the_longer_code_that_it_needs():
    spoken = CLOSURE.spoken("ne", "sms")
    texts = [as_asked(question, n, spoken.total) for n, question in spoken.numbered()]
    assert all(foreign_characters(text) for text in texts)
    assert max(size(at_its_longest(text)) for text in texts) <= room(texts[0], 3) == 201


def test_what_a_language_lacks_stays_english_part_by_part():
    labels = ("أ", "ب", "ج", "د", "ه")
    wording = Wording(
        intro="مرحبا", questions={"q1": QuestionWording(ask="كيف؟"), "q2": QuestionWording(text_easy="سهل")}
    )
    spoken = in_arabic(wording).spoken("ar", "sms")
    first, second, third = spoken.questions[:3]
    assert (spoken.intro, spoken.closing) == ("مرحبا", CLOSURE.closing)
    assert (first.ask, first.text_easy) == ("كيف؟", None)  # easy English would be no easier to read than Arabic
    assert first.options == CLOSURE.questions[0].options
    assert (second.ask, second.text_easy) == (CLOSURE.questions[1].ask, "سهل")
    assert third.ask == CLOSURE.questions[2].ask
    assert spoken.messages["skipped"] == "لا بأس. التالي:"
    assert spoken.messages["moving_on"] == CLOSURE.messages["moving_on"]
    with_labels = in_arabic(Wording(questions={"q1": QuestionWording(options=labels)})).spoken("ar", "sms")
    assert tuple(option.label for option in with_labels.questions[0].options) == labels
    assert with_labels.questions[0].score(1) == 100


@pytest.mark.parametrize("code", ["en", "xx", "", "CY"])
def test_english_and_an_unknown_language_are_english(code: str):
    spoken = CLOSURE.spoken(code, "sms")
    assert (spoken.language, spoken.direction, spoken.questions) == ("en", "ltr", CLOSURE.questions)
    assert all(question.words is None for question in spoken.questions)


def test_questions_for_the_web_are_left_out_elsewhere_and_not_counted():
    questions = (CLOSURE.questions[0], CLOSURE.questions[1].model_copy(update={"web_only": True}))
    survey = CLOSURE.model_copy(update={"questions": questions})
    assert [survey.spoken("cy", channel).total for channel in ("sms", "telegram", "web")] == [1, 1, 2]
    assert [survey.spoken("en", channel).total for channel in ("sms", "telegram", "web")] == [1, 1, 2]


def test_the_same_survey_is_given_each_time_and_makes_no_two_surveys_differ():
    assert CLOSURE.spoken("cy", "sms") is CLOSURE.spoken("cy", "sms")
    untouched = CLOSURE.model_copy()
    assert untouched == CLOSURE
    changed = CLOSURE.model_copy(update={"intro": "Hello"})
    assert changed.spoken("en", "sms").intro == "Hello"


def test_in_a_right_to_left_language_numbers_and_what_fills_gaps_are_set_apart():
    survey = in_arabic(Wording(questions={"q8": QuestionWording(ask="هل يرى {worker} الإجابات؟")}))
    spoken = survey.spoken("ar", "sms")
    assert spoken.direction == "rtl"
    number, question = list(spoken.numbered())[-1]
    text = as_asked(question, number, spoken.total, direction=spoken.direction)
    assert text.startswith("\u20688/8\u2069 هل يرى {worker}")
    assert as_asked_apart(question, number, spoken.total, direction="rtl").place == "\u20688/8\u2069"
    assert as_asked(question, number, spoken.total).startswith("8/8 ")
    assert isolated("03000 411111", spoken.direction) == "\u206803000 411111\u2069"
    assert (isolated("Sam", "ltr"), isolated("", "rtl")) == ("Sam", "")
    assert size(at_its_longest(text, "rtl")) == size(at_its_longest(text)) + 2
