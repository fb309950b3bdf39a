"""How the console words what the tables hold in short: severities, stages, times. Registered as Jinja filters."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import partial

from flask import Flask

from analysis.digesting.kinds import KIND_LABELS
from analysis.digesting.shown_tags import shown_tags
from analysis.figures import counted, reason_label
from analysis.taxonomy import THEMES
from bot.alerts import HOW_SOON
from bot.calendar import LONDON
from bot.conversation.effects import NOTICE_LABELS
from console.tag_forms import SPOKEN_OF
from surveys.stages import STAGE_LABELS

REASONS: Mapping[str, str] = {
    **{str(what): words for what, words in NOTICE_LABELS.items()},
    "concern": "Words that may mean someone is not safe",
    "low_score": "A low answer to a question about safety",
    "unread": "A message that a person must read",
    "unreadable": "Sent something that could not be read here, such as a picture",
    "held": "The duty desk reads it first",
}
KINDS = {
    "reply": "Reply to a person",
    "safety": "Reply to a sign of danger",
    "alert": "Alert",
    "confirmation": "Confirmation of a stop",
    "alarm": "Alarm about sending",
    "invitation": "Invitation",
    "reminder": "Reminder",
    "request": "Note that a partner asks to be contacted",
    "digest": "Note about a digest",
}
CHANNELS = {"sms": "By text", "email": "By mail", "telegram": "By Telegram", "web": "In the web chat"}
WAY = {
    "queued": "waits to be sent",
    "sending": "is being sent",
    "accepted": "handed to the provider",
    "kept": "kept here",
    "sent": "sent",
    "delivered": "delivered",
    "read": "read",
    "undelivered": "not delivered",
    "failed": "not delivered",
    "dropped": "not sent",
}
"""How far a message of ours has come."""
SENTIMENTS = {"positive": "sounds positive", "neutral": "sounds neutral", "negative": "sounds negative"}


def register(app: Flask, roles: Mapping[str, str]) -> None:
    """Give the templates these words, and what the council calls its roles."""
    tables: dict[str, Mapping[str, str]] = {
        "severity": HOW_SOON,
        "reason": REASONS,
        "role": roles,
        "kind": KINDS,
        "channel": CHANNELS,
        "way": WAY,
        "sentiment": SENTIMENTS,
        "list_name": {str(kind): name for kind, name in KIND_LABELS.items()},
        "theme": {theme.id: theme.label for theme in THEMES.values()},
        "spoken_of": SPOKEN_OF,
        "stage": {str(stage): words for stage, words in STAGE_LABELS.items()} | {"all": "All stages", "": "A campaign"},
    }
    for name, table in tables.items():
        app.add_template_filter(partial(_look_up, table), name)
    app.add_template_filter(label, "label")
    app.add_template_filter(shown_tags, "shown_tags")
    app.add_template_global(counted, "counted")
    app.add_template_filter(not_asked, "not_asked")
    for name, words in TIMES.items():
        app.add_template_filter(words, name)


def _look_up(table: Mapping[str, str], key: str) -> str:
    return table.get(key) or label(key)


def label(key: str) -> str:
    """A name as the tables keep it, in words: `waiting_times` becomes `Waiting times`."""
    words = key.replace("_", " ")
    return words[:1].upper() + words[1:]


def not_asked(code: str) -> str:
    """Why somebody was not asked, as a heading of its row: `They have opted out of texts`."""
    words = reason_label(code)
    return words[:1].upper() + words[1:]


def local(at: datetime) -> str:
    """A moment for the `datetime` attribute of <time>."""
    return at.astimezone(LONDON).isoformat(timespec="minutes")


def moment(at: datetime) -> str:
    """A moment in London: `Tue 6 October 2026, 11:30`."""
    here = at.astimezone(LONDON)
    return f"{here:%a} {day(here)}, {here:%H:%M}"


def day(on: date) -> str:
    """A day: `6 October 2026`."""
    local_day = on.astimezone(LONDON) if isinstance(on, datetime) else on
    return f"{local_day.day} {local_day:%B %Y}"


def month(on: date) -> str:
    """A month: `October 2026`."""
    return f"{on:%B %Y}"


TIMES: Mapping[str, Callable[[datetime], str]] = {"moment": moment, "day": day, "month": month, "local": local}
