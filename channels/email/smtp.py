"""Mail through an SMTP server, with the standard library.

One connection a message: mail is for staff and digests, a few an hour. May not queue or try again: that is for the
outbox. Servers' sentences are dropped, for they hold the address that was written to; what they mean: `codes`.
"""

from __future__ import annotations

import contextlib
import smtplib
import ssl
from email.message import EmailMessage
from email.utils import parseaddr

from channels import errors
from channels.base import Finding, KeepsNoList, Outgoing, Sent
from channels.deadline import Deadline
from channels.email import checking, codes
from channels.email.checking import Security
from channels.email.codes import Stage
from channels.email.composing import SUBJECT, compose, domain_of, message_id
from channels.email.timely import TimelySmtp, TimelySmtpOverTls
from channels.errors import SendError


class SmtpMail(KeepsNoList):
    """The mail channel with a server; one instance serves all threads.

    A second attempt carries the same Message-ID, by which mailboxes drop a twin.
    """

    name = "email"

    def __init__(
        self,
        *,
        host: str,
        port: int,
        username: str | None = None,
        password: str | None = None,
        security: Security = "starttls",
        sender: str,
        subject: str = SUBJECT,
        timeout: float = 20.0,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        """Remember the server; no connection is made yet.

        Args:
            host: the server's name, as its certificate has it.
            port: usually 587 for starttls, 465 for tls, 25 for none.
            username: None where the server takes mail from this machine without signing in.
            password: goes with the user name.
            security: `starttls` and `tls` refuse a server whose certificate does not check out.
            sender: "address" or "Name <address>"; what comes back goes to the address.
            subject: of a mail that has none of its own; names nobody.
            timeout: seconds allowed for `send`, and for `check`, from beginning to end.
            tls: certificates to trust, where a council's own authority signs its server's; None is the system's.

        Raises:
            ValueError: there is a password, and nothing that would keep others from reading it on its way.
        """
        if password and security == "none":
            raise ValueError("a password travels over starttls or tls only")
        self._host, self._port, self._timeout = host, port, timeout
        self._username, self._password = username, password
        self._security, self._sender, self._subject = security, sender, subject
        self._tls = tls or _trusting_what_the_system_trusts()

    def send(self, message: Outgoing) -> Sent:
        """Hand one message to the server: see `channels.base.Channel.send`."""
        mail = compose(message, self._sender, self._subject)
        try:
            with Deadline(self._timeout) as deadline, contextlib.closing(self._connect(deadline)) as server:
                self._protect(server)
                self._sign_in(server)
                self._deliver(server, mail)
        except (smtplib.SMTPException, OSError, UnicodeError) as problem:
            trouble = _trouble(problem)
        else:
            return Sent(message_id(message.key, self._sender))
        raise trouble  # here, so that the server's sentence does not hang on as context

    def check(self) -> list[Finding]:
        """Go the way of a mail as far as naming its sender, and then no further: see `channels.base.Checked`."""
        found: list[Finding] = []
        try:
            with Deadline(self._timeout) as deadline, contextlib.closing(self._connect(deadline)) as server:
                found.append(checking.REACHED)
                self._protect(server)
                found.append(checking.protected(self._security, server.sock))
                self._sign_in(server)
                found.append(checking.signed_in(self._username))
                self._name_sender(server)
                found.append(checking.sender_taken(self._sender))
        except (smtplib.SMTPException, OSError, UnicodeError) as problem:
            found.append(checking.stopped_after(len(found), _trouble(problem)))
        return found

    def _connect(self, deadline: Deadline) -> smtplib.SMTP:
        own_name = domain_of(self._sender)
        if self._security == "tls":
            return TimelySmtpOverTls(self._host, self._port, deadline, own_name, self._tls)
        return TimelySmtp(self._host, self._port, deadline, own_name)

    def _protect(self, server: smtplib.SMTP) -> None:
        if self._security == "starttls":
            server.starttls(context=self._tls)

    def _sign_in(self, server: smtplib.SMTP) -> None:
        server.ehlo_or_helo_if_needed()
        if self._username:
            try:
                server.login(self._username, self._password or "")
            except UnicodeError:
                raise smtplib.SMTPNotSupportedError("letters in the user name or the password") from None

    def _deliver(self, server: smtplib.SMTP, mail: EmailMessage) -> None:
        recipient = mail["To"].addresses[0].addr_spec
        if not (recipient.isascii() or server.has_extn("smtputf8")):
            raise errors.BadAddress("no_smtputf8", "The mail server does not know addresses with such letters.")
        server.send_message(mail, parseaddr(self._sender)[1], [recipient])
        with contextlib.suppress(smtplib.SMTPException, OSError):
            server.quit()  # the message is taken; how the goodbye goes does not matter

    def _name_sender(self, server: smtplib.SMTP) -> None:
        sender = parseaddr(self._sender)[1]
        code, answer = server.mail(sender)
        if code != 250:
            raise smtplib.SMTPSenderRefused(code, answer, sender)
        server.rset()


def _trusting_what_the_system_trusts() -> ssl.SSLContext:
    tls = ssl.create_default_context()
    tls.minimum_version = ssl.TLSVersion.TLSv1_2
    return tls


_MEANINGS: tuple[tuple[type[Exception], type[SendError], str, str], ...] = (
    (
        smtplib.SMTPServerDisconnected,
        errors.TimedOut,
        "no_answer",
        "The mail server stopped answering. It may have taken the message.",
    ),
    (
        smtplib.SMTPNotSupportedError,
        errors.OurFault,
        "not_supported",
        "The mail server lacks something: TLS, sign-in or such addresses.",
    ),
    (
        ssl.SSLCertVerificationError,
        errors.Unreachable,
        checking.CERTIFICATE,
        "The mail server's certificate does not check out, so nothing was sent.",
    ),
    (
        UnicodeError,
        errors.BadAddress,
        "bad_address",
        "The address has letters that mail servers do not take.",
    ),
    (
        Exception,
        errors.Unreachable,
        "unreachable",
        "No secure connection to the mail server, so nothing was sent.",
    ),
)
"""What an exception without an answer in it means, the most particular kind first."""


def _trouble(problem: Exception) -> SendError:
    """Say what an exception of `smtplib` means."""
    if isinstance(problem, smtplib.SMTPRecipientsRefused):
        code, sentence = next(iter(problem.recipients.values()))
        return _refusal(code, sentence, "recipient")
    if isinstance(problem, smtplib.SMTPResponseException):
        stage: Stage = "text" if isinstance(problem, smtplib.SMTPDataError) else "sender"
        return _refusal(problem.smtp_code, problem.smtp_error, stage)
    _, meaning, word, explanation = next(row for row in _MEANINGS if isinstance(problem, row[0]))
    return meaning(word, explanation)


def _refusal(code: int, sentence: bytes | str, stage: Stage) -> SendError:
    if 400 <= code < 500:
        return errors.Busy(str(code), "The mail server asked us to try again later.")
    if code == -1:
        return errors.TimedOut("no_answer", "The mail server's answer made no sense. It may have taken the message.")
    words = sentence if isinstance(sentence, str) else sentence.decode("ascii", "replace")
    kind, told = codes.answered(code, words, stage)
    return kind(str(code), f"The mail server will not take this mail: {told}.")
