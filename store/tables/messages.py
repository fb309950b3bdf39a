"""Every message, in and out. The outgoing ones are the outbox: their rows say what is still to be sent."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from store.base import Base, Verbatim

_QUEUED = text("status = 'queued'")
_SENDING = text("status = 'sending'")
_UNSENT = text("status IN ('queued', 'sending')")


class Message(Base):
    """One message.

    Inbound: `status` is `received`; `settling` while further parts may be on their way; `replaced` where its person went
    back and answered anew. `part_of` is the id of the last part, whose row stands for the whole; or of the
    answer to which words belong that were none. `provider_id` is the provider's, unique on its channel.
    Outbound: `queued`, then `sending` under a lease, then as far as the provider says;
    `dropped` with a reason if it was never sent.
    `faults` counts the attempts over which our own program failed.
    `unsure` is set while nobody can tell whether the provider has taken it. `choices` is JSON: what may be pressed under it.
    """

    __tablename__ = "messages"
    __table_args__ = (
        UniqueConstraint("channel", "provider_id"),
        Index(
            "ix_messages_due",
            "channel",
            "priority",
            "next_attempt_at",
            "id",
            sqlite_where=_QUEUED,
            postgresql_where=_QUEUED,
        ),
        Index("ix_messages_leased", "lease_until", sqlite_where=_SENDING, postgresql_where=_SENDING),
        Index("ix_messages_unsent_address", "channel", "address", "id", sqlite_where=_UNSENT, postgresql_where=_UNSENT),
        Index("ix_messages_address", "channel", "address", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    direction: Mapped[str]
    channel: Mapped[str]
    address: Mapped[str]
    text: Mapped[str] = mapped_column(Verbatim)
    at: Mapped[datetime]
    status: Mapped[str]
    conversation_id: Mapped[int | None] = mapped_column(ForeignKey("conversations.id"), index=True)
    provider_id: Mapped[str | None]
    media_count: Mapped[int] = mapped_column(default=0)
    part_of: Mapped[int | None]
    kind: Mapped[str | None]
    subject: Mapped[str | None]
    choices: Mapped[str | None]
    key: Mapped[str | None] = mapped_column(unique=True)
    priority: Mapped[int] = mapped_column(default=0)
    not_before: Mapped[datetime | None]
    not_after: Mapped[datetime | None]
    next_attempt_at: Mapped[datetime | None]
    lease_until: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    faults: Mapped[int] = mapped_column(default=0, server_default="0")
    unsure: Mapped[bool] = mapped_column(default=False)
    first_attempt_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    error_code: Mapped[str | None]
    error_explanation: Mapped[str | None]


class EarlyReceipt(Base):
    """A provider's word about a message whose sending we have not recorded yet; used up when we do."""

    __tablename__ = "early_receipts"
    __table_args__ = (UniqueConstraint("channel", "provider_id", "status"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    channel: Mapped[str]
    provider_id: Mapped[str]
    status: Mapped[str]
    error_code: Mapped[str | None]
    explanation: Mapped[str | None]
    permanent: Mapped[bool] = mapped_column(default=False)
    opted_out: Mapped[bool] = mapped_column(default=False)
    at: Mapped[datetime]


class Notice(Base):
    """Something in an inbound message that a person of ours must know of; `what` is the conversation core's name for it."""

    __tablename__ = "notices"
    __table_args__ = (UniqueConstraint("message_id", "what"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("messages.id"))
    what: Mapped[str]
    at: Mapped[datetime]
