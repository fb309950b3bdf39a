"""Reports of mails that came back, in the forms that mail servers give them; all invented."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP

OURS = "<0123456789abcdef0123456789abcdef@council.example>"
READER = "zzreader@partner.example"
"""Who the mail was for: nobody may be told."""


def report(
    action: str = "failed",
    status: str = "5.1.1",
    *,
    message_id: str = OURS,
    diagnosis: str = "",
    brings: str = "message/rfc822",
) -> bytes:
    """A report of one mail, as a mail server sends it.

    Args:
        action, status, diagnosis: the fields of the recipient; an empty one is left out.
        brings: the type of the part that brings the mail, or its headers, back; or "nothing".
    """
    fields = f"Final-Recipient: rfc822; {READER}\r\nAction: {action}\r\n"
    fields += f"Status: {status}\r\n" if status else ""
    fields += f"Diagnostic-Code: {diagnosis}\r\n" if diagnosis else ""
    headers = f"From: heard@council.example\r\nTo: {READER}\r\nMessage-ID: {message_id}\r\nSubject: How is it?\r\n"
    returned = {
        "message/rfc822": f"{headers}\r\nThe words\r\n",
        "text/rfc822-headers": headers,
        "message/global-headers": f"{headers}\r\n",
        "nothing": "",
    }[brings]
    delivery = "message/global-delivery-status" if brings == "message/global-headers" else "message/delivery-status"
    parts = [
        ("text/plain", f"{READER} did not get your message."),
        (delivery, f"Reporting-MTA: dns; mx.partner.example\r\n\r\n{fields}"),
        *([(brings, returned)] if returned else []),
    ]
    body = "".join(f"--=_b\r\nContent-Type: {kind}\r\n\r\n{text}\r\n" for kind, text in parts)
    return (
        "From: MAILER-DAEMON@mx.partner.example\r\nTo: heard@council.example\r\n"
        "Subject: Undelivered Mail Returned to Sender\r\nAuto-Submitted: auto-replied\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="=_b"\r\n\r\n'
        f"{body}--=_b--\r\n"
    ).encode()


def plain_mail(text: str = "Thanks, all well", **headers: str) -> bytes:
    """A mail that is no report."""
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["To"] = READER, "heard@council.example"
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(text)
    return mail.as_bytes()
