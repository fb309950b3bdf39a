"""Reminders, replies in several parts, notices, the history of invitations, and stops of one person on a shared phone"""

import sqlalchemy as sa
from alembic import op

import store.base

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    time = store.base.UtcTime(timezone=True)
    op.create_table(
        "invitation_steps",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("invitation_id", sa.Integer(), nullable=False),
        sa.Column("at", time, nullable=False),
        sa.Column("before", sa.String(), nullable=False),
        sa.Column("after", sa.String(), nullable=False),
        sa.Column("because", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["invitation_id"], ["invitations.id"], name=op.f("fk_invitation_steps_invitation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation_steps")),
    )
    op.create_index("ix_invitation_steps_invitation_id", "invitation_steps", ["invitation_id"])
    op.create_table(
        "notices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("at", time, nullable=False),
        sa.ForeignKeyConstraint(["message_id"], ["messages.id"], name=op.f("fk_notices_message_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
        sa.UniqueConstraint("message_id", "what", name=op.f("uq_notices_message_id_what")),
    )
    op.add_column("conversations", sa.Column("remind_at", time, nullable=True))
    op.add_column("conversations", sa.Column("settle_at", time, nullable=True))
    settling = sa.text("settle_at IS NOT NULL")
    op.create_index(
        "ix_conversations_settling", "conversations", ["settle_at"], sqlite_where=settling, postgresql_where=settling
    )
    op.add_column("messages", sa.Column("part_of", sa.Integer(), nullable=True))
    op.add_column("answers", sa.Column("written", sa.String(), nullable=True))
    op.drop_index("uq_opt_outs_standing", table_name="opt_outs")
    with op.batch_alter_table("opt_outs") as table:
        table.add_column(sa.Column("person_id", sa.Integer(), nullable=True))
        table.create_foreign_key(op.f("fk_opt_outs_person_id"), "people", ["person_id"], ["id"])
    for name, columns, whose in (
        ("uq_opt_outs_standing", ["channel", "address"], "IS NULL"),
        ("uq_opt_outs_standing_person", ["person_id", "channel", "address"], "IS NOT NULL"),
    ):
        standing = sa.text(f"ended_at IS NULL AND person_id {whose}")
        op.create_index(name, "opt_outs", columns, unique=True, sqlite_where=standing, postgresql_where=standing)


def downgrade() -> None:
    op.drop_index("uq_opt_outs_standing_person", table_name="opt_outs")
    op.drop_index("uq_opt_outs_standing", table_name="opt_outs")
    with op.batch_alter_table("opt_outs") as table:
        table.drop_constraint(op.f("fk_opt_outs_person_id"), type_="foreignkey")
        table.drop_column("person_id")
    standing = sa.text("ended_at IS NULL")
    op.create_index(
        "uq_opt_outs_standing",
        "opt_outs",
        ["channel", "address"],
        unique=True,
        sqlite_where=standing,
        postgresql_where=standing,
    )
    op.drop_column("answers", "written")
    op.drop_column("messages", "part_of")
    op.drop_index("ix_conversations_settling", table_name="conversations")
    op.drop_column("conversations", "settle_at")
    op.drop_column("conversations", "remind_at")
    op.drop_table("notices")
    op.drop_table("invitation_steps")
