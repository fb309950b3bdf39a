"""Replays every conversation in tests/transcripts and compares what was said and kept, line by line.

A transcript begins with lines "# setting: value" (survey, worker, brand, and whichever of first contact, easy read,
next open and "red_today" and the like apply), then an empty line, then the conversation. Anyone may add one: write the
settings and the "Person:" lines, run the test, and read what it says the service would have answered.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.conversation.state import State
from bot.conversation.transcript import PERSON, Setting, play
from tests.shipped import CATALOGUE

FOLDER = Path(__file__).parents[2] / "transcripts"
TRANSCRIPTS = sorted(FOLDER.glob("*.txt"))
NOW = datetime(2026, 10, 6, 10, 30, tzinfo=UTC)
SEVERITIES = ("red_now", "red_today", "conduct", "amber")


def settings_and_conversation(text: str) -> tuple[dict[str, str], str]:
    """Split a transcript at its first empty line."""
    head, _, conversation = text.partition("\n\n")
    settings = dict(line.removeprefix("# ").split(": ", 1) for line in head.splitlines() if ": " in line)
    return settings, conversation


def played_again(text: str) -> str:
    """Play the person's lines of a transcript once more."""
    settings, conversation = settings_and_conversation(text)
    survey = CATALOGUE.get(settings["survey"])
    names = {
        "worker": settings["worker"],
        "brand": settings["brand"],
        "initial": settings.get("initial", "J"),
        "url": "heard.example.org/p",
        "link": "https://heard.example.org/chat/Kd83hs",
    }
    grave = {words: severity for severity in SEVERITIES for words in listed(settings, severity)}
    setting = Setting(
        names,
        severity_of=grave.get,
        is_foreign=lambda words: words in listed(settings, "other language"),
        is_complaint=lambda words: words in listed(settings, "complaint"),
        next_open=settings.get("next open"),
        again_on=settings.get("again on"),
    )
    state = State.new(
        survey,
        names,
        channel=settings.get("channel", "sms"),
        language=settings.get("language", "en"),
        easy_read=settings.get("easy read") == "yes",
        discreet=settings.get("discreet") == "yes",
        shared_phone=settings.get("shared phone") == "yes",
    )
    lines = conversation.splitlines()
    script = [line.removeprefix(PERSON) for line in lines if line.startswith(PERSON) or is_happening(line)]
    first_contact = settings.get("first contact") == "yes"
    played = play(state, survey, script, setting, NOW, first_contact=first_contact)
    return "\n".join((*played, ""))


def listed(settings: dict[str, str], name: str) -> list[str]:
    """The texts that a setting names, with | between them."""
    return [words.strip() for words in settings.get(name, "").split(" | ") if words.strip()]


def is_happening(line: str) -> bool:
    """Say whether the line stands for what is no text."""
    return line.startswith("(") and not line.startswith("(ends ")


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
def test_the_service_says_and_keeps_what_the_transcript_shows(path: Path):
    text = path.read_text(encoding="utf-8")
    _, conversation = settings_and_conversation(text)
    assert played_again(text) == conversation, f"read {path.name}, then correct it or the service"


def test_every_survey_has_a_transcript_that_ends_with_it_finished():
    finished = {
        settings["survey"]
        for settings, conversation in (settings_and_conversation(p.read_text(encoding="utf-8")) for p in TRANSCRIPTS)
        if conversation.endswith("(ends finished)\n")
    }
    assert finished == {survey.id for survey in CATALOGUE.latest()}
