"""Mail: its form, signing in, secure connections, and what a server's refusals mean."""

from __future__ import annotations

import ssl

import pytest

from channels import errors
from channels.base import Outgoing
from channels.email import KeptMail, SmtpMail
from tests.channels.certificates import make_certificate
from tests.standins.smtp import MailServer, text_of

MESSAGE = Outgoing("worker@council.example", "Digest for November.\n.\nAll well", "digest-7", subject="Your digest")


def mail_to(server, **changes):
    settings = {"host": "localhost", "port": server.port, "security": "none", "timeout": 2.0}
    return SmtpMail(**{**settings, "sender": "Early Help <heard@council.example>", **changes})


@pytest.fixture
def server():
    with MailServer() as standin:
        yield standin


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    return make_certificate(tmp_path_factory.mktemp("tls"))


@pytest.fixture
def server_tls(certificate):
    return certificate.serving()


@pytest.fixture
def trusting(certificate):
    return certificate.trusting()


def test_a_mail_has_all_that_a_mail_must_have(server):
    sent = mail_to(server).send(MESSAGE)
    (mail,) = server.mails
    assert mail["From"] == "Early Help <heard@council.example>"
    assert mail["To"] == "worker@council.example"
    assert mail["Subject"] == "Your digest"
    assert mail["Message-ID"] == sent.provider_id
    assert mail["Date"].endswith(("GMT", "+0000"))
    assert mail["Auto-Submitted"] == "auto-generated"
    assert text_of(mail) == "Digest for November.\n.\nAll well\n"
    assert (server.senders, server.recipients) == (["heard@council.example"], [["worker@council.example"]])


def test_the_same_message_has_the_same_id_at_every_attempt_and_another_has_another(server):
    channel = mail_to(server)
    ids = [channel.send(MESSAGE).provider_id, channel.send(MESSAGE).provider_id]
    ids.append(channel.send(Outgoing("worker@council.example", "x", "digest-8")).provider_id)
    assert ids[0] == ids[1] != ids[2]
    assert ids[0].endswith("@council.example>")
    assert "digest-7" not in ids[0]


def test_a_mail_without_a_subject_gets_one_that_gives_nothing_away(server):
    mail_to(server).send(Outgoing("worker@council.example", "She said he hits her", "k"))
    assert server.mails[0]["Subject"] == "A message from the Early Help service"


@pytest.mark.parametrize(
    ("address", "subject"),
    [
        ("worker@council.example\nBcc: all@council.example", None),
        ("a@council.example, b@council.example", None),
        ("nobody", None),
        ("", None),
        ("@", None),
        ("wörker@council.example\r\n", None),
    ],
)
def test_what_would_break_the_headers_is_refused_before_anything_is_sent(server, address, subject):
    with pytest.raises(errors.BadAddress):
        mail_to(server).send(Outgoing(address, "x", "k", subject=subject))
    assert server.mails == []


@pytest.mark.parametrize(
    "changes",
    [
        {"subject": "Line\nBcc: all@council.example"},
        {"subject": "Line\u2028Bcc: all@council.example"},
        {"subject": "broken \ud800"},
        {"text": "broken \ud800"},
        {"unsubscribe": "https://heard.council.example/x\nBcc: all@council.example"},
    ],
)
def test_a_message_that_breaks_a_mail_is_refused_and_its_address_is_not_to_blame(server, changes):
    with pytest.raises(errors.Refused) as failed:
        mail_to(server).send(Outgoing(**{"address": "worker@council.example", "text": "x", "key": "k", **changes}))
    assert failed.value.__context__ is None
    assert server.mails == []


def test_a_password_that_no_server_could_take_is_a_matter_of_our_account(server_tls, trusting):
    with MailServer(username="heard", password="secret", starttls=server_tls) as server:
        channel = mail_to(server, username="heard", password="geheimnis-ß", security="starttls", tls=trusting)
        with pytest.raises(errors.OurFault):
            channel.send(MESSAGE)
        assert [finding.is_wrong for finding in channel.check()] == [False, False, True]


def test_we_greet_a_server_by_the_domain_we_send_from(server):
    mail_to(server).send(MESSAGE)
    assert server.greeted_as == ["council.example"]


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_signing_in_is_done_where_it_is_asked_for(server_tls, trusting, security):
    account = {"username": "heard", "password": "secret"}
    with MailServer(**account, **{security: server_tls}) as server:
        mail_to(server, **account, security=security, tls=trusting).send(MESSAGE)
        assert server.signed_in == ["heard"]


def test_a_wrong_password_is_a_matter_of_our_account(server_tls, trusting):
    with MailServer(username="heard", password="secret", starttls=server_tls) as server:
        channel = mail_to(server, username="heard", password="wrong", security="starttls", tls=trusting)
        with pytest.raises(errors.OurFault):
            channel.send(MESSAGE)
        assert server.mails == []


def test_a_password_never_travels_in_the_clear(server):
    with pytest.raises(ValueError, match="starttls or tls only"):
        mail_to(server, username="heard", password="secret", security="none")


def test_mail_travels_over_starttls(server_tls, trusting):
    with MailServer(starttls=server_tls) as server:
        mail_to(server, security="starttls", tls=trusting).send(MESSAGE)
        assert len(server.mails) == 1


def test_mail_travels_over_tls_from_the_first_byte(server_tls, trusting):
    with MailServer(tls=server_tls) as server:
        mail_to(server, security="tls", tls=trusting).send(MESSAGE)
        assert len(server.mails) == 1


def test_an_outdated_tls_is_refused():
    assert SmtpMail(host="h", port=1, sender="a@b.example")._tls.minimum_version == ssl.TLSVersion.TLSv1_2


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_a_server_whose_certificate_nobody_vouches_for_gets_nothing(server_tls, security):
    offered = {"tls": server_tls} if security == "tls" else {"starttls": server_tls}
    with MailServer(**offered) as server:
        with pytest.raises(errors.Unreachable):
            mail_to(server, security=security).send(MESSAGE)
        assert server.mails == []


def test_a_server_without_starttls_gets_nothing_in_the_clear(server):
    with pytest.raises(errors.OurFault):
        mail_to(server, security="starttls").send(MESSAGE)
    assert server.mails == []


@pytest.mark.parametrize(
    ("command", "answer", "meaning"),
    [
        ("RCPT", "550 5.1.1 No such mailbox", errors.BadAddress),
        ("RCPT", "553 Mailbox name not allowed", errors.BadAddress),
        ("RCPT", "550 5.7.1 Relaying denied", errors.OurFault),
        ("RCPT", "450 4.2.1 Mailbox busy", errors.Busy),
        ("RCPT", "452 4.5.3 Too many recipients", errors.Busy),
        ("MAIL", "421 4.3.2 Closing down", errors.Busy),
        ("MAIL", "550 5.1.8 Sender refused", errors.OurFault),
        ("DATA", "451 4.3.0 Try later", errors.Busy),
        ("DATA", "552 5.3.4 Too big", errors.Refused),
        ("DATA", "554 5.6.0 Looks like spam", errors.Refused),
    ],
)
def test_what_a_server_answers_means_one_of_our_errors(server, command, answer, meaning):
    server.refuse(command, answer)
    with pytest.raises(errors.SendError) as failed:
        mail_to(server).send(MESSAGE)
    assert type(failed.value) is meaning
    assert failed.value.code == answer[:3]


def test_a_letter_that_old_servers_do_not_take_goes_where_new_ones_do(server):
    mail_to(server).send(Outgoing("zoë@zoë.example", "x", "k"))
    assert server.recipients == [["zoë@xn--zo-ija.example"]]
    with MailServer(smtputf8=False) as old:
        with pytest.raises(errors.BadAddress):
            mail_to(old).send(Outgoing("zoë@council.example", "x", "k"))
        mail_to(old).send(Outgoing("zoe@zoë.example", "x", "k"))
        assert old.recipients == [["zoe@xn--zo-ija.example"]]


def test_without_a_server_the_message_is_kept_under_its_own_key():
    sent = KeptMail().send(MESSAGE)
    assert (sent.provider_id, sent.status) == ("digest-7", "kept")


def test_a_server_that_comes_back_is_used_again(server):
    server.go_down()
    with pytest.raises(errors.Unreachable):
        mail_to(server).send(MESSAGE)
    server.come_up()
    mail_to(server).send(MESSAGE)
    assert len(server.mails) == 1
