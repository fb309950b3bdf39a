"""Text-speak read into plain words: what is undone, what is left alone, and how long it may take."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.cueing.cues import CueBook
from analysis.normalise import LONGEST_TEXT, PLAIN, Reader, english_words, plain, read_vocabulary

SPELLING = read_vocabulary("spelling.yaml")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # text-speak
        ("i dont no wot 2 do", "i do not no what to do"),
        ("idk tbh", "i do not know honestly"),
        ("cant b4 2moro thx m8", "can not before tomorrow thanks mate"),
        ("shes gonna ring u rn", "she is going to ring you right now"),
        ("dis is da best ting", "this is the best ting"),
        ("ppl wiv kids n dat", "people with kids and that"),
        ("sum1 nicked my fone", "someone nicked my phone"),
        ("mum & dad", "mum and dad"),
        # apostrophes, of every shape or none
        ("she's", "she is"),
        ("she’s", "she is"),
        ("shes", "she is"),
        ("I`m", "i am"),
        ("i'll", "i will"),
        ("ill", "ill"),
        ("we're", "we are"),
        ("were", "were"),
        ("shed", "shed"),
        ("let's talk", "let us talk"),
        ("she lets me talk", "she lets me talk"),
        ("'quoted'", "quoted"),
        ("couldve", "could have"),
        # repeated letters
        ("sooooo goooood", "so good"),
        ("hapyyyy", "happy"),
        ("sonnnn", "son"),
        ("sooon", "soon"),
        ("boooring", "boring"),
        ("pleeease heeelp", "please help"),
        ("heyy", "hey"),
        ("wiiiiv", "with"),
        ("boss", "boss"),
        ("three", "three"),
        ("zzz 100000", "z 100000"),
        # spoken endings
        ("hes shoutin", "he is shouting"),
        ("goin", "going"),
        ("robin", "robin"),
        ("cabin", "cabin"),
        ("thin", "thin"),
        ("begin", "begin"),
        # dialect
        ("i cannae thole it", "i can not thole it"),
        ("she wisnae there", "she was not there"),
        ("i didnt get owt", "i did not get anything"),
        # misspellings of teenagers, of parents in a hurry, of dyslexic writers
        ("she definately beleived me", "she definitely believed me"),
        ("my freinds farver wos angy", "my friends father was angry"),
        ("untill tommorow", "until tomorrow"),
        ("skool is diffrent", "school is different"),
        ("he thretened me", "he threatened me"),
        ("the apointment was canceled", "the appointment was cancelled"),
        ("im not aloud out", "i am not allowed out"),
        ("a massage", "a massage"),
        ("the dose", "the dose"),
        ("her hair is dyed", "her hair is dyed"),
        ("further and farther", "further and farther"),
        ("rapped in the show", "rapped in the show"),
        ("SEN support", "sen support"),
        # pairs
        ("my self", "myself"),
        ("my-self", "myself"),
        ("step dad", "stepdad"),
        ("my, self", "my self"),
        ("back home, less waiting", "back home less waiting"),
        # emoji and the faces made of signs
        ("😭", "crying"),
        ("😭😭😭", "crying"),
        ("👍🏽 thx ❤️", "good thanks heart"),
        ("🤷‍♀️", "shrug"),
        ("good:) sad :( :'(", "good smiling sad sad crying"),
        ("i <3 her", "i heart her"),
        ("<30 people (see:a)", "30 people see a"),
        ("👨‍👩‍👧", "👨 👩 👧"),
        ("🇵🇱", ""),
        # what cannot be seen, and letters of other shapes
        ("k\u200bill", "kill"),
        ("ｓａｆｅ 𝓼𝓪𝓯𝓮", "safe safe"),
        ("सबै ठीक छ।", "सबै ठीक छ।"),
        ("", ""),
        ("?!. ,", ""),
    ],
)
def test_a_text_is_read_into_plain_words(text: str, expected: str) -> None:
    assert plain(text) == expected


@pytest.mark.parametrize(
    ("text", "known", "expected"),
    [
        ("k*ll", "kill", "kill"),
        ("h1t", "hit", "hit"),
        ("hiiiit", "hit", "hit"),
        ("stoood", "stod stood", "stood"),
        ("stod", "stod stood", "stod"),
        ("shankin", "shanking", "shanking"),
        ("k*ll", "", "k*ll"),
        ("h1t", "", "h1t"),
        ("2pm", "to", "2pm"),
    ],
)
def test_a_list_of_cues_has_its_own_words_undone(text: str, known: str, expected: str) -> None:
    assert [word.text for word in Reader.knowing(known.split()).read(text)] == [expected]


def test_every_word_keeps_its_place_in_the_original() -> None:
    text = "Idk… he HIIIT me!! 😭😭 my self"
    assert [(word.text, text[word.start : word.end], word.sentence) for word in PLAIN.read(text)] == [
        ("i", "Idk", 0),
        ("do", "Idk", 0),
        ("not", "Idk", 0),
        ("know", "Idk", 0),
        ("he", "he", 0),
        ("hit", "HIIIT", 0),
        ("me", "me", 0),
        ("😭", "😭😭", 1),
        ("crying", "😭😭", 1),
        ("myself", "my self", 1),
    ]


@pytest.mark.parametrize("cue", ["😭", "crying", "so crying", "so 😭"])
def test_a_cue_may_name_an_emoji_or_its_word(cue: str) -> None:
    book = CueBook.of([(cue, "found")])
    assert [found.label for found in book.find(book.read("i am so 😭😭"))] == ["found"]


def test_no_spelling_stands_twice() -> None:
    forms = [str(form) for form in SPELLING["words"]]
    forms += [form for row in SPELLING["misspelt"].values() for form in str(row).split()]
    forms += [sign for row in SPELLING["emoji"].values() for sign in str(row).split()]
    assert [form for form, count in Counter(forms).items() if count > 1] == []


def test_no_spelling_leads_to_another() -> None:
    forms = {str(form) for form in SPELLING["words"]}
    forms |= {form for row in SPELLING["misspelt"].values() for form in str(row).split()}
    assert sorted(forms & {str(word) for word in SPELLING["misspelt"]}) == []


@pytest.mark.parametrize("text", ["he is gonna leave", "hes going to leave", "he will leave"])
def test_a_cue_may_be_written_in_the_spelling_of_texts(text: str) -> None:
    book = CueBook.of([("he|hes gonna|will leave", "leaving")])
    assert [found.label for found in book.find(book.read(text))] == ["leaving"]


def test_words_of_english_are_plain_and_many() -> None:
    assert len(english_words()) > 3_000
    assert {"listened", "cancelled", "wee", "innit"} <= english_words()


@given(st.text(max_size=300))
def test_any_text_is_read_without_an_error_and_in_order(text: str) -> None:
    words = PLAIN.read(text)
    assert all(word.text and 0 <= word.start < word.end <= len(text) for word in words)
    assert [word.start for word in words] == sorted(word.start for word in words)
    assert plain(text) == plain(text)


LONG = {
    "one word a million times": "hello " * 1_000_000,
    "one word of a million letters": "a" * 1_000_000,
    "marks in the wrong order": "a" + "\u0301\u0316" * 50_000,
    "one emoji in a row": "😭" * 100_000,
    "two emoji by turns": "😭😢" * 50_000,
    "skins": "👍" + "🏽" * 100_000,
    "an emoji between skins": ("👍" + "🏽" * 30) * 3_000,
    "half faces": ":'-" * 30_000,
    "stars": "*" * 100_000,
    "full stops": "." * 100_000,
    "apostrophes": "'" * 100_000,
    "letters that are whole sentences": "\ufdfa" * 100_000,
    "a million different words": " ".join(map(str, range(1_000_000))),
}


@pytest.mark.timeout(20)  # a tenth of a second each, unless something looks at the same letters over and over
@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in LONG.items()])
def test_the_longest_text_is_read_in_time(text: str) -> None:
    assert all(word.end <= LONGEST_TEXT for word in PLAIN.read(text))
