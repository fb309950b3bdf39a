"""Questions of every type, invented where no shipped survey has one, for the tables of replies to be read against."""

from __future__ import annotations

from surveys.catalogue import load
from surveys.languages import ReplyWords
from surveys.questions import Option, Question, QuestionType
from surveys.replies import Answer


def ask(kind: QuestionType, *labels: str, wording: str = "How is it going?", **more: object) -> Question:
    options = tuple(Option(v=v, label=label, score=None) for v, label in enumerate(labels, start=1))
    return Question.model_validate(
        {"id": "q1", "metric": "invented", "type": kind, "ask": wording, "options": options, **more}
    )


CATALOGUE = load()
REVIEW = CATALOGUE.get("parent_review")
CLOSURE = CATALOGUE.get("parent_closure")

SCALE = REVIEW.question("q1")
CHANGE = REVIEW.question("q2")  # 1 Better, 2 Stayed the same, 3 Worse, 4 Mixed
PLAN = REVIEW.question("q4")  # 1 A lot, 2 Some, 3 Not at all, 4 Haven't seen a plan
JOINED_UP = REVIEW.question("q5")  # 1 Yes, 2 Partly, 3 No, 4 No one else
FREE = REVIEW.question("q6")
SHARE = REVIEW.question("q8")  # 1 Yes, 2 Manager only
OVERALL = CLOSURE.question("q1")  # 1 Very good, 2 Good, 3 OK, 4 Poor, 5 Very poor
KNOW_WHERE = CLOSURE.question("q7")  # 1 Yes, 2 Not sure, 3 No

AGREE = ask("choice", "Strongly disagree", "Disagree", "Neither", "Agree", "Strongly agree")
OFTEN = ask("choice", "Always", "Mostly", "Sometimes", "Rarely")
RESPECT = ask("choice", "Yes", "Mostly", "Not really", "No")
TIMELY = ask("choice", "Yes", "A bit late", "Much too late", "Too early to say")
NEEDED = ask("choice", "Yes", "No need")
YES_NO = ask("yes_no", "Yes", "No")
NOW_LATER = ask("yes_no", "Now", "Later")
ONE_TO_FIVE = ask("scale", lowest=1, highest=5)
TO_A_HUNDRED = ask("scale", lowest=0, highest=100)
CHILDREN = ask("number", wording="How many children live with you?", highest=5000)
WEEKS = ask("number", wording="How many weeks did you wait?", highest=200)
DAY = ask("date", wording="When did the help begin?")
HELPED = ask("choices", "Home", "School", "Money and debts", "None of these", "Someone else")

POLISH = ReplyWords(
    yes=("tak", "jasne"),
    no=("nie",),
    unsure=("nie wiem",),
    skip=("pomiń",),
    numbers={"pięć": 5, "siedem": 7, "osiem": 8},
)
WELSH = ReplyWords(
    yes=("ie", "ydy"), no=("nage", "nac ydy"), unsure=("ddim yn siŵr",), skip=("hepgor",), numbers={"wyth": 8}
)
NEPALI = ReplyWords(yes=("हो",), no=("होइन", "छैन"), unsure=("थाहा छैन",), skip=("छोड्नुहोस्",), numbers={"छ": 6, "आठ": 8})

EVERY_TYPE = (
    *(SCALE, CHANGE, JOINED_UP, FREE, ONE_TO_FIVE, TO_A_HUNDRED, CHILDREN, DAY, HELPED, YES_NO),
    ask("choice", "Tak", "Częściowo", "Nie", words=POLISH),
    ask("yes_no", "हो", "होइन", words=NEPALI),
)
SKIPPED = Answer(None, None, ("skipped",))
