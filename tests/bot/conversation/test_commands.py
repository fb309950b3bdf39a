"""Which texts tell the service something, near misses beside what they nearly are."""

from __future__ import annotations

import pytest

from bot.conversation.commands import read_command, read_provider_keyword


@pytest.mark.parametrize(
    "text",
    [
        "STOP", "stop.", " Stop! ", "Stop. Thank you", "please stop", "STOP STOP", "stop texting me", "leave me alone",
        "don't text", "take me off", "unsubscribe", "opt out", "remove me", "fuck off", "go away", "not interested thanks",
        "koniec", "nie pisz", "nepíšte", "nu vreau", "СТОП", "не пишите", "बन्द", "नपठाउनुहोस्",
    ],
)  # fmt: skip
def test_a_whole_message_that_means_stop_is_a_stop(text: str):
    assert read_command(text) == "stop"


@pytest.mark.parametrize(
    "text",
    [
        "make it stop", "make him stop", "please make her stop", "I want it to stop", "stop him", "stop her", "stop it",
        "please stop it", "end it", "want to end it", "end my life", "it has to stop", "stop hitting",
        "he won't stop", "shes fucking amazing", "fucking social workers", "she helped me stop cutting", "bus stop", "non stop",
        "dont stop texting me", "he came back", "the other one", "see you later alligator", "call me when you said you would", "","👍", "4", "yes", "helpful", "he helps", "start of term", "skipping school",
    ],
)  # fmt: skip
def test_what_only_holds_such_a_word_is_no_command(text: str):
    assert read_command(text) is None


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("HELP", "help"),
        ("help!", "help"),
        ("help please", "help"),
        ("Start", "start"),
        ("skip", "skip"),
        ("n/a", "skip"),
        ("END", "end"),
        ("quit", "end"),
        ("Cancel", "end"),
        ("later", "later"),
        ("Not now sorry", "later"),
        ("i'm at work", "later"),
        ("BACK", "back"),
        ("Other", "other_format"),
        ("ADVOCATE please", "advocate"),
        ("Can someone call me?", "person_wanted"),
        ("what do u have on me", "access_request"),
        ("Delete what I said!", "erasure_request"),
        ("who is this?", "who_is_this"),
        ("whos this", "who_is_this"),
    ],
)
def test_the_other_commands_are_whole_messages_too(text: str, command: str):
    assert read_command(text) == command


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("END", "stop"),
        ("quit", "stop"),
        ("Cancel", "stop"),
        ("STOPALL", "stop"),
        ("INFO", "help"),
        ("YES", None),
        ("hi", None),
    ],
)
def test_where_the_provider_acted_its_own_keywords_count_except_yes(text: str, command: str | None):
    assert read_provider_keyword(text) == command
