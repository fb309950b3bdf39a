"""Conversations, and the answers kept against the case stage."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from store.base import Base, Verbatim


class Conversation(Base):
    """The to and fro of one invitation at one address. `state` is written and read by the conversation core alone.

    In an open survey nobody was invited: `open_survey_id` stands in the place of invitation and person.

    `remind_at`: when a reminder falls due. `settle_at`: set while further parts of a long reply may be on their way.
    """

    __tablename__ = "conversations"
    __table_args__ = (
        Index(
            "uq_conversations_open_address",
            "channel",
            "address",
            unique=True,
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
        Index("ix_conversations_address", "channel", "address", "opened_at"),
        Index(
            "ix_conversations_settling",
            "settle_at",
            sqlite_where=text("settle_at IS NOT NULL"),
            postgresql_where=text("settle_at IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    invitation_id: Mapped[int | None] = mapped_column(ForeignKey("invitations.id"), unique=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    open_survey_id: Mapped[int | None] = mapped_column(ForeignKey("open_surveys.id"), index=True)
    channel: Mapped[str]
    address: Mapped[str]
    survey_id: Mapped[str]
    survey_version: Mapped[int]
    state: Mapped[str] = mapped_column(Text)
    opened_at: Mapped[datetime]
    last_heard_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    remind_at: Mapped[datetime | None]
    settle_at: Mapped[datetime | None]


class Answer(Base):
    """What one message said to one question: its value, its score (0-100), and the words as they came.

    `written` holds a value that is no single number: a date (2026-10-06), or the numbers of several options (1,3). Who goes
    back and answers anew replaces the answer; the message that it came from stays.
    """

    __tablename__ = "answers"
    __table_args__ = (UniqueConstraint("conversation_id", "question"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversations.id"))
    invitation_id: Mapped[int | None] = mapped_column(ForeignKey("invitations.id"), index=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("messages.id"), index=True)
    question: Mapped[str]
    metric: Mapped[str]
    value: Mapped[int | None]
    written: Mapped[str | None]
    score: Mapped[int | None]
    comment: Mapped[str | None] = mapped_column(Verbatim)
    flags: Mapped[str]
    survey_id: Mapped[str]
    survey_version: Mapped[int]
    stage: Mapped[str | None]
    answered_at: Mapped[datetime] = mapped_column(index=True)


class Tag(Base):
    """What the analysis made of one answer's words; a suggestion, with the method and version that made it."""

    __tablename__ = "tags"

    answer_id: Mapped[int] = mapped_column(ForeignKey("answers.id"), primary_key=True)
    language: Mapped[str | None]
    sentiment: Mapped[str | None]
    score: Mapped[float | None]
    themes: Mapped[str] = mapped_column(Text)
    complaint: Mapped[bool]
    compliment: Mapped[bool]
    method: Mapped[str]
    version: Mapped[str]
    tagged_at: Mapped[datetime]


class Correction(Base):
    """What a person made of one answer's words, put right or confirmed. Rows are added, never changed: the latest counts.

    It is about the words that came in `message_id`: who goes back and answers in other words leaves it behind. What a
    machine had made of them when the person looked stands beside it, for ever; all of that is null where none had.
    """

    __tablename__ = "corrections"
    __table_args__ = (Index("ix_corrections_words", "answer_id", "message_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    answer_id: Mapped[int] = mapped_column(ForeignKey("answers.id"))
    message_id: Mapped[int] = mapped_column(ForeignKey("messages.id"))
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    made_at: Mapped[datetime]
    sentiment: Mapped[str | None]
    themes: Mapped[str] = mapped_column(Text)
    complaint: Mapped[bool]
    compliment: Mapped[bool]
    machine_sentiment: Mapped[str | None]
    machine_themes: Mapped[str | None] = mapped_column(Text)
    machine_complaint: Mapped[bool | None]
    machine_compliment: Mapped[bool | None]
    machine_method: Mapped[str | None]
    machine_version: Mapped[str | None]
