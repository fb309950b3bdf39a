"""One alert a message, which the digest and the inbox rely on when they look for what holds a comment back.

Every alert so far was raised once for its message; a database in which that is not so is left as it is, with an error.
"""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_alerts_message_id", table_name="alerts")
    op.create_index("ix_alerts_message_id", "alerts", ["message_id"], unique=True)


def downgrade() -> None:
    op.drop_index("ix_alerts_message_id", table_name="alerts")
    op.create_index("ix_alerts_message_id", "alerts", ["message_id"], unique=False)
