"""Replies in words: free text, passing, a phone's reactions, talk turned into text, and other languages."""

from __future__ import annotations

import pytest

from surveys.questions import Question
from surveys.replies import Answer, Unclear, parse_reply
from tests.surveys.replies.asked import (
    CHANGE,
    CHILDREN,
    DAY,
    FREE,
    HELPED,
    NEPALI,
    POLISH,
    RESPECT,
    SCALE,
    SKIPPED,
    WELSH,
    YES_NO,
    ask,
)

SCALE_IN = {name: ask("scale", words=words) for name, words in (("pl", POLISH), ("ne", NEPALI), ("cy", WELSH))}
WELSH_YES_NO = ask("yes_no", "Ydy", "Nac ydy", words=WELSH)
NEPALI_YES_NO = ask("yes_no", "हो", "होइन", words=NEPALI)
POLISH_CHOICE = ask("choice", "Tak", "Częściowo", "Nie", words=POLISH)


@pytest.mark.parametrize("question", [SCALE, CHANGE, FREE, HELPED, CHILDREN, DAY, YES_NO], ids=lambda each: each.type)
@pytest.mark.parametrize(
    "text", ["SKIP", "skip", "pass", "next", "n/a", "no comment", "don’t want to say", "rather not", "skip please"]
)
def test_any_question_can_be_skipped(question: Question, text: str):
    assert parse_reply(question, text) == SKIPPED


@pytest.mark.parametrize("text", ["idk", "dunno", "not sure", "no idea", "🤷", "k", ".", "...", "-"])
def test_not_knowing_skips_a_closed_question_and_is_no_comment_on_a_free_one(text: str):
    assert parse_reply(SCALE, text) == parse_reply(CHANGE, text) == SKIPPED
    assert parse_reply(FREE, text) == Answer(None, None, ("no_comment",))


@pytest.mark.parametrize(
    "text", ["2", "no", "nothing", "  Sam listens \n", "👍", "прекрасно", "yes but he hit me", "liked it", 'loved "him" but he hit me']
)  # fmt: skip
def test_free_text_is_kept_word_for_word(text: str):
    assert parse_reply(FREE, text) == Answer(None, text)


def test_a_blank_reply_is_unclear_on_free_text_too():
    assert parse_reply(FREE, " ") == Unclear("blank")


@pytest.mark.parametrize(
    "text",
    [
        "Liked “0 = really hard, 10 = really good”", 'Liked "4"', "LIKED “4”", "liked “1/8 Text a number from 0 to…", "Liked “4",
        "Loved “8”", "Disliked “8”", "Laughed at “8”", "Emphasised “4”", "Emphasized “4”", "Questioned “4”", "Questioned ‘4’",
        "Loved an image", "Liked a movie", "Laughed at a voice message", "Emphasized 2 images", "Liked a photo.",
        "Reacted 😂 to “4”", "Reacted ❤️ to “4”", "Reacted with 👍 to an image", "Reacted 4️⃣ to “4”",
        'Removed a like from "4"', "Removed a heart from “8”", "Removed an exclamation mark from “4”", "removed a laugh from “8”",
        "Removed 👍 from “8”", "Removed a heart from an image", "👍 to “Text a number from 0 to 10”", "❤️ to “ 4 ”", "\u200b👍\u200b to\u200a“\u200a8\u200a”",
        "Liked “she said “8” to me”",
    ],
)  # fmt: skip
def test_a_phones_account_of_a_reaction_answers_nothing(text: str):
    for question in (SCALE, CHANGE, RESPECT, HELPED, YES_NO, CHILDREN, DAY):
        assert parse_reply(question, text) == Unclear("reaction"), question.type
    assert parse_reply(FREE, text) == Answer(None, text, ("reaction",))


@pytest.mark.parametrize(
    ("question", "text", "value"),
    [
        (RESPECT, "to be honest with you not really", 3), (RESPECT, "i would say mostly", 2), (RESPECT, "um i would say yes", 1),
        (RESPECT, "yeah mostly i suppose", 2), (CHANGE, "things are a lot better", 1), (CHANGE, "it was about the same really", 2),
        (CHANGE, "i think its got worse to be fair", 3), (SCALE, "um i dunno maybe like a seven", None), (SCALE, "erm like a seven i guess", 7),
        (SCALE, "well i would say it was around an eight", 8), (SCALE, "for me it's a solid nine to be honest", 9),
    ],
)  # fmt: skip
def test_talk_around_an_answer_is_neither_answer_nor_comment(question: Question, text: str, value: int | None):
    assert parse_reply(question, text) == (Unclear("not_an_answer") if value is None else Answer(value))


@pytest.mark.parametrize(
    ("question", "text", "value"),
    [
        (SCALE, "um yeah i think it was about an eight or so to be honest because she listened", 8),
        (CHANGE, "yeah it was better than before because she rang the school and they listened for once", 1),
        (RESPECT, "well to be fair mostly but he was late every single time and never said sorry", 2),
        (RESPECT, "erm no he just sat there on his phone the whole time", 4),
    ],
)  # fmt: skip
def test_talk_that_goes_on_is_an_answer_and_every_word_of_it(question: Question, text: str, value: int):
    assert parse_reply(question, text) == Answer(value, text)


@pytest.mark.parametrize(
    ("question", "text", "found"),
    [
        (SCALE_IN["pl"], "osiem", Answer(8)), (SCALE_IN["pl"], "pięć", Answer(5)), (SCALE_IN["pl"], "PIEC", Answer(5)),
        (SCALE_IN["pl"], "siedem bo mnie słucha", Answer(7, "siedem bo mnie słucha")), (SCALE_IN["pl"], "nie wiem", SKIPPED),
        (SCALE_IN["pl"], "osiem albo siedem", Unclear("two_numbers")), (SCALE_IN["pl"], "pomin", SKIPPED), (SCALE_IN["pl"], "pomiń proszę", SKIPPED),
        (SCALE_IN["pl"], "eight", Answer(8)), (SCALE_IN["pl"], "8", Answer(8)), (SCALE_IN["pl"], "tak", Unclear("not_an_answer")),
        (SCALE_IN["pl"], "osiem problemów", Unclear("a_count")), (SCALE, "osiem", Unclear("not_an_answer")),
        (SCALE_IN["ne"], "आठ", Answer(8)), (SCALE_IN["ne"], "छ", Answer(6)), (SCALE_IN["ne"], "छ।", Answer(6)), (SCALE_IN["ne"], "८", Answer(8)),
        (SCALE_IN["ne"], "छैन", Unclear("not_an_answer")), (SCALE_IN["ne"], "थाहा छैन", SKIPPED), (SCALE_IN["ne"], "छोड्नुहोस्", SKIPPED),
        (SCALE_IN["cy"], "wyth", Answer(8)), (SCALE_IN["cy"], "ddim yn siwr", SKIPPED), (SCALE_IN["cy"], "hepgor", SKIPPED),
        (WELSH_YES_NO, "ie", Answer(1)), (WELSH_YES_NO, "Ydy!", Answer(1)), (WELSH_YES_NO, "nage", Answer(2)), (WELSH_YES_NO, "nac ydy", Answer(2)),
        (WELSH_YES_NO, "yes", Answer(1)), (WELSH_YES_NO, "no", Answer(2)), (WELSH_YES_NO, "Ie, ond", Answer(1, "Ie, ond")),
        (NEPALI_YES_NO, "हो", Answer(1)), (NEPALI_YES_NO, "होइन ।", Answer(2)), (NEPALI_YES_NO, "छैन", Answer(2)), (NEPALI_YES_NO, "२", Answer(2)),
        (POLISH_CHOICE, "tak", Answer(1)), (POLISH_CHOICE, "yes", Answer(1)), (POLISH_CHOICE, "czesciowo", Answer(2)),
        (POLISH_CHOICE, "CZĘŚCIOWO", Answer(2)), (POLISH_CHOICE, "nie", Answer(3)), (POLISH_CHOICE, "nie wiem", SKIPPED),
        (POLISH_CHOICE, "tak, ale mnie uderzył", Answer(1, "tak, ale mnie uderzył")), (YES_NO, "ie", Unclear("not_an_answer")),
        (ask("text", words=POLISH), "nie wiem", Answer(None, None, ("no_comment",))), (ask("text", words=POLISH), "pomiń", SKIPPED),
    ],
)  # fmt: skip
def test_a_questions_own_language_is_understood_beside_english(question: Question, text: str, found: Answer | Unclear):
    assert parse_reply(question, text) == found
