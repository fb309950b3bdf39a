"""What mail servers' refusals mean: nobody's address is closed for anything but what is surely about the mailbox."""

from __future__ import annotations

import pytest

from channels import errors
from channels.base import Outgoing, Receipt
from channels.email import SmtpMail, read_bounce
from tests.channels.reports import report
from tests.standins.smtp import MailServer


@pytest.fixture(scope="module")
def standin():
    with MailServer() as server:
        yield server


@pytest.fixture
def server(standin):
    standin.behave()
    return standin


def refused(server, command, answer):
    server.refuse(command, answer)
    mail = SmtpMail(host=server.host, port=server.port, security="none", sender="heard@council.example", timeout=2.0)
    with pytest.raises(errors.SendError) as failed:
        mail.send(Outgoing("worker@partner.example", "x", "k"))
    return failed.value


CLOSING = [
    "550 5.1.1 No such mailbox",
    "550 5.1.2 Bad destination system",
    "501 5.1.3 Bad address syntax",
    "551 5.1.6 Has moved",
    "550 5.1.10 Recipient not found",
    "550 5.2.1 Mailbox disabled",
    "550 #5.1.1 No such mailbox",
    "550 5.1.1 <relay@partner.example>: no such user",
    "550 5.1.0 Address rejected",
    "550 No such user here",
    "550 Unknown mailbox <spam.policy@partner.example>",
    "550 Requested action not taken: mailbox unavailable",
    "551 User not local",
    "553 Mailbox name not allowed",
    "556 Domain does not accept mail",
]
SPARING = [
    ("552 5.2.2 full", errors.Refused),
    ("550 Mailbox full", errors.Refused),
    ("552 Over quota", errors.Refused),
    ("554 5.3.4 Too big", errors.Refused),
    ("550 Message size exceeds what we take", errors.Refused),
    ("554 5.4.6 Loop", errors.Refused),
    ("554 Transaction failed", errors.Refused),
    ("550 relay not permitted", errors.OurFault),
    ("553 sorry, that domain isn't in my list of rcpthosts", errors.OurFault),
    ("530 5.5.1 Authentication required", errors.OurFault),
    ("530 Authentication required", errors.OurFault),
    ("503 Bad sequence of commands", errors.OurFault),
    ("550 5.1.8 Sender's domain not found", errors.OurFault),
    ("550 5.1.7 Bad sender", errors.OurFault),
    ("550 5.1.0 Sender denied", errors.OurFault),
    ("550 SPF check failed", errors.OurFault),
    ("550 5.7.23 SPF validation failed", errors.OurFault),
    ("550 Refused (5.7.1)", errors.OurFault),
    ("554 Your IP is blacklisted", errors.OurFault),
    ("550 192.0.2.5 is listed, see the blocklist", errors.OurFault),
    ("550 Administrative prohibition", errors.OurFault),
    ("550 Rejected as spam", errors.OurFault),
    ("550 4.7.0 Come back", errors.Busy),
]


@pytest.mark.parametrize("answer", CLOSING)
def test_an_address_is_bad_where_the_server_speaks_of_the_mailbox(server, answer):
    assert type(refused(server, "RCPT", answer)) is errors.BadAddress


@pytest.mark.parametrize(("answer", "meaning"), SPARING)
def test_any_other_refusal_is_no_fault_of_the_address(server, answer, meaning):
    trouble = refused(server, "RCPT", answer)
    assert type(trouble) is meaning
    assert trouble.code == answer[:3]
    assert trouble.explanation.endswith(".")


@pytest.mark.parametrize(
    ("command", "answer", "meaning"),
    [
        ("DATA", "550 5.1.1 No such mailbox", errors.BadAddress),  # as some gateways say it only now
        ("DATA", "550 Rejected", errors.Refused),
        ("DATA", "550 5.1.0 Rejected", errors.Refused),
        ("DATA", "550 5.7.1 Our rules", errors.OurFault),
        ("DATA", "503 RCPT first", errors.OurFault),
        ("MAIL", "550 5.1.1 Unknown", errors.OurFault),
        ("MAIL", "550 No such user", errors.OurFault),
        ("MAIL", "554 No", errors.OurFault),
        ("MAIL", "552 5.3.4 Too big", errors.Refused),
    ],
)
def test_what_a_refusal_is_about_shows_in_what_was_refused(server, command, answer, meaning):
    assert type(refused(server, command, answer)) is meaning


@pytest.mark.parametrize("answer", [*CLOSING, *(answer for answer, _ in SPARING)])
def test_a_report_that_comes_later_means_the_same(server, answer):
    at_once = refused(server, "RCPT", answer)
    later = read_bounce(report("failed", "5.0.0", diagnosis=f"smtp; {answer}"))
    assert isinstance(later, Receipt)
    assert later.permanent is isinstance(at_once, errors.BadAddress)
