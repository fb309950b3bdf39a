"""Whether the public address leads to us."""

from __future__ import annotations

import contextlib
import socket
import threading
import time

import pytest

from channels.webhooks import behind, reach
from tests.standins.loopback import Answer, LoopbackServer

NOT_PROTECTED = "The public address is not protected, so what people write could be read on its way."
NOTHING = "Nothing answers at the public address."
ANOTHER = "Something else than this service answers at the public address."


@contextlib.contextmanager
def address(answer):
    server = LoopbackServer(lambda *_: answer)
    server.start()
    try:
        yield server.url
    finally:
        server.stop()


def wrong(url, timeout=2.0):
    return [found.what for found in reach(url, timeout) if found.is_wrong]


def test_our_own_health_is_known_again():
    with address(Answer(200, b'{"status":"ok"}', {})) as url:
        assert wrong(url) == [NOT_PROTECTED]


@pytest.mark.parametrize(
    "answer",
    [
        Answer(200, b"<html>Parked</html>", {}),
        Answer(404, b'{"status":"ok"}', {}),
        Answer(302, b"", {"Location": "/elsewhere"}),
    ],
)
def test_another_service_at_our_address_is_told_from_us(answer):
    with address(answer) as url:
        assert wrong(url) == [NOT_PROTECTED, ANOTHER]


def test_an_address_that_nobody_answers_at_is_told():
    with address(None) as url:
        assert wrong(url) == [NOT_PROTECTED, NOTHING]
    assert wrong(url) == [NOT_PROTECTED, NOTHING]


def test_an_address_without_a_certificate_is_told():
    with address(Answer(200, b'{"status":"ok"}', {})) as url:
        (what,) = wrong(url.replace("http://", "https://"))
    assert "certificate" in what


def test_a_silent_address_is_not_waited_for_longer_than_the_time_out():
    server = LoopbackServer(lambda *_: time.sleep(1))
    server.start()
    try:
        began = time.monotonic()
        assert wrong(server.url, timeout=0.2) == [NOT_PROTECTED, NOTHING]
        assert time.monotonic() - began < 0.9
    finally:
        server.stop()


def test_an_address_that_falls_silent_in_the_middle_is_given_up_too():
    with socket.create_server(("127.0.0.1", 0)) as listening, contextlib.ExitStack() as held:
        listening.settimeout(5)
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"

        def begin():
            connection, _ = listening.accept()
            held.enter_context(connection)
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 15\r\n\r\n")

        beginning = threading.Thread(target=begin)
        beginning.start()
        assert wrong(url, timeout=0.2) == [NOT_PROTECTED, NOTHING]
        beginning.join()


@pytest.mark.parametrize(
    ("url", "trusted", "is_wrong"),
    [
        ("https://heard.council.example", 0, True),
        ("https://heard.council.example", 1, False),
        ("http://127.0.0.1:8000", 0, False),
    ],
)
def test_a_protected_address_with_no_proxy_that_is_trusted_is_told_of(url: str, trusted: int, is_wrong: bool):
    (found,) = behind(url, trusted)
    assert found.is_wrong is is_wrong
    assert ("TRUSTED_PROXIES" in found.instead) is is_wrong
