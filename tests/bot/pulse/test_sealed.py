"""Links that are sealed while their mail waits: only the service's own key opens them, and nothing is left of them."""

from __future__ import annotations

from random import Random

from bot.sending.sealed import Sealed


def test_what_waits_holds_no_token_and_what_is_sent_does():
    sealed = Sealed("a secret")
    token, path = sealed.make()
    waiting = f"Follow https://heard.example{path} today."
    assert token not in waiting
    assert sealed.opened(waiting) == f"Follow https://heard.example/t/{token} today."
    assert Sealed("a secret").opened(waiting) == sealed.opened(waiting), "another process sends it"
    assert Sealed.concealed(waiting) == "Follow https://heard.example/t/… today."


def test_without_the_secret_nobody_makes_the_token():
    token, path = Sealed("a secret").make()
    assert token not in Sealed("another secret").opened(path)


def test_no_two_links_are_alike():
    sealed = Sealed("a secret")
    assert len({sealed.make()[0] for _ in range(100)}) == 100
    assert sealed.make(Random(1)) == sealed.make(Random(1))


def test_a_text_without_a_link_stays_as_it_is():
    words = "Look at /t/ and /t/~short, and at ~AAAAAAAAAAAAAAAAAAAAAA"
    assert Sealed("a secret").opened(words) == Sealed.concealed(words) == words
