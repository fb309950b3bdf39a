"""Puts a message into the form of mail.

May not send, and puts nothing of the text into a header. Headers: RFC 5322; Auto-Submitted: RFC 3834 section 5.
"""

from __future__ import annotations

from email.errors import NonASCIILocalPartDefect
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate, parseaddr
from hashlib import sha256

from channels.base import Outgoing
from channels.errors import BadAddress

_SUBJECT = "A message from the Early Help service"


def compose(message: Outgoing, sender: str) -> EmailMessage:
    """Return `message` as mail from `sender`, which may be "Name <address>".

    Raises:
        channels.errors.BadAddress: the address, or a line break in the subject, would break the headers.
    """
    mail = EmailMessage(policy=SMTP)
    try:
        mail["To"] = message.address
        mail["Subject"] = message.subject or _SUBJECT
        odd = [defect for defect in mail["To"].defects if not isinstance(defect, NonASCIILocalPartDefect)]
        whole = len(mail["To"].addresses) == 1 and not odd
    except (ValueError, IndexError):  # IndexError is what Python's own parser raises over some broken addresses
        whole = False
    if not whole:
        raise BadAddress("bad_address", "This is not one e-mail address, or the subject has a line break.")
    mail["From"] = sender
    mail["Date"] = formatdate(usegmt=True)
    mail["Message-ID"] = message_id(message.key, sender)
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Auto-Response-Suppress"] = "All"  # Exchange's way of asking for no out-of-office replies
    mail.set_content(message.text, cte="quoted-printable")  # any letters, through any server, with no line too long
    return mail


def message_id(key: str, sender: str) -> str:
    """Return the Message-ID of the message with this key: the same at every attempt, so that a twin can be spotted."""
    domain = parseaddr(sender)[1].rpartition("@")[2] or "localhost"
    return f"<{sha256(key.encode()).hexdigest()[:32]}@{domain}>"
