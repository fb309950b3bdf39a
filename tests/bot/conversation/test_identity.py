"""Who says that they are somebody else, and whose ordinary words only speak of such people."""

from __future__ import annotations

import pytest

from bot.conversation.identity import read_holder


@pytest.mark.parametrize(
    ("text", "audience", "holder"),
    [
        ("hi its his mum he says its fine", "young_person", "someone_else"),
        ("Mum here. he doesnt want to", "young_person", "someone_else"),
        ("this is sams dad", "young_person", "someone_else"),
        ("her dad here, she is out", "young_person", "someone_else"),
        ("Hi, im jamies sister", "young_person", "someone_else"),
        ("its his daughter", "parent_carer", "someone_else"),
        ("its his mum", "young_person", "someone_else"),
        ("who is this reading my wifes phone", "parent_carer", "unsafe_contact"),
        ("why are you texting my wife", "parent_carer", "unsafe_contact"),
        ("its her husband", "parent_carer", "unsafe_contact"),
        ("this is my wifes phone", "parent_carer", "unsafe_contact"),
        ("i am her partner. why are u texting", "young_person", "unsafe_contact"),
        ("wrong number mate", "parent_carer", "wrong_number"),
        ("Sorry, you have the wrong number", "parent_carer", "wrong_number"),
        ("you've got the wrong person", "young_person", "wrong_number"),
        ("no one called Sam here", "young_person", "wrong_number"),
    ],
)
def test_whoever_says_that_they_are_not_the_one_is_heard(text: str, audience: str, holder: str):
    assert read_holder(text, audience, discreet=False) == holder


@pytest.mark.parametrize("audience", ["young_person", "parent_carer"])
@pytest.mark.parametrize(
    "text",
    [
        "no one called me back", "nobody called", "no one named a plan", "wrong person got the help",
        "they had the wrong number for me", "sam had the wrong phone number", "i just got a new number so text me here",
        "her number now is different", "its not my number one worry", "their phone now goes to voicemail",
        "ex texting me all the time", "partner here now so things better", "boyfriend texting me horrible stuff",
        "ex here again causing trouble", "why is my ex texting my daughter", "its her ex he wont stop texting",
        "im on my dads phone cos mine broke", "shes not answering u because shes scared", "looking at my mums phone bill",
        "dad here again", "mum here every day now", "step dad texting me weird stuff", "social worker texting me late at night",
        "mum answering for me at meetings", "teacher speaking to me helped", "im his son and he hits me",
        "its his mum she hates me", "mums boyfriend", "mums boyfriend said he would kill me", "his mum says no",
        "he took my sons phone", "her ex is a problem", "my husband helps more now", "its my mum", "dad", "her dad left",
        "i want my mum here", "they gave my partner the wrong person to call", "who knows what my wife thinks", "mum and dad here more",
    ],
)  # fmt: skip
def test_ordinary_words_about_such_people_stop_nobodys_voice(text: str, audience: str):
    assert read_holder(text, audience, discreet=False, own_words=True) is None


@pytest.mark.parametrize("text", ["its his dad", "its her husband", "it is her ex"])
def test_where_words_are_asked_for_an_answer_about_somebody_is_an_answer(text: str):
    assert read_holder(text, "young_person", discreet=False, own_words=True) is None


def test_anyone_else_makes_a_discreet_phone_unsafe():
    assert read_holder("its his mum he is out", "young_person", discreet=True) == "unsafe_contact"
