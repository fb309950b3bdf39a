"""Urgent concerns: what must be seen, what must only be glanced at, what must be left alone. All phrases are invented."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.taxonomy import ORDER, Concern
from analysis.urgency import categories, concerns_with, cues_of, find_concerns, hides_from_manager, most_serious


def kinds(text: str) -> dict[str, str]:
    return {concern.category: concern.severity for concern in find_concerns(text)}


@pytest.mark.parametrize(
    ("text", "category", "severity"),
    [
        ("yes but he hit me", "physical_abuse", "red_today"),
        ("2 he hit me", "physical_abuse", "red_today"),
        ("He hit, well, me", "physical_abuse", "red_today"),
        ("hiiiit me", "physical_abuse", "red_today"),
        ("he h1t me", "physical_abuse", "red_today"),
        ("my mates dad hits her", "physical_abuse", "red_today"),
        ("he won’t stop hitting me", "physical_abuse", "red_today"),
        ("hasnt stopped hitting mum", "domestic_abuse", "red_today"),
        ("im going to kill myself tonight", "suicide", "red_now"),
        ("k*ll myself", "suicide", "red_now"),
        ("i want 2 kill my self", "suicide", "red_now"),
        ("I want to die", "suicide", "red_now"),
        ("dnt wanna be here anymore", "suicide", "red_now"),
        ("not gonna lie i want to die", "suicide", "red_now"),
        ("everyone better off without me", "suicide", "red_now"),
        ("help me", "immediate_danger", "red_now"),
        ("hes here now", "immediate_danger", "red_now"),
        ("i self-harm again", "self_harm", "red_today"),
        ("i cut my arms last night", "self_harm", "red_today"),
        ("He makes me send pictures", "sexual_abuse", "red_now"),
        ("uncle touches me", "sexual_abuse", "red_now"),
        ("dont feel safe at home", "emotional_abuse", "red_today"),
        ("scared of him", "emotional_abuse", "red_today"),
        ("theres nothing to eat", "neglect", "red_today"),
        ("no heating and no electric", "neglect", "red_today"),
        ("they made me carry a package", "exploitation_county_lines", "red_today"),
        ("ive run away", "missing", "red_now"),
        ("hes got a knife", "weapons_violence", "red_now"),
        ("took too many", "overdose_substance", "red_now"),
        ("i cant cope gonna lose it with the baby", "carer_may_harm", "red_now"),
        ("hearing voices", "mental_health_crisis", "red_today"),
        ("they gonna make me marry him", "harmful_practices", "red_today"),
        ("i know where she lives", "threat_to_staff", "red_today"),
        ("he adds me on snap n says dont tell my manager", "allegation_staff", "conduct"),
        ("worker messages me at night", "allegation_staff", "conduct"),
        ("make him stop", "disclosure_without_words", "amber"),
        ("please stop it", "disclosure_without_words", "amber"),
        ("can i tell you something", "disclosure_without_words", "amber"),
        ("😭", "disclosure_without_words", "amber"),
        ("i want it to end", "suicide", "amber"),
        ("we got evicted", "housing_destitution", "amber"),
        ("who is this reading my wifes phone", "domestic_abuse", "amber"),
        ("HELP", "help", "amber"),
        ("help!!", "help", "amber"),
        ("допоможіть", "other_language", "amber"),
        ("मद्दत", "other_language", "amber"),
        ("boję się", "other_language", "amber"),
        ("ma bate", "other_language", "amber"),
        ("bije mnie", "physical_abuse", "red_today"),
        ("bardzo dobra pani i wszystko", "other_language", "amber"),
        ("it went wr\ufffdng", "unreadable", "amber"),
    ],
)
def test_a_sign_of_harm_is_found_with_its_severity(text: str, category: str, severity: str) -> None:
    assert kinds(text).get(category) == severity


@pytest.mark.parametrize(
    "text",
    [
        "he doesnt hit me any more",
        "no he never hit me",
        "she helped me stop cutting",
        "she helped me stop cutting, he doesnt hit me any more",
        "i used to self harm",
        "i dont want to kill myself",
        "kms lol",
        "kill me now lol",
        "my mum is a murderer lol",
        "hit me up",
        "help me with my homework",
        "hes coming on tuesday",
        "dont want to be here (about a session)",
        "cutting down on vaping",
        "touched by her kindness",
        "hates me (about a teacher)",
        "left alone to get on with it",
        "fighting with my brother over xbox",
        "missing my worker",
        "strap on my bag",
        "knife skills class",
        "cant cope with this homework",
        "taken abroad on holiday",
        "worker was fit",
        "suicide prevention course was good",
        "im hungry lol",
    ],
)
def test_past_denied_or_look_alike_harm_is_amber_at_most(text: str) -> None:
    assert most_serious(find_concerns(text)) in {None, "amber"}


@pytest.mark.parametrize(
    "text",
    [
        "he doesnt hit me any more",
        "she helped me stop cutting",
        "i used to self harm",
        "kms lol",
        "my mum is a murderer lol",
    ],
)
def test_past_harm_and_laughing_are_never_dropped(text: str) -> None:
    assert most_serious(find_concerns(text)) == "amber"


@pytest.mark.parametrize(
    "text",
    [
        "END",
        "STOP",
        "YES",
        "GO",
        "",
        " ",
        ".",
        "4",
        "10/10",
        "8ish",
        "0 problems",
        "idk",
        "ok",
        "👍",
        "🤷",
        "haircut",
        "hits different",
        "hit the target",
        "killed it",
        "in the end it was fine",
        "ketchup",
        "trap music",
        "she really listened to us",
        "fuck off",
        "shes fucking amazing",
        "three months waiting",
        "our worker has missed four visits now",
        "i feel safe",
        "cant fault her",
        "he helped me with the school forms",
        "what do u have on me",
        "wrong number mate",
        "smacked it out the park",
    ],
)
def test_everyday_replies_raise_nothing(text: str) -> None:
    assert find_concerns(text) == []


@pytest.mark.parametrize("block", categories(), ids=lambda block: f"{block['id']}-{block['severity']}")
def test_every_short_plain_cue_of_a_category_is_found(block: dict[str, str]) -> None:
    plain = [cue.replace("_", " ") for cue in cues_of(block, "short") if not set("@|~+") & set(cue)]
    missed = [cue for cue in plain if block["id"] not in kinds(cue)]
    assert not missed


def test_a_weak_cue_is_amber_alone_and_stronger_beside_another() -> None:
    assert kinds("im hungry")["neglect"] == "amber"
    assert kinds("im hungry and he hit me")["neglect"] == "red_today"


def test_two_live_ambers_of_different_kinds_are_red_today() -> None:
    assert most_serious(find_concerns("we got evicted and im getting bullied")) == "red_today"


def test_two_past_harms_do_not_add_up() -> None:
    assert most_serious(find_concerns("i used to self harm, he never hit me since")) == "amber"


def test_a_past_harm_does_not_hide_a_present_one() -> None:
    assert kinds("he used to hit me. now he hits my brother")["physical_abuse"] == "red_today"


def test_cues_do_not_reach_over_the_end_of_a_sentence() -> None:
    assert find_concerns("She was a hit. My son loved it") == []


def test_the_words_are_those_of_the_original() -> None:
    assert find_concerns("Yes, but he HIIIT me!!")[0].words == "he HIIIT me"


def test_one_concern_for_each_category_most_serious_first() -> None:
    found = concerns_with(None, "we got evicted, he hit me, he hit me, i want to die")
    assert [concern.category for concern in found] == ["suicide", "physical_abuse", "housing_destitution"]


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("If you are worried, is there a grown-up you can talk to?", "no", "amber"),
        ("know_where", "no", "amber"),
        ("Do you feel safe at home?", "not really", "amber"),
        ("Do you feel safe at home?", "yes", None),
        ("Did you have a say?", "no", None),
        (None, "no", None),
    ],
)
def test_a_bare_no_means_more_where_safety_was_asked_about(
    question: str | None, text: str, expected: str | None
) -> None:
    assert most_serious(find_concerns(text, question=question)) == expected


def test_conduct_is_noticed_beside_a_graver_concern() -> None:
    found = find_concerns("my worker touched me and said not to tell")
    assert most_serious(found) == "red_now"
    assert hides_from_manager(found)


def test_conduct_hides_nothing_where_there_is_none() -> None:
    assert not hides_from_manager([Concern("suicide", "red_now", "x")])
    assert most_serious([]) is None


@given(st.text(max_size=300))
def test_any_text_is_read_without_an_error(text: str) -> None:
    assert all(concern.severity in ORDER for concern in find_concerns(text))


@pytest.mark.timeout(60)  # milliseconds, unless an expression looks at the same words over and over
@pytest.mark.parametrize("piece", ["he hit me ", "want to ", "a", "k*", "😭", "he not hit ", "i dont know "])
def test_the_longest_message_is_read_to_its_end(piece: str) -> None:
    assert all(concern.severity in ORDER for concern in find_concerns((piece * 1600)[:1600]))
