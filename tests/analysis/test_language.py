"""The guess at the language: ours are told apart, others are told from English, and English is never taken for another."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from analysis.language import Language, guess, holds_foreign, is_foreign, may_be_read
from analysis.urgency import find_concerns

HERE = Path(__file__).parent
FOREIGN: dict[str, list[str]] = yaml.safe_load((HERE / "foreign.yaml").read_text("utf-8"))
ENGLISH: list[str] = yaml.safe_load((HERE / "english.yaml").read_text("utf-8"))
SENTENCES = [pytest.param(code, text, id=text) for code, texts in FOREIGN.items() for text in texts]
OURS = {"pl", "cy", "ne"}
MISSED = {"nao entendi a carta", "toplantilar cok gec"}
"""Short, without accents, and in words that stand in no table: what is still taken for English, or for too short."""


def test_the_languages_are_those_of_the_surveys() -> None:
    definitions = {path.stem for path in Path("surveys/definitions/languages").glob("*.yaml")}
    assert set(get_args(Language)) == {"en", "other"} | definitions


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("she was really good with my son", "en"),
        ("bardzo dobra pani", "pl"),
        ("nie jest dobrze u nas w domu", "pl"),
        ("nu este bine pentru copii", "other"),
        ("pani je velmi dobra", "other"),
        ("malai dherai ramro cha", "ne"),
        ("mae hi'n neis iawn", "cy"),
        ("дуже добре", "other"),
        ("कुट्छ", "ne"),
        ("मुझे डर है", "other"),
        # too short to tell, whatever the word
        ("ok", None),
        ("super", None),
        ("tak", None),
        ("no", None),
        ("gracias", None),
        ("diolch", None),
        ("good thanks", None),
        ("Łukasz", None),
        ("Siân", None),
        ("👍", None),
        ("", None),
        ("7", None),
        # two words, and one with its own letters, where it is plain
        ("dziękuję", "pl"),
        ("dim diolch", "cy"),
        ("bardzo dobrze", "pl"),
        ("gracias por todo", "other"),
        ("спасибо", "other"),
        ("ok 谢谢", "other"),
        # a language that stands in no table
        ("kiitos paljon ihanasta avusta", "other"),
        ("ninawashukuru sana kwa msaada wenu", "other"),
        ("cảm ơn các bạn", "other"),
        # both: what there is more of
        ("thank you diolch", "en"),
        ("she is nice. boję się taty, on bije mnie", "pl"),
        ("my nan says dobrze but she is from poland", "en"),
        ("the café was really nice", "en"),
        ("Ü there yet", "en"),
    ],
)
def test_language_is_guessed_only_where_one_can_tell(text: str, expected: str | None) -> None:
    assert guess(text) == expected


@pytest.mark.parametrize("text", [text for texts in FOREIGN.values() for text in texts])
def test_another_language_is_told_from_english(text: str) -> None:
    assert is_foreign(text) == (text not in MISSED)


@pytest.mark.parametrize(("code", "text"), SENTENCES)
def test_no_language_is_taken_for_one_of_ours(code: str, text: str) -> None:
    assert guess(text) not in OURS - {code}


def test_ours_are_known_by_their_name() -> None:
    """Polish and Slovak share so many words that a short text may be either: then it is "other"."""
    unnamed = [text for code in OURS for text in FOREIGN[code] if guess(text) != code]
    assert len(unnamed) <= 2


@pytest.mark.parametrize("text", ENGLISH)
def test_text_speak_dialect_and_names_are_not_another_language(text: str) -> None:
    assert not is_foreign(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("she listens", True),
        ("ok", True),
        ("ok 👍", True),
        ("bardzo dobra pani", False),
        ("дуже добре", False),
        ("👍", False),
        (":)", False),
        ("10/10", False),
        ("", False),
    ],
)
def test_only_english_words_may_be_read_by_software(text: str, expected: bool) -> None:
    assert may_be_read(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("bardzo dobra pani", True),
        ("all good thanks, she is really nice. boję się taty", True),
        ("she was lovely with us\nel padre me pega\nthank you so much for everything", True),
        ("she was lovely. " * 500 + "boję się taty", True),
        ("all good thanks. diolch", False),
        ("her name is Agnieszka Kowalczyk. she is nice", False),
        ("the word was dobrze. it means good", False),
        ("went to see Zoë. Łukasz came. was nice", False),
        ("", False),
    ],
)
def test_one_foreign_sentence_is_enough_for_a_person_to_look(text: str, expected: bool) -> None:
    assert holds_foreign(text) is expected


@pytest.mark.parametrize("text", ["mae ofn arna i fynd adref", "babamdan çok korkuyorum", "tengo miedo de mi padre"])
def test_what_cannot_be_read_is_for_a_person(text: str) -> None:
    assert ("other_language", "amber") in {(found.category, found.severity) for found in find_concerns(text)}


@given(st.text(max_size=300))
def test_any_text_is_guessed_without_an_error(text: str) -> None:
    assert guess(text) in {None, *get_args(Language)}


@pytest.mark.timeout(10)  # milliseconds each: a language shows at the start of a text
@pytest.mark.parametrize(
    "piece", ["bardzo ", "a", "\u0301\u0316", "é", "😭", "@", "www.", "नमस्ते ", "\ufdfa", "on ok. "]
)
def test_the_longest_text_is_guessed_in_time(piece: str) -> None:
    text = piece * 1_000_000
    assert guess(text) in {None, *get_args(Language)}
    assert holds_foreign(text) in {True, False}
