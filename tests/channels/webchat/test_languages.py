"""English on a page of another language is marked as English, for whoever listens to the page."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

import html5lib
import pytest

from channels.webchat.words import ENGLISH
from tests.channels.webchat.playing import CODE, HELP, KINDS, TOKEN, Play

CHAT = f"/chat/{TOKEN}"
OURS = {*(words.partition("{")[0].strip() for words in ENGLISH.values() if not words.startswith("{")), *HELP}


def spoken(element: Element, language: str = "") -> Iterator[tuple[str, str]]:
    """Each piece of text with the language that it is read in."""
    language = element.get("lang", language)
    if element.text and element.tag not in {"style", "script"}:
        yield " ".join(element.text.split()), language
    for child in element:
        yield from spoken(child, language)
        if child.tail:
            yield " ".join(child.tail.split()), language


def unmarked(page: str) -> list[str]:
    """English words of ours that would be read out in the page's own language."""
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    beginnings = tuple(words.split("0800")[0].split("999")[0].split("85258")[0] for words in OURS)
    return [text for text, language in spoken(tree) if text and text.startswith(beginnings) and language != "en"]


def pages(play: Play) -> Iterator[str]:
    client = play.app().test_client()
    yield client.get(CHAT).text
    yield client.post(f"{CHAT}/begin", follow_redirects=True).text
    for question in KINDS:
        play.stand("asking", question)
        yield client.get(CHAT).text
        yield client.post(CHAT, data={"turn": "5", "question": question}).text
    for standing in ("waiting", "finished"):
        play.stand(standing)
        yield client.get(CHAT).text
        play.stand(standing, door=CODE)
        yield client.get(CHAT).text
    yield play.app().test_client().get(CHAT).text


@pytest.mark.parametrize("language", ["cy", "ar"])
def test_no_english_is_read_out_in_another_language(play: Play, language: str):
    play.language = language
    shown = list(pages(play))
    assert len(shown) > 20
    assert [unmarked(page) for page in shown] == [[]] * len(shown)
    assert all('aria-label="' not in page and " title=" not in page for page in shown), (
        "an attribute has one language only"
    )


def test_an_english_page_marks_nothing(play: Play):
    assert all(page.count('lang="en"') == 1 for page in pages(play))


def test_english_that_is_not_marked_would_be_found():
    page = '<html lang="cy"><body><p>In danger? Call <a>999</a>.</p><button>Send</button></body></html>'
    assert unmarked(page) == ["In danger? Call", "Send"]
