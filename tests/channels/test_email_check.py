"""What a check of the mail server finds, without a mail being sent; and the time limit while TLS shakes hands."""

from __future__ import annotations

import contextlib
import socket
import threading
import time

import pytest

from channels import errors
from channels.base import Checked, Outgoing
from channels.email import KeptMail, SmtpMail
from tests.channels.certificates import Certificate, make_certificate
from tests.standins.smtp import MailServer

ACCOUNT = {"username": "heard", "password": "secret"}


@pytest.fixture(scope="module")
def certificate(tmp_path_factory) -> Certificate:
    return make_certificate(tmp_path_factory.mktemp("tls"))


def mail_by(port: int, **changes) -> SmtpMail:
    settings = {"host": "localhost", "port": port, "security": "none", "timeout": 2.0, "sender": "heard@council.test"}
    return SmtpMail(**{**settings, **changes})


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_server_that_is_fit_is_said_to_be_and_gets_no_mail(certificate: Certificate, security: str):
    with MailServer(**ACCOUNT, **{security: certificate.serving()}) as server:
        channel = mail_by(server.port, **ACCOUNT, security=security, tls=certificate.trusting())
        assert isinstance(channel, Checked)
        found = channel.check()
        assert [finding.what for finding in found] == [
            "The mail server answers.",
            "TLSv1.3 protects the connection; the certificate checks out.",
            "The mail server lets us sign in.",
            "The mail server takes our sender.",
        ]
        assert not any(finding.is_wrong or finding.instead for finding in found)
        assert server.signed_in == ["heard"]
        assert server.mails == []


def test_a_server_without_protection_is_taken_with_a_word_about_it():
    with MailServer() as server:
        found = mail_by(server.port).check()
    assert not any(finding.is_wrong for finding in found)
    assert "SMTP_SECURITY=starttls" in found[1].instead
    assert found[2].what == "The mail server takes us without signing in."


def last_found(channel: SmtpMail, steps: int) -> str:
    """The last finding, which must be the only thing wrong, after so many steps that went well."""
    *well, last = channel.check()
    assert [finding.is_wrong for finding in well] == [False] * steps
    assert last.is_wrong
    assert last.instead.endswith(".")
    assert "council" not in last.what
    return f"{last.what} {last.instead}"


def test_each_thing_that_is_wrong_is_named_with_what_to_do(certificate: Certificate):
    serving, trusting = certificate.serving(), certificate.trusting()
    with MailServer(**ACCOUNT, starttls=serving) as server:
        told = last_found(mail_by(server.port, security="starttls"), 1)
        assert "cannot be protected (certificate). Write SMTP_HOST as its certificate" in told
        wrong = {"username": "heard", "password": "wrong"}
        told = last_found(mail_by(server.port, **wrong, security="starttls", tls=trusting), 2)
        assert "does not let us sign in (535). Check SMTP_USERNAME" in told
        server.refuse("MAIL", "550 5.7.1 Not from here")
        told = last_found(mail_by(server.port, **ACCOUNT, security="starttls", tls=trusting), 3)
        assert "does not take our sender (550). Have the mail server let us send as MAIL_FROM" in told
        server.go_down()
        told = last_found(mail_by(server.port, security="starttls"), 0)
        assert "cannot be reached (unreachable). Check SMTP_HOST, SMTP_PORT" in told


def test_a_certificate_that_does_not_check_out_is_named_with_tls_from_the_first_byte_too(certificate: Certificate):
    with MailServer(tls=certificate.serving()) as server:
        assert "as its certificate names it" in last_found(mail_by(server.port, security="tls"), 0)


def test_a_server_without_starttls_is_named():
    with MailServer() as server:
        assert "cannot be protected (not_supported)" in last_found(mail_by(server.port, security="starttls"), 1)


def test_the_example_of_a_sender_is_not_for_use():
    with MailServer() as server:
        assert "Set MAIL_FROM to an address of the council's" in last_found(
            mail_by(server.port, sender="heard@council.example"), 3
        )


def test_where_no_server_is_set_the_check_says_where_mails_are():
    channel = KeptMail()
    assert isinstance(channel, Checked)
    (finding,) = channel.check()
    assert not finding.is_wrong
    assert "kept in the console" in finding.what
    assert "SMTP_HOST" in finding.instead


@contextlib.contextmanager
def trickling_tls(greeting: bytes):
    """A server that begins a TLS record and never comes to its end, a byte at a time."""
    over = threading.Event()

    def talk() -> None:
        connection, _ = listening.accept()
        with connection, contextlib.suppress(OSError):
            connection.sendall(greeting)
            for answer in (b"250-fine\r\n250 STARTTLS\r\n", b"220 go on\r\n") if greeting else ():
                connection.recv(1000)
                connection.sendall(answer)
            connection.recv(1000)
            connection.sendall(b"\x16\x03\x03\x3f\xff")
            while not over.wait(0.1):
                connection.sendall(b"\x00")

    with socket.create_server(("127.0.0.1", 0)) as listening:
        talking = threading.Thread(target=talk)
        talking.start()
        yield listening.getsockname()[1]
        over.set()
        talking.join()


@pytest.mark.parametrize(("security", "greeting"), [("tls", b""), ("starttls", b"220 slow\r\n")])
def test_a_handshake_that_trickles_in_is_cut_off(security: str, greeting: bytes):
    with trickling_tls(greeting) as port:
        channel = mail_by(port, security=security, timeout=0.6)
        began = time.monotonic()
        with pytest.raises(errors.Unreachable) as failed:
            channel.send(Outgoing("worker@council.test", "x", "k"))
        assert time.monotonic() - began < 1.5
        assert not failed.value.may_have_been_sent
