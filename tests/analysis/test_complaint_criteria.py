"""The criteria of a possible complaint, where their own words decide: no model is asked.

What is only told, in words that no list foresees, is left to the models; docs/analysis.md has the figures.
"""

from __future__ import annotations

import pytest

from analysis.complaints import complains

COMPLAINTS = [
    "please change the decision",
    "they shared my data with my ex",
    "promised to ring 3 times and never did",
    "i dont want to complain but she never comes",
    "I want to make a formal complaint",
    "who do i complain to",
    "i am going to the ombudsman",
    "ive told my solicitor about this",
    "my MP will hear about it",
    "ill be writing to my councillor",
    "i want him sacked",
    "the way she spoke to me is unacceptable",
    "we were discriminated against because of my accent",
    "i want an apology for what was said",
    "we are owed an explanation",
    "can we please have a different worker",
    "please look at the decision again",
    "i want my bus fare money back",
    "can someone ring me about this",
    "youve missed three visits now",
    "the report says things about me that arent true",
    "you gave my address to my ex",
    "he promised a letter twice and nothing came",
    "told us she would ring and never rang back",
    "she cancelled on us four times",
    "nobody turned up again and i took the day off work",
    "i disagree with the decision to close us",
    "not complaining but you lost our forms twice",
    "your report got my sons name wrong",
    "i would like to report my worker",
    "they told my mum what i said in private",
]

NO_COMPLAINTS = [
    "not a complaint just a thought",
    "my mp helped me",
    "my solicitor was helpful",
    "no complaints from me",
    "cant complain really",
    "nothing to complain about",
    "i have never had to complain",
    "this isnt a complaint",
    "not really a complaint more of an idea",
    "im not complaining",
    "my councillor was lovely about it",
    "our solicitor was really kind",
    "the mp was great",
    "i complained to the school and you helped",
    "i want to complain about the gp",
    "more sessions in the holidays please",
    "could you send the leaflet again",
    "can i have a new appointment",
    "she never judged me",
    "he never missed a visit",
    "you promised to ring and you did",
    "she kept her promise",
    "she told me what would happen",
    "she asked before sharing my information with school",
    "we shared a pizza with my worker",
    "they helped me change my mind about school",
    "it was a hard decision to make",
    "not good",
    "could be better",
    "we need a new sofa",
    "it would be nice to meet at the park",
    "the reports were clear and right",
    "she changed the time for us twice and it helped",
    "she shared ideas without judging",
    "he rang three times to check on us",
]


@pytest.mark.parametrize("text", COMPLAINTS)
def test_what_meets_the_criteria_may_be_a_complaint(text: str):
    assert complains(None, text)


@pytest.mark.parametrize("text", NO_COMPLAINTS)
def test_what_does_not_meet_them_is_none_by_the_words(text: str):
    assert not complains(None, text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("not a complaint but we want a new worker", True),
        ("i dont want to complain and i want an apology", True),
        ("my solicitor was helpful and says to ask for an apology", True),
        ("i want to complain about her", True),
        ("you never rang us and i cant complain to anyone", True),
        ("i want to complain about the school", False),
    ],
)
def test_what_is_taken_back_takes_back_nothing_else(text: str, expected: bool):
    assert complains(None, text) is expected
