"""How long it takes to read a reply, in microseconds: `python -m bench.replies`. Every reply here is invented.

Ordinary short replies and replies of 1,600 characters are measured apart, on every type of question, each reply on its
own, in time of the processor, so that other programs do not count. Figures are printed, never asserted.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

from surveys.languages import ReplyWords
from surveys.questions import Option, Question, QuestionType
from surveys.replies import parse_reply

LONG = 1600
"""The most characters that an SMS of ten parts can bring."""

AIM_MEDIAN_SHORT = 15.0
AIM_P99_LONG = 1000.0

SHORT_REPLIES = (
    *("4", "four", "8ish", "7 or 8", "10/10", "about an 8", "2.", "option 3", "c", "3 - Worse", "yes", "no", "yh"),
    *("yes please x", "definately", "mostley", "better thanks", "same", "havent seen", "idk", "k", "👍🏽", "4️⃣", "८"),
    *(
        "skip",
        "n/a",
        "2 he shouts",
        "yes but not always",
        "no she never rang",
        "worse since he left",
        "1, 3",
        "a and c",
    ),
    *("6/10/2026", "6th October 2026", "20 minutes", "07700 900123", "£5", "7:30", "0 problems", "not sure really"),
    *("um yeah i think it was about an eight or so to be honest because she listened", "Liked “Are things better?”"),
    *("Sam listens to us and never judges", "more help at school please", "to be honest with you not really", "osiem"),
)
LONG_PIECES = (
    *("she listens to us and we feel heard ", "1 or ", "yes but ", "to be honest ", "i think ", "a ", "no ", "and 3 "),
    *("(", '"', "1", "1,", "1/", "8 ", "x", "xxx ", ".", "\n", " ", "or so ", "jk 2 ", "1,200", "wait its "),
    *(
        "😀",
        "👍",
        "👍 to “",
        "reacted ",
        "removed a ",
        "ש",
        "مرحبا ",
        "आठ ",
        "é",
        "\u200b",
        "6/10/2026 or ",
        "6 oct ",
        "1 and ",
    ),
)


@dataclass(frozen=True)
class Measured:
    """What reading took, in microseconds: of short replies and of long ones, half within p50 and all but 1 % in p99."""

    short_p50: float
    short_p99: float
    long_p50: float
    long_p99: float

    def __str__(self) -> str:
        """Say it in two lines, with the aims."""
        return (
            f"parse_reply, short replies: p50 {self.short_p50:.1f} µs (aim: under {AIM_MEDIAN_SHORT:.0f}), "
            f"p99 {self.short_p99:.0f} µs\n"
            f"parse_reply, {LONG:,} characters: p50 {self.long_p50:.0f} µs, "
            f"p99 {self.long_p99:.0f} µs (aim: under {AIM_P99_LONG:,.0f})"
        )


def questions() -> tuple[Question, ...]:
    """Give an invented question of every type, one of them in another language."""
    polish = ReplyWords(yes=("tak",), no=("nie",), unsure=("nie wiem",), numbers={"osiem": 8, "siedem": 7})
    return (
        _question("scale"),
        _question("choice", "Better", "Stayed the same", "Worse", "Mixed"),
        _question("choice", "Yes", "Mostly", "Not really", "No", "Not sure"),
        _question("yes_no", "Tak", "Nie", words=polish),
        _question("choices", "Home", "School", "Money and debts", "Health", "None of these"),
        _question("number", highest=5000),
        _question("date"),
        _question("text"),
    )


def _question(kind: QuestionType, *labels: str, highest: int = 10, words: ReplyWords | None = None) -> Question:
    options = tuple(Option(v=v, label=label, score=None) for v, label in enumerate(labels, start=1))
    return Question(
        id="q1", metric="bench", type=kind, ask="How is it going?", options=options, highest=highest, words=words
    )


def long_replies() -> list[str]:
    """Give replies of the longest kind, ordinary and adversarial, with and without an answer before them."""
    return [f"{answer}{piece * LONG}"[:LONG] for piece in LONG_PIECES for answer in ("", "8 ", "yes ", "better. ")]


def measure(rounds: int = 5) -> Measured:
    """Read every reply to every question, `rounds` times over, after once to warm up."""
    asked, long = questions(), long_replies()
    _times(asked, (*SHORT_REPLIES, *long), 1)
    short_times = _times(asked, SHORT_REPLIES, rounds * 10)
    long_times = _times(asked, long, rounds)
    return Measured(
        _percentile(short_times, 50),
        _percentile(short_times, 99),
        _percentile(long_times, 50),
        _percentile(long_times, 99),
    )


def _times(asked: Sequence[Question], replies: Sequence[str], rounds: int) -> list[float]:
    times = []
    for _ in range(rounds):
        for question in asked:
            for text in replies:
                began = time.thread_time_ns()
                parse_reply(question, text)
                times.append((time.thread_time_ns() - began) / 1000)
    return times


def _percentile(times: Sequence[float], percent: int) -> float:
    return sorted(times)[min(len(times) - 1, len(times) * percent // 100)]


def main() -> None:
    """Measure and print."""
    print(measure())


if __name__ == "__main__":
    main()
