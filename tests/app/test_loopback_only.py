"""That no test can reach another machine."""

from __future__ import annotations

import socket

import pytest
import requests

from tests import loopback_only

ELSEWHERE = "192.0.2.1"


def post_without_a_connection(address: tuple[str, int]) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as post:
        post.sendto(b"x", address)


@pytest.mark.parametrize(
    "reach",
    [
        lambda: requests.get(f"http://{ELSEWHERE}:9/", timeout=1),
        lambda: socket.create_connection(("2001:db8::1", 9), timeout=1),
        lambda: post_without_a_connection((ELSEWHERE, 9)),
    ],
    ids=["by a library", "by a socket", "without a connection"],
)
def test_what_leaves_this_machine_is_refused_and_noted(reach):
    with pytest.raises(OSError, match="tests reach nothing but this machine"):
        reach()
    assert loopback_only.reached_for.pop().endswith(":9")
    loopback_only.reached_for.clear()  # a library may have tried more than once


def test_this_machine_may_be_reached():
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()[:2]):
        assert loopback_only.reached_for == []
