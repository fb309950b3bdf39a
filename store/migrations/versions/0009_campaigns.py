"""Campaigns, triage decisions and the staff pulse; invitations that are about no case"""

import sqlalchemy as sa
from alembic import op

from store.base import UtcTime

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

TIME = UtcTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "campaigns",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("period", sa.String(), nullable=True),
        sa.Column("survey_id", sa.String(), nullable=False),
        sa.Column("audience", sa.String(), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("reminders", sa.Integer(), nullable=False),
        sa.Column("selection", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("made_at", TIME, nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("started_at", TIME, nullable=True),
        sa.Column("ended_at", TIME, nullable=True),
        sa.ForeignKeyConstraint(["made_by"], ["staff.id"], name=op.f("fk_campaigns_made_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaigns")),
        sa.UniqueConstraint("kind", "period", name=op.f("uq_campaigns_kind_period")),
    )
    op.create_table(
        "triage_decisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("district", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_triage_decisions_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_triage_decisions")),
        sa.UniqueConstraint("reference", name=op.f("uq_triage_decisions_reference")),
    )
    with op.batch_alter_table("triage_decisions") as table:
        table.create_index(table.f("ix_triage_decisions_decided_on"), ["decided_on"])
        table.create_index(table.f("ix_triage_decisions_person_id"), ["person_id"])
    op.create_table(
        "campaign_members",
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaigns.id"], name=op.f("fk_campaign_members_campaign_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_campaign_members_person_id")),
        sa.PrimaryKeyConstraint("campaign_id", "person_id", name=op.f("pk_campaign_members")),
    )
    with op.batch_alter_table("campaign_members") as table:
        table.create_index(table.f("ix_campaign_members_person_id"), ["person_id"])
    op.create_table(
        "pulse_asked",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaigns.id"], name=op.f("fk_pulse_asked_campaign_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_pulse_asked_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pulse_asked")),
        sa.UniqueConstraint("staff_id", "campaign_id", name=op.f("uq_pulse_asked_staff_id_campaign_id")),
    )
    with op.batch_alter_table("pulse_asked") as table:
        table.create_index(table.f("ix_pulse_asked_campaign_id"), ["campaign_id"])
    op.create_table(
        "tickets",
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("open_survey_id", sa.Integer(), nullable=False),
        sa.Column("is_spent", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["open_survey_id"], ["open_surveys.id"], name=op.f("fk_tickets_open_survey_id")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_tickets")),
    )
    with op.batch_alter_table("tickets") as table:
        table.create_index(table.f("ix_tickets_open_survey_id"), ["open_survey_id"])
    with op.batch_alter_table("invitations") as table:
        table.add_column(sa.Column("campaign_id", sa.Integer(), nullable=True))
        table.add_column(sa.Column("triage_decision_id", sa.Integer(), nullable=True))
        table.add_column(sa.Column("held_by", sa.Integer(), nullable=True))
        table.alter_column("case_id", existing_type=sa.INTEGER(), nullable=True)
        table.alter_column("stage_event_id", existing_type=sa.INTEGER(), nullable=True)
        table.alter_column("stage", existing_type=sa.VARCHAR(), nullable=True)
        table.alter_column("worker_id", existing_type=sa.INTEGER(), nullable=True)
        table.alter_column("line_manager_id", existing_type=sa.INTEGER(), nullable=True)
        table.alter_column("unit_id", existing_type=sa.INTEGER(), nullable=True)
        table.create_index(table.f("ix_invitations_campaign_id"), ["campaign_id"])
        table.create_index(table.f("ix_invitations_triage_decision_id"), ["triage_decision_id"])
        table.create_index(
            "ix_invitations_coverage",
            [
                "stage_on",
                "unit_id",
                "worker_id",
                "line_manager_id",
                "stage",
                "audience",
                "age_band",
                "status",
                "not_asked_because",
                "held_by",
                "stage_event_id",
                "id",
            ],
        )
        table.create_unique_constraint(table.f("uq_invitations_person_id_campaign_id"), ["person_id", "campaign_id"])
        table.create_unique_constraint(
            table.f("uq_invitations_person_id_triage_decision_id"), ["person_id", "triage_decision_id"]
        )
        table.create_foreign_key(
            table.f("fk_invitations_triage_decision_id"), "triage_decisions", ["triage_decision_id"], ["id"]
        )
        table.create_foreign_key(table.f("fk_invitations_held_by"), "staff", ["held_by"], ["id"])
        table.create_foreign_key(table.f("fk_invitations_campaign_id"), "campaigns", ["campaign_id"], ["id"])
    with op.batch_alter_table("open_surveys") as table:
        table.add_column(sa.Column("campaign_id", sa.Integer(), nullable=True))
        table.add_column(sa.Column("by_ticket", sa.Boolean(), server_default=sa.text("false"), nullable=False))
        table.create_index(table.f("ix_open_surveys_campaign_id"), ["campaign_id"])
        table.create_foreign_key(table.f("fk_open_surveys_campaign_id"), "campaigns", ["campaign_id"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("open_surveys") as table:
        table.drop_constraint(table.f("fk_open_surveys_campaign_id"), type_="foreignkey")
        table.drop_index(table.f("ix_open_surveys_campaign_id"))
        table.drop_column("by_ticket")
        table.drop_column("campaign_id")
    with op.batch_alter_table("invitations") as table:
        table.drop_constraint(table.f("fk_invitations_campaign_id"), type_="foreignkey")
        table.drop_constraint(table.f("fk_invitations_held_by"), type_="foreignkey")
        table.drop_constraint(table.f("fk_invitations_triage_decision_id"), type_="foreignkey")
        table.drop_constraint(table.f("uq_invitations_person_id_triage_decision_id"), type_="unique")
        table.drop_constraint(table.f("uq_invitations_person_id_campaign_id"), type_="unique")
        table.drop_index("ix_invitations_coverage")
        table.drop_index(table.f("ix_invitations_triage_decision_id"))
        table.drop_index(table.f("ix_invitations_campaign_id"))
        table.alter_column("unit_id", existing_type=sa.INTEGER(), nullable=False)
        table.alter_column("line_manager_id", existing_type=sa.INTEGER(), nullable=False)
        table.alter_column("worker_id", existing_type=sa.INTEGER(), nullable=False)
        table.alter_column("stage", existing_type=sa.VARCHAR(), nullable=False)
        table.alter_column("stage_event_id", existing_type=sa.INTEGER(), nullable=False)
        table.alter_column("case_id", existing_type=sa.INTEGER(), nullable=False)
        table.drop_column("held_by")
        table.drop_column("triage_decision_id")
        table.drop_column("campaign_id")
    with op.batch_alter_table("tickets") as table:
        table.drop_index(table.f("ix_tickets_open_survey_id"))
    op.drop_table("tickets")
    with op.batch_alter_table("pulse_asked") as table:
        table.drop_index(table.f("ix_pulse_asked_campaign_id"))
    op.drop_table("pulse_asked")
    with op.batch_alter_table("campaign_members") as table:
        table.drop_index(table.f("ix_campaign_members_person_id"))
    op.drop_table("campaign_members")
    with op.batch_alter_table("triage_decisions") as table:
        table.drop_index(table.f("ix_triage_decisions_person_id"))
        table.drop_index(table.f("ix_triage_decisions_decided_on"))
    op.drop_table("triage_decisions")
    op.drop_table("campaigns")
