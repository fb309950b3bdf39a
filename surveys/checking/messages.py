"""The shared messages that conversations need: every one must be there in English."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from surveys.checking.problems import Finding
from surveys.checking.texts import in_messages

NEEDED_MESSAGES = (
    *("first_contact_yp", "first_contact_yp_2", "first_contact_parent", "first_contact_parent_2"),
    *("discreet_opener", "discreet_link", "shared_phone_check", "shared_phone_not_me", "unsafe_contact"),
    *("partner_intro", "staff_intro", "notifier_intro"),
    *("reminder", "reminder_discreet", "resume", "ready_prompt", "declined", "later_ok", "ended_yp", "ended_adult"),
    *("help_yp", "help_adult", "stop_confirm", "start_confirm", "who_we_are"),
    *("person_wanted", "access_request", "erasure_request", "other_format", "advocate", "no_way_back"),
    *("clarify_scale", "clarify_scale_two_numbers", "clarify_choice", "clarify_choices", "clarify_number"),
    *("clarify_date", "clarify_text", "moving_on", "skipped", "media_reply", "other_language"),
    *("late_reply", "nothing_open", "wrong_number", "worker_leaves", "cancelled"),
    *("urgent_neutral_yp", "urgent_neutral_adult", "urgent_ooh_yp", "urgent_ooh_adult"),
    *("urgent_no_secrets", "urgent_999_silent"),
    *("complaint_offer", "complaint_logged", "complaint_declined"),
    *("closing_yp", "closing_yp_adult", "closing_parent", "closing_partner", "closing_staff", "closing_notifier"),
    *("your_worker", "you_said_we_did"),
)


def in_messages_file(content: Mapping[str, Any]) -> tuple[Mapping[str, str], list[Finding]]:
    """Give the messages that a file's content holds, and everything wrong with it."""
    entries = content.get("messages")
    messages = {str(k): v for k, v in entries.items() if isinstance(v, str)} if isinstance(entries, dict) else {}
    return messages, [*_misshapen(content), *_missing(messages), *in_messages(messages)]


def _misshapen(content: Mapping[str, Any]) -> Iterator[Finding]:
    for key in content.keys() - {"version", "messages"}:
        yield Finding(None, f"`{key}` is not a word we know here.", "Indent it under `messages:`, or take it out.")
    entries = content.get("messages")
    if not isinstance(entries, dict):
        yield Finding(
            None, "There is no list of messages.", 'Write `messages:` and below it, indented, `name: "words"`.'
        )
        return
    for name, words in entries.items():
        if not isinstance(words, str):
            yield Finding(str(name), "This is not words.", "Put the words in quotes.")


def _missing(messages: Mapping[str, str]) -> Iterator[Finding]:
    for name in NEEDED_MESSAGES:
        if name not in messages:
            yield Finding(name, "This message is missing.", f'Add a line `{name}: "words"`.')
