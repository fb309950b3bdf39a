"""Mail through a council's own server, or kept to be read where there is none."""

from __future__ import annotations

from channels.email.bounces import read_bounce
from channels.email.kept import KeptMail
from channels.email.smtp import SmtpMail

__all__ = ["KeptMail", "SmtpMail", "read_bounce"]
