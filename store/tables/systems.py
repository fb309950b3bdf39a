"""Systems that call our API, and what keeps them within their bounds."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from store.base import Base


class ApiKey(Base):
    """What a calling system proves itself with. Of the key itself only the SHA-256 is kept, in hexadecimal.

    `scopes`: what it may do, with blanks between, such as `cases:write results:read`.
    """

    __tablename__ = "api_keys"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    key_hash: Mapped[str] = mapped_column(unique=True)
    scopes: Mapped[str]
    calls_a_minute: Mapped[int]
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    last_used_at: Mapped[datetime | None]


class ApiMinute(Base):
    """How many calls a key has made in the minute that begins at `minute`."""

    __tablename__ = "api_minutes"

    key_id: Mapped[int] = mapped_column(ForeignKey("api_keys.id"), primary_key=True)
    minute: Mapped[datetime] = mapped_column(primary_key=True)
    calls: Mapped[int]


class ApiReply(Base):
    """What a call with an idempotency key was answered, so that the same call is answered the same and done once."""

    __tablename__ = "api_replies"

    key_id: Mapped[int] = mapped_column(ForeignKey("api_keys.id"), primary_key=True)
    idempotency_key: Mapped[str] = mapped_column(primary_key=True)
    request_hash: Mapped[str]
    status: Mapped[int]
    body: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime] = mapped_column(index=True)
