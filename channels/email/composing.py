"""Puts a message into the form of mail: the words as they are, and the same words as HTML.

May not send, and puts nothing of the text into a header. Headers: RFC 5322; Auto-Submitted: RFC 3834 section 5; the way
out of such mails: RFC 2369 and, in one press, RFC 8058.
"""

from __future__ import annotations

from email.errors import NonASCIILocalPartDefect
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate, parseaddr
from hashlib import sha256

from channels.base import Outgoing
from channels.email.html import as_html
from channels.errors import BadAddress, Refused

SUBJECT = "A message from the Early Help service"
"""Of a mail that has none of its own, where nobody says what the service is called."""
_NO_REPLIES = "DR, RN, NRN, OOF, AutoReply"
"""Exchange's own way of asking for nothing back but a report that a mail was not delivered, which "All" would stop too."""
_WHOLE_LINKS = SMTP.clone(max_line_length=998)
"""As long as a line may be at all: broken at the usual length, a link in a header would be encoded and lead nowhere."""


def compose(message: Outgoing, sender: str, subject: str = SUBJECT) -> EmailMessage:
    """Return `message` as mail from `sender`, which may be "Name <address>"; `subject` is for one that has none.

    Where its reader can end such mails, both parts say how after the message's own words, and the headers do too.

    Raises:
        channels.errors.BadAddress: the address would break the headers.
        channels.errors.Refused: something else of the message would, or it has characters that no mail can carry.
    """
    mail = EmailMessage(policy=SMTP)
    if not _addressed(mail, message.address):
        raise BadAddress("bad_address", "This is not one e-mail address.")
    try:
        _fill(mail, message, sender, message.subject or subject)
    except ValueError:  # broken characters are one too
        pass
    else:
        return mail
    raise Refused(
        "bad_form", "The subject or the link has a line break, or there are characters that no mail can carry."
    )


def _addressed(mail: EmailMessage, address: str) -> bool:
    try:
        mail["To"] = _in_plain_letters(address)
        odd = [defect for defect in mail["To"].defects if not isinstance(defect, NonASCIILocalPartDefect)]
        return len(mail["To"].addresses) == 1 and not odd
    except (ValueError, IndexError):  # IndexError is what Python's own parser raises over some broken addresses
        return False


def _fill(mail: EmailMessage, message: Outgoing, sender: str, subject: str) -> None:
    mail["Subject"] = subject
    mail["From"] = sender
    mail["Date"] = formatdate(usegmt=True)
    mail["Message-ID"] = message_id(message.key, sender)
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Auto-Response-Suppress"] = _NO_REPLIES
    for name, value in _way_out(message.unsubscribe):
        mail[name] = value
    text = _text_of(message)
    mail.set_content(text, cte="quoted-printable")  # any letters, through any server, with no line too long
    mail.add_alternative(as_html(text, subject), subtype="html", cte="quoted-printable")
    mail.policy = _WHOLE_LINKS


def message_id(key: str, sender: str) -> str:
    """Return the Message-ID of the message with this key: the same at every attempt, so that a twin can be spotted."""
    return f"<{sha256(key.encode()).hexdigest()[:32]}@{domain_of(sender)}>"


def domain_of(sender: str) -> str:
    """Return what stands after the @ in "address" or "Name <address>"."""
    return parseaddr(sender)[1].rpartition("@")[2] or "localhost"


def _text_of(message: Outgoing) -> str:
    if message.unsubscribe is None:
        return message.text
    return f"{message.text.rstrip()}\n\nTo get no more invitations by mail, follow this link: {message.unsubscribe}\n"


def _way_out(link: str | None) -> list[tuple[str, str]]:
    if link is None:
        return []
    one_press = [("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")] if link.startswith("https:") else []
    return [("List-Unsubscribe", f"<{link}>"), *one_press]


def _in_plain_letters(address: str) -> str:
    """Write the domain as the domain name system has it; what stands before the @ only its own server can change."""
    mailbox, at, domain = address.rpartition("@")
    return address if domain.isascii() else f"{mailbox}{at}{domain.encode('idna').decode()}"
