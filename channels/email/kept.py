"""Mail where no server is set: nothing travels, and the message that the service has kept is read in the console.

May not write anything anywhere itself.
"""

from __future__ import annotations

from channels.base import Finding, KeepsNoList, Outgoing, Sent


class KeptMail(KeepsNoList):
    """The mail channel without a server."""

    name = "email"
    instead_of_sending = "kept in the console"

    def send(self, message: Outgoing) -> Sent:
        """Say that the message stays here, under its own key; never fails."""
        return Sent(message.key, "kept")

    def check(self) -> list[Finding]:
        """Say where the mails are: see `channels.base.Checked`."""
        instead = "Set SMTP_HOST to have alerts and digests mailed (docs/mail.md)."
        return [
            Finding(is_wrong=False, what="No mail server is set, so mails are kept in the console.", instead=instead)
        ]
