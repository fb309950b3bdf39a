"""What changes the severity of a cue: harm that is over or denied, laughing, a friend, two signs, passing talk. Invented."""

from __future__ import annotations

import pytest

from analysis.models.reading import load
from analysis.taxonomy import ORDER
from analysis.training.invented_corpus import invented
from analysis.urgency import concerns_with, most_serious

OVER_OR_DENIED = """
used to cut
i used to cut
used to cut but im ok now
he doesnt hit me any more
no one hurts me
no one is hitting me
nobody hits me
no i dont feel suicidal
dad stopped hitting mum last year
mum stopped hitting us
they stopped hitting me when worker came
"""
LAUGHED_OFF = """
kms lol
kill me now haha
"""
WORTH_A_GLANCE = """
dont want to be here (about a session)
missing school
he hit me up for money
im hungry lol
"""
TOGETHER = [
    ("hungry and home alone", "red_today"),
    ("bullied and they said they would stab me", "red_now"),
    ("I'm being bullied at school and its making me cut", "red_today"),
    ("evicted tonight with my 2 kids nowhere to go", "red_now"),
    ("we are being evicted tonight and i have two children", "red_now"),
    ("😢😭", "amber"),
    ("everything is ok 💔🔪", "amber"),
    ("dont tell anyone but never mind", "amber"),
]
IN_PASSING = [
    ("got a gun tbh", "red_now"),
    ("help me tbh", "red_now"),
    ("comes in my room tbh", "red_now"),
    ("my worker is nice but can i tell you something about home that nobody knows", "amber"),
    ("not many people know that he comes in my room when they are all asleep", "red_now"),
    ("she locked me out of the house all night in the rain and i had no coat", "red_today"),
]
FOR_A_FRIEND = [
    ("my mate wants to kill herself", "red_now"),
    ("my friends dad hits her", "red_today"),
]
EVERYDAY = """
staff help us a lot
they help us
please help us sooner
help us with the forms
Flexible hours help us reach dads
he is coming along nicely
i wont be here next week
im not going home till 5
passed out certificates
plugging gaps in the rota
the car park is not safe
Caseload is not safe
reading this form is hard
county lines talk at school
the baby kicked me
he gave me money for the bus
where you been hiding stranger
nearly died of embarrassment at karaoke
resigning now would be career suicide
nan battered me at cards
kitten scratches all over my hands
evicted from the sofa by the dog
he grabbed my arm when i slipped on the ice
goodbye everyone and see you next term
no point living in the past
hurt myself laughing
purging my wardrobe this weekend
made myself sick with excitement before the trip
the news hit me hard but they were kind
strangled by red tape
it hurts me to see it close
she wants me to meet her new baby
we did private parts in science
screams at me from the sideline
locked out of the portal again
havent eaten sprouts since i was five
sleep on the floor at the sleepover
mum passed out leaflets with me
the dog follows me about
he found out he is dyslexic
trapping moths with grandad
my car is taxed now
church elders made tea
debt of gratitude
not going home empty handed
lamb shank for tea
kill him with kindness
murder mystery night
blacked out windows in the hall
losing my mind over this jigsaw
cant breathe for laughing
meeting was arranged without asking us
they made a bomb at the fete
school council manifesto
no money for toppings
helping at the food bank
ill find you a seat
gonna burn the sausages
its a secret recipe
whats the point of this question
"""

NEARLY_EVERYDAY = """
i hear voices in the walls
there is no food in the house until we get paid
stabbed myself with a compass
he hit me with his brown belt
we are sleeping rough in a tent
ill find you one day
watch your back when you leave work
my husband follows me everywhere since i left him
suicide runs in my family and i want to end it
goodbye everyone i wont see you next week
no point living in this world
he says its our secret and gives me sweets
they made me hold a package for a neighbour
going to make a bomb at the market
made myself sick after eating sweets
he wants me to meet his puppy
i am left on my own with the baby for hours
i tried to escape my room he locked me in
he had a breakdown in the car
they picked on me for a year
the door opened and he hit me
its a secret about grandad
promise you wont tell he likes me
"""
"""Much like the everyday answers above, and not: a look-alike must not silence what stands near it."""


def severity(text: str) -> str | None:
    return most_serious(concerns_with(None, text))


def lines(texts: str) -> list[str]:
    return texts.strip().splitlines()


@pytest.mark.parametrize("text", [*lines(OVER_OR_DENIED), *lines(LAUGHED_OFF), *lines(WORTH_A_GLANCE)])
def test_what_is_over_denied_laughed_off_or_a_look_alike_is_amber_never_dropped(text: str) -> None:
    assert severity(text) == "amber"


@pytest.mark.parametrize(("text", "expected"), [*TOGETHER, *FOR_A_FRIEND])
def test_signs_beside_each_other_and_about_a_friend_weigh_as_the_rules_say(text: str, expected: str) -> None:
    assert severity(text) == expected


@pytest.mark.parametrize(("text", "expected"), IN_PASSING)
def test_a_cue_counts_in_a_long_message_and_beside_text_speak(text: str, expected: str) -> None:
    assert severity(text) == expected


@pytest.mark.parametrize("text", lines(NEARLY_EVERYDAY))
def test_what_is_nearly_an_everyday_answer_still_rings(text: str) -> None:
    assert severity(text) is not None


@pytest.mark.parametrize("text", lines(EVERYDAY))
def test_everyday_answers_wake_nobody(text: str) -> None:
    assert severity(text) is None


def test_a_sign_is_seen_anywhere_in_a_very_long_message() -> None:
    filler = "we went to the park and had a nice time. " * 1_000
    assert severity(f"{filler} my dad hits me. {filler}") == "red_today"


def test_the_models_only_ever_add_to_what_the_patterns_find() -> None:
    lite = load("lite")
    for text in [example.text for example in invented() if example.source == "disclosures"][::25]:
        alone = {concern.category: concern.severity for concern in concerns_with(None, text)}
        together = {concern.category: concern.severity for concern in concerns_with(lite, text)}
        assert all(ORDER.index(together[category]) <= ORDER.index(found) for category, found in alone.items())
