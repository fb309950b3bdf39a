"""What people made of the words of answers, beside what a machine did"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "corrections",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("answer_id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sentiment", sa.String(), nullable=True),
        sa.Column("themes", sa.Text(), nullable=False),
        sa.Column("complaint", sa.Boolean(), nullable=False),
        sa.Column("compliment", sa.Boolean(), nullable=False),
        sa.Column("machine_sentiment", sa.String(), nullable=True),
        sa.Column("machine_themes", sa.Text(), nullable=True),
        sa.Column("machine_complaint", sa.Boolean(), nullable=True),
        sa.Column("machine_compliment", sa.Boolean(), nullable=True),
        sa.Column("machine_method", sa.String(), nullable=True),
        sa.Column("machine_version", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["answer_id"], ["answers.id"], name=op.f("fk_corrections_answer_id")),
        sa.ForeignKeyConstraint(["message_id"], ["messages.id"], name=op.f("fk_corrections_message_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_corrections_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_corrections")),
    )
    op.create_index("ix_corrections_words", "corrections", ["answer_id", "message_id"])


def downgrade() -> None:
    op.drop_index("ix_corrections_words", table_name="corrections")
    op.drop_table("corrections")
