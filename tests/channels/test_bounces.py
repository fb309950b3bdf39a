"""What mail servers send back: which mail it is about, and whether its address is worth another try."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from channels.base import Ignored, Receipt
from channels.email import read_bounce
from channels.errors import Unreadable
from tests.channels.reports import OURS, READER, plain_mail, report


@pytest.mark.parametrize(
    ("status", "diagnosis", "code", "closes"),
    [
        ("5.1.1", "smtp; 550 5.1.1 User unknown", "5.1.1", True),
        ("5.1.10", "", "5.1.10", True),
        ("5.0.0", "", "5.0.0", True),
        ("5.2.1", "", "5.2.1", True),
        ("5.4.4", "X-Postfix; Host or domain name not found", "5.4.4", True),
        ("5.4.310", "", "5.4.310", True),
        ("", "smtp; 550-5.1.1 No such user", "5.1.1", True),
        ("", "smtp; 550 no such user", "5.0.0", True),
        ("5.2.2", "smtp; 552 5.2.2 Over quota", "5.2.2", False),
        ("5.7.26", "smtp; 550 5.7.26 Unauthenticated", "5.7.26", False),
        ("5.3.4", "", "5.3.4", False),
        ("5.6.0", "", "5.6.0", False),
        ("5.1.8", "", "5.1.8", False),
        ("4.4.7", "smtp; delivery time expired", "4.4.7", False),
        ("", "smtp; 451 try again", "4.0.0", False),
        ("", "", "untold", False),
        ("nonsense", "nonsense", "untold", False),
    ],
)
def test_a_mail_that_came_back_is_undelivered_and_a_dead_address_is_said_to_be_one(status, diagnosis, code, closes):
    receipt = read_bounce(report("failed", status, diagnosis=diagnosis))
    assert receipt == Receipt("email", OURS, "undelivered", code, permanent=closes, explanation=receipt.explanation)
    assert receipt.explanation.startswith("The mail came back")
    assert receipt.explanation.endswith(".")


@pytest.mark.parametrize("brings", ["message/rfc822", "text/rfc822-headers", "message/global-headers"])
def test_the_mail_is_known_by_what_is_brought_back_of_it(brings):
    assert read_bounce(report(brings=brings)).provider_id == OURS


@pytest.mark.parametrize("line", [f"In-Reply-To: {OURS}\r\n", None])
def test_where_nothing_is_brought_back_the_mail_may_be_named_elsewhere(line):
    raw = report(brings="nothing")
    if line is None:
        raw = raw.replace(b"Reporting-MTA:", f"Original-Message-ID: {OURS}\r\nReporting-MTA:".encode())
    else:
        raw = line.encode() + raw
    assert read_bounce(raw).provider_id == OURS


def test_a_report_with_bare_line_ends_is_read_too():
    assert read_bounce(report().replace(b"\r\n", b"\n")).provider_id == OURS


def test_of_several_recipients_the_one_that_failed_counts():
    also = b"\r\n\r\nFinal-Recipient: rfc822; a@b.example\r\nAction: delivered\r\nStatus: 2.0.0\r\n"
    raw = report("delayed", "4.4.1").replace(
        b"--=_b\r\nContent-Type: message/rfc822", also + b"\r\n--=_b\r\nContent-Type: message/rfc822"
    )
    assert isinstance(read_bounce(raw), Ignored)
    raw = raw.replace(b"Action: delivered\r\nStatus: 2.0.0", b"Action: failed\r\nStatus: 5.1.1")
    assert read_bounce(raw).error_code == "5.1.1"


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed", "expanded", "Delayed"])
def test_what_is_still_under_way_or_has_arrived_is_ignored(action):
    assert isinstance(read_bounce(report(action, "4.4.1")), Ignored)


@pytest.mark.parametrize("header", ["auto-replied", "auto-generated", "auto-replied (vacation)"])
def test_automatic_replies_are_ignored(header):
    assert isinstance(read_bounce(plain_mail(Auto_Submitted=header)), Ignored)


@pytest.mark.parametrize("kind", ["disposition-notification", "feedback-report"])
def test_other_reports_are_ignored(kind):
    raw = report().replace(b"message/delivery-status", f"message/{kind}".encode())
    assert isinstance(read_bounce(raw), Ignored)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x00\xff\xfe",
        b"hello",
        plain_mail(),
        plain_mail(Auto_Submitted="no"),
        report(brings="nothing"),
        report(message_id="not an id"),
        b"Content-Type: multipart/mixed; boundary=a\r\n\r\n"
        + b"--a\r\nContent-Type: multipart/mixed; boundary=a\r\n\r\n" * 3000,
    ],
)
def test_what_is_no_report_is_refused_in_a_sentence_without_addresses(raw):
    with pytest.raises(Unreadable) as refused:
        read_bounce(raw)
    told = str(refused.value)
    assert told.endswith(".")
    assert READER not in told
    assert refused.value.__cause__ is None


WHOLE = report(diagnosis="smtp; 550 5.1.1 User unknown")


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(WHOLE)), st.integers(0, 40), st.binary(max_size=12)), max_size=6))
def test_a_report_that_is_broken_anywhere_is_read_ignored_or_refused(cuts):
    raw = WHOLE
    for at, length, instead in cuts:
        raw = raw[:at] + instead + raw[at + length :]
    try:
        told = read_bounce(raw)
    except Unreadable as refused:
        told = refused
    assert isinstance(told, Receipt | Ignored | Unreadable)
    assert READER not in repr(told)
