"""A bot at the stand-in, with one person who has begun a chat."""

from __future__ import annotations

import contextlib

import pytest

from channels.telegram import TelegramChat
from tests.channels.edges import chat_of
from tests.standins.telegram import TelegramStandIn

ELLA = 7700900123


@pytest.fixture
def telegram():
    with TelegramStandIn() as standin:
        standin.begin(ELLA)
        yield standin


@pytest.fixture
def chat(telegram) -> TelegramChat:
    with contextlib.closing(chat_of(telegram, timeout=5.0)) as channel:
        yield channel
