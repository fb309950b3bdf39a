"""The form of a mail: its headers, and two parts that say the same."""

from __future__ import annotations

from email import message_from_bytes, policy
from email.message import EmailMessage

import html5lib
import pytest
from axe_playwright_python.sync_playwright import Axe
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import sync_playwright

from channels.base import Outgoing
from channels.email.composing import compose
from channels.email.html import as_html
from settings import Settings
from tests.app.test_house import REAL
from tests.app.test_pages import SWITCHES
from tests.conftest import CHROMIUM
from tests.standins.smtp import MailServer, html_of, text_of
from wiring.carriers import build_channels

SENDER = "Early Help <heard@council.example>"
STOP = "https://heard.some-long-council-name.gov.example/mail/stop/" + "ImludjoxMjM0NTY3ODkwIg." * 5
TEXT = """\
Your digest for October is ready.

Read it here, after sign-in:
https://heard.council.example/digests/1?a=1&b=<2>.

When it was made:
  1 of 1 answered
  2 comments & "more"

مرحبا
"""


def travelled(**changes: object) -> EmailMessage:
    """A mail as a mailbox has it: written out, and read by the standard library."""
    message = Outgoing(**{"address": "worker@council.example", "text": TEXT, "key": "digest:1", **changes})
    raw = compose(message, SENDER).as_bytes().replace(b"\r\n", b"\n")
    return message_from_bytes(raw, policy=policy.default)


def page_of(markup: str) -> html5lib.HTMLParser:
    return html5lib.HTMLParser(namespaceHTMLElements=False, strict=True).parse(markup)


def lines_in(markup: str) -> list[str]:
    """What a reader sees, line by line, with a list's items two blanks in."""
    blocks = [block for block in page_of(markup).find(".//main").iter() if block.tag in {"h1", "p", "li"}]
    return readable(("  " if block.tag == "li" else "") + line for block in blocks for line in said_by(block))


def said_by(block) -> list[str]:
    pieces = [block.text or ""]
    for part in block:
        pieces += ["\0" if part.tag == "br" else "".join(part.itertext()), part.tail or ""]
    return "".join(pieces).replace("\n", " ").split("\0")


def readable(lines) -> list[str]:
    """The lines that say something, with one blank where there are several."""
    return [("  " if line.startswith("  ") else "") + " ".join(line.split()) for line in lines if line.strip()]


def test_a_mail_has_a_part_of_text_and_one_of_html_that_say_the_same():
    mail = travelled()
    assert mail.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    assert text_of(mail) == TEXT
    assert lines_in(html_of(mail)) == readable(TEXT.split("\n"))


WORDS = st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp", "Cn")), min_size=1, max_size=20)
PIECES = st.one_of(WORDS, st.sampled_from(["\n", "\n\n", "\n  ", "https://a.example/b?c=d&e=f", "<b>", "&amp;", " "]))


@settings(deadline=None)
@given(st.lists(PIECES, min_size=1, max_size=12).map("".join).map(str.lstrip).filter(str.strip))
def test_whatever_the_text_is_the_html_says_the_same_and_is_valid(text):
    assert lines_in(as_html(text, "Subject")) == readable(text.split("\n"))


@pytest.mark.parametrize(
    ("line", "address"),
    [
        ("Open https://heard.council.example/alerts/K3P-7QX.", "https://heard.council.example/alerts/K3P-7QX"),
        ("(see https://a.example/b?c=1&d=2)", "https://a.example/b?c=1&d=2"),
        ("http://127.0.0.1:8000/digests/1", "http://127.0.0.1:8000/digests/1"),
    ],
)
def test_a_web_address_is_a_link_under_its_own_name(line, address):
    (link,) = page_of(as_html(line, "Subject")).findall(".//a")
    assert (link.get("href"), link.text, link.get("rel")) == (address, address, "noreferrer")


@pytest.mark.parametrize(
    "line", ["javascript:alert(1)", "<a href='https:'>x</a>", "data:text/html,x", "https:// nothing"]
)
def test_nothing_else_is_a_link(line):
    assert page_of(as_html(line, "Subject")).findall(".//main//a") == []


def test_the_html_fetches_nothing_and_counts_nothing():
    page = page_of(html_of(travelled()))
    assert page.get("lang") == "en-GB"
    assert {element.tag for element in page.iter()} == {
        *("html", "head", "meta", "title", "style", "body", "main", "h1", "p", "br", "a", "ul", "li"),
    }
    assert not [element for element in page.iter() if {"src", "background", "srcset"} & element.attrib.keys()]
    assert "url(" not in page.find(".//style").text
    assert "@import" not in page.find(".//style").text


def test_a_mail_without_a_subject_says_whom_it_is_from_as_the_council_calls_itself():
    settings = Settings.from_environment({**REAL, "SMTP_SECURITY": "none", "BRAND": "Medway Help"})
    with MailServer() as server:
        mail = build_channels(settings.model_copy(update={"smtp_host": server.host, "smtp_port": server.port}))["email"]
        mail.send(Outgoing("worker@council.example", "x", "k"))
        assert server.mails[0]["Subject"] == f"A message from {settings.brand}"


def test_no_automatic_replies_are_asked_for_but_reports_of_mails_that_were_not_delivered():
    asked = {what.strip() for what in travelled()["X-Auto-Response-Suppress"].split(",")}
    assert asked == {"DR", "RN", "NRN", "OOF", "AutoReply"}  # Exchange's names; NDR and All would stop the reports


def test_where_such_mails_can_be_ended_the_mail_says_how():
    mail = travelled(unsubscribe=STOP)
    assert mail["List-Unsubscribe"] == f"<{STOP}>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert STOP in text_of(mail).split()
    assert lines_in(html_of(mail)) == readable(text_of(mail).split("\n"))


def test_a_link_in_a_header_stays_whole_on_its_way():
    raw = compose(Outgoing("a@council.example", "x", "k", unsubscribe=STOP), SENDER).as_bytes()
    assert f"List-Unsubscribe: <{STOP}>\r\n".encode() in raw
    assert max(map(len, raw.split(b"\r\n\r\n", 1)[1].splitlines())) <= 78


def test_one_press_needs_a_protected_page():
    mail = travelled(unsubscribe="http://127.0.0.1:8000/mail/stop/x")
    assert mail["List-Unsubscribe"] == "<http://127.0.0.1:8000/mail/stop/x>"
    assert mail["List-Unsubscribe-Post"] is None


def test_alerts_and_digests_cannot_be_ended():
    mail = travelled()
    assert mail["List-Unsubscribe"] is None
    assert mail["List-Unsubscribe-Post"] is None


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_a_mail_by_day_or_by_night_and_nothing_is_fetched(scheme):
    asked: list[str] = []
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        page = chromium.new_page(viewport={"width": 320, "height": 800}, color_scheme=scheme)
        page.on("request", lambda request: asked.append(request.url))
        page.set_content(html_of(travelled(unsubscribe=STOP)))
        results = Axe().run(page)
        assert results.violations_count == 0, results.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        background = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert background == {"light": "rgb(255, 255, 255)", "dark": "rgb(20, 25, 27)"}[scheme]
        chromium.close()
    assert asked == []
