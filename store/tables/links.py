"""The ways in that are not an address: links that we hand out, and surveys that anybody may open."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from store.base import Base


class Link(Base):
    """A link for one person: to a web chat (`web`), or binding a Telegram chat to them (`telegram`).

    Of its token only the SHA-256 is kept, in hexadecimal. `address` is how the web chat that it opens is called among
    messages; a Telegram link has none. `used_at`: when it was first followed; a Telegram link works once.
    """

    __tablename__ = "links"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    channel: Mapped[str]
    address: Mapped[str | None] = mapped_column(unique=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    invitation_id: Mapped[int | None] = mapped_column(ForeignKey("invitations.id"), index=True)
    open_survey_id: Mapped[int | None] = mapped_column(ForeignKey("open_surveys.id"), index=True)
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class OpenSurvey(Base):
    """A survey that anybody may open by its code: from a QR code, on a kiosk, by a link in a mail to partners.

    `by_ticket`: only who was sent a ticket may, and once.
    """

    __tablename__ = "open_surveys"
    __table_args__ = (
        Index(
            "ix_open_surveys_open",
            "survey_id",
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    survey_id: Mapped[str]
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"), index=True)
    campaign_id: Mapped[int | None] = mapped_column(ForeignKey("campaigns.id"), index=True)
    by_ticket: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    made_at: Mapped[datetime]
    closes_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
