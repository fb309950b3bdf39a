"""Links, open surveys, choices under a message, and what keeps sending within its bounds"""

import sqlalchemy as sa
from alembic import op

import store.base

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    time = store.base.UtcTime(timezone=True)
    op.create_table(
        "open_surveys",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("survey_id", sa.String(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("made_at", time, nullable=False),
        sa.Column("closes_at", time, nullable=True),
        sa.Column("closed_at", time, nullable=True),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_open_surveys_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_open_surveys")),
        sa.UniqueConstraint("code", name=op.f("uq_open_surveys_code")),
    )
    op.create_index("ix_open_surveys_unit_id", "open_surveys", ["unit_id"])
    still_open = sa.text("closed_at IS NULL")
    op.create_index(
        "ix_open_surveys_open", "open_surveys", ["survey_id"], sqlite_where=still_open, postgresql_where=still_open
    )
    op.create_table(
        "links",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("invitation_id", sa.Integer(), nullable=True),
        sa.Column("open_survey_id", sa.Integer(), nullable=True),
        sa.Column("made_at", time, nullable=False),
        sa.Column("expires_at", time, nullable=False),
        sa.Column("used_at", time, nullable=True),
        sa.Column("revoked_at", time, nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_links_person_id")),
        sa.ForeignKeyConstraint(["invitation_id"], ["invitations.id"], name=op.f("fk_links_invitation_id")),
        sa.ForeignKeyConstraint(["open_survey_id"], ["open_surveys.id"], name=op.f("fk_links_open_survey_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_links")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_links_token_hash")),
        sa.UniqueConstraint("address", name=op.f("uq_links_address")),
    )
    for column in ("person_id", "invitation_id", "open_survey_id"):
        op.create_index(f"ix_links_{column}", "links", [column])
    op.create_table(
        "tallies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("messages", sa.Integer(), nullable=False),
        sa.Column("parts", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tallies")),
        sa.UniqueConstraint("day", "channel", name=op.f("uq_tallies_day_channel")),
    )
    op.create_table(
        "paces",
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("free_at", time, nullable=False),
        sa.PrimaryKeyConstraint("scope", name=op.f("pk_paces")),
    )
    op.create_table(
        "halts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("began_at", time, nullable=False),
        sa.Column("ended_at", time, nullable=True),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_halts_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_halts")),
    )
    standing = sa.text("ended_at IS NULL")
    op.create_index(
        "uq_halts_standing", "halts", ["cause"], unique=True, sqlite_where=standing, postgresql_where=standing
    )
    op.create_table(
        "data_notes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("explanation", sa.String(), nullable=False),
        sa.Column("noted_at", time, nullable=False),
        sa.Column("settled_at", time, nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_data_notes_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_data_notes")),
    )
    op.create_index("ix_data_notes_person_id", "data_notes", ["person_id"])
    unsettled = sa.text("settled_at IS NULL")
    op.create_index(
        "uq_data_notes_standing",
        "data_notes",
        ["person_id", "channel", "code"],
        unique=True,
        sqlite_where=unsettled,
        postgresql_where=unsettled,
    )
    op.add_column("messages", sa.Column("choices", sa.String(), nullable=True))
    op.add_column("early_receipts", sa.Column("explanation", sa.String(), nullable=True))
    for column in ("permanent", "opted_out"):
        op.add_column("early_receipts", sa.Column(column, sa.Boolean(), nullable=False, server_default=sa.false()))
    _index_what_is_due()
    with op.batch_alter_table("conversations") as table:
        table.alter_column("invitation_id", existing_type=sa.Integer(), nullable=True)
        table.alter_column("person_id", existing_type=sa.Integer(), nullable=True)
        table.add_column(sa.Column("open_survey_id", sa.Integer(), nullable=True))
        table.create_foreign_key(op.f("fk_conversations_open_survey_id"), "open_surveys", ["open_survey_id"], ["id"])
        table.create_index("ix_conversations_open_survey_id", ["open_survey_id"])
    with op.batch_alter_table("answers") as table:
        table.alter_column("invitation_id", existing_type=sa.Integer(), nullable=True)
        table.alter_column("stage", existing_type=sa.String(), nullable=True)


def _index_what_is_due() -> None:
    queued, sending = sa.text("status = 'queued'"), sa.text("status = 'sending'")
    op.drop_index("ix_messages_unsent", "messages")
    op.create_index(
        "ix_messages_due",
        "messages",
        ["channel", "priority", "next_attempt_at", "id"],
        sqlite_where=queued,
        postgresql_where=queued,
    )
    op.create_index("ix_messages_leased", "messages", ["lease_until"], sqlite_where=sending, postgresql_where=sending)


def downgrade() -> None:
    with op.batch_alter_table("answers") as table:
        table.alter_column("invitation_id", existing_type=sa.Integer(), nullable=False)
        table.alter_column("stage", existing_type=sa.String(), nullable=False)
    with op.batch_alter_table("conversations") as table:
        table.drop_index("ix_conversations_open_survey_id")
        table.drop_constraint(op.f("fk_conversations_open_survey_id"), type_="foreignkey")
        table.drop_column("open_survey_id")
        table.alter_column("invitation_id", existing_type=sa.Integer(), nullable=False)
        table.alter_column("person_id", existing_type=sa.Integer(), nullable=False)
    unsent = sa.text("status IN ('queued', 'sending')")
    op.drop_index("ix_messages_leased", "messages")
    op.drop_index("ix_messages_due", "messages")
    op.create_index("ix_messages_unsent", "messages", ["priority", "id"], sqlite_where=unsent, postgresql_where=unsent)
    for column in ("opted_out", "permanent", "explanation"):
        op.drop_column("early_receipts", column)
    op.drop_column("messages", "choices")
    for table in ("data_notes", "halts", "paces", "tallies", "links", "open_surveys"):
        op.drop_table(table)
