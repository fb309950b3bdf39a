"""What `SmtpMail.check` finds on its way, in words for whoever sets the service up. May not connect to anything."""

from __future__ import annotations

import ssl
from typing import Any, Literal

from channels.base import Finding
from channels.email.composing import domain_of
from channels.errors import SendError

Security = Literal["starttls", "tls", "none"]

CERTIFICATE = "certificate"
"""The code of a certificate that does not check out."""

REACHED = Finding(is_wrong=False, what="The mail server answers.")

_STOPPED = (
    (
        "The mail server cannot be reached",
        "Check SMTP_HOST, SMTP_PORT and SMTP_SECURITY (starttls is usual at 587, tls at 465), and that the firewall lets "
        "this machine through.",
    ),
    (
        "The connection to the mail server cannot be protected",
        "Write SMTP_HOST as its certificate names it; where an authority of the council's own has signed that, add it to "
        "the authorities that this machine trusts.",
    ),
    (
        "The mail server does not let us sign in",
        "Check SMTP_USERNAME and SMTP_PASSWORD, and whether it wants them at all.",
    ),
    ("The mail server does not take our sender", "Have the mail server let us send as MAIL_FROM, or change MAIL_FROM."),
)
"""Where the way may end, by how many steps were done, and what to do about it."""


def stopped_after(steps: int, trouble: SendError) -> Finding:
    """The way ended after so many steps."""
    what, instead = _STOPPED[1 if trouble.code == CERTIFICATE else steps]
    return Finding(is_wrong=True, what=f"{what} ({trouble.code}).", instead=instead)


def protected(security: Security, connected: Any) -> Finding:  # noqa: ANN401 - a socket, with TLS or without
    """How the connection is protected."""
    if security == "none" or not isinstance(connected, ssl.SSLSocket):
        instead = (
            "Set SMTP_SECURITY=starttls, unless the mail server is this machine or stands in a network of your own."
        )
        return Finding(is_wrong=False, what="Nothing protects mails on their way to the mail server.", instead=instead)
    return Finding(is_wrong=False, what=f"{connected.version()} protects the connection; the certificate checks out.")


def signed_in(username: str | None) -> Finding:
    """Whether signing in was asked for."""
    what = "The mail server lets us sign in." if username else "The mail server takes us without signing in."
    return Finding(is_wrong=False, what=what)


def sender_taken(sender: str) -> Finding:
    """The mail server has nothing against our sender; others may have."""
    if domain_of(sender).endswith(".example"):
        instead = "Set MAIL_FROM to an address of the council's; mails that cannot be delivered come back to it."
        return Finding(is_wrong=True, what="MAIL_FROM is an example, which other servers refuse.", instead=instead)
    return Finding(is_wrong=False, what="The mail server takes our sender.")
