"""People with more to be known of them, cases with all that happens in them, and staff who stand in for each other"""

import sqlalchemy as sa
from alembic import op

from store.base import UtcTime, Verbatim

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

TIME = UtcTime(timezone=True)
WORDS = Verbatim()


def upgrade() -> None:
    op.create_table(
        "districts",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("area", sa.String(), nullable=True),
        sa.Column("manager_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["manager_id"], ["staff.id"], name=op.f("fk_districts_manager_id")),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_districts")),
    )
    op.create_table(
        "partner_organisations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=True),
        sa.Column("district", sa.String(), nullable=True),
        sa.Column("added_on", sa.Date(), nullable=False),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner_organisations")),
        sa.UniqueConstraint("name", name=op.f("uq_partner_organisations_name")),
    )
    op.create_table(
        "cover_shifts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("begins_at", TIME, nullable=False),
        sa.Column("ends_at", TIME, nullable=False),
        sa.Column("made_at", TIME, nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("cancelled_at", TIME, nullable=True),
        sa.ForeignKeyConstraint(["made_by"], ["staff.id"], name=op.f("fk_cover_shifts_made_by")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_cover_shifts_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cover_shifts")),
    )
    with op.batch_alter_table("cover_shifts") as table:
        table.create_index(table.f("ix_cover_shifts_ends_at"), ["ends_at"])
        table.create_index(
            "uq_cover_shifts_standing",
            ["staff_id", "begins_at"],
            unique=True,
            sqlite_where=sa.text("cancelled_at IS NULL"),
            postgresql_where=sa.text("cancelled_at IS NULL"),
        )
    op.create_table(
        "do_not_contact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("note", WORDS, nullable=True),
        sa.Column("staff_id", sa.Integer(), nullable=True),
        sa.Column("began_at", TIME, nullable=False),
        sa.Column("ended_at", TIME, nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_do_not_contact_person_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_do_not_contact_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_do_not_contact")),
    )
    with op.batch_alter_table("do_not_contact") as table:
        table.create_index(
            "uq_do_not_contact_standing",
            ["person_id"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
    op.create_table(
        "leave",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_leave_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leave")),
        sa.UniqueConstraint("staff_id", "first_day", name=op.f("uq_leave_staff_id_first_day")),
    )
    op.create_table(
        "taking_part_alone",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("may", sa.Boolean(), nullable=False),
        sa.Column("why", WORDS, nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("decided_at", TIME, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_taking_part_alone_person_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_taking_part_alone_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_taking_part_alone")),
    )
    with op.batch_alter_table("taking_part_alone") as table:
        table.create_index(table.f("ix_taking_part_alone_person_id"), ["person_id"])
    op.create_table(
        "contact_limits",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("other_person_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("note", WORDS, nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.Column("ended_because", WORDS, nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_contact_limits_case_id")),
        sa.ForeignKeyConstraint(["ended_by"], ["staff.id"], name=op.f("fk_contact_limits_ended_by")),
        sa.ForeignKeyConstraint(["other_person_id"], ["people.id"], name=op.f("fk_contact_limits_other_person_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_contact_limits_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_limits")),
    )
    with op.batch_alter_table("contact_limits") as table:
        table.create_index(
            "uq_contact_limits_standing",
            ["case_id", "person_id", "other_person_id"],
            unique=True,
            sqlite_where=sa.text("ended_on IS NULL"),
            postgresql_where=sa.text("ended_on IS NULL"),
        )
        table.create_index(table.f("ix_contact_limits_other_person_id"), ["other_person_id"])
        table.create_index(table.f("ix_contact_limits_person_id"), ["person_id"])
    op.create_table(
        "worker_spells",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("began_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_worker_spells_case_id")),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_worker_spells_staff_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_worker_spells")),
    )
    with op.batch_alter_table("worker_spells") as table:
        table.create_index(table.f("ix_worker_spells_case_id"), ["case_id"])
        table.create_index(
            "uq_worker_spells_now",
            ["case_id"],
            unique=True,
            sqlite_where=sa.text("ended_on IS NULL"),
            postgresql_where=sa.text("ended_on IS NULL"),
        )
    with op.batch_alter_table("cases") as table:
        table.add_column(sa.Column("status", sa.String(), server_default="open", nullable=False))
    with op.batch_alter_table("contact_points") as table:
        table.add_column(sa.Column("frozen_because", sa.String(), nullable=True))
        table.add_column(sa.Column("confirmed_at", TIME, server_default=sa.func.now(), nullable=False))
    with op.batch_alter_table("participants") as table:
        table.add_column(sa.Column("parental_responsibility", sa.Boolean(), nullable=True))
        table.add_column(sa.Column("left_on", sa.Date(), nullable=True))
    with op.batch_alter_table("people") as table:
        table.add_column(sa.Column("reference", sa.String(), nullable=True))
        table.add_column(sa.Column("easy_read", sa.Boolean(), server_default=sa.text("false"), nullable=False))
        table.add_column(sa.Column("preferred_channel", sa.String(), nullable=True))
        table.add_column(sa.Column("organisation_id", sa.Integer(), nullable=True))
        table.add_column(sa.Column("post", sa.String(), nullable=True))
        table.create_index(table.f("ix_people_organisation_id"), ["organisation_id"])
        table.create_unique_constraint(table.f("uq_people_reference"), ["reference"])
        table.create_foreign_key(
            table.f("fk_people_organisation_id"), "partner_organisations", ["organisation_id"], ["id"]
        )
    with op.batch_alter_table("data_notes") as table:
        table.alter_column("person_id", existing_type=sa.Integer(), nullable=True)
        table.add_column(sa.Column("case_reference", sa.String(), nullable=True))
        table.add_column(sa.Column("worker_id", sa.Integer(), nullable=True))
        table.create_foreign_key(table.f("fk_data_notes_worker_id"), "staff", ["worker_id"], ["id"])
        table.create_index(
            "uq_data_notes_standing_case",
            ["case_reference", "channel", "code"],
            unique=True,
            sqlite_where=sa.text("settled_at IS NULL AND person_id IS NULL"),
            postgresql_where=sa.text("settled_at IS NULL AND person_id IS NULL"),
        )
    with op.batch_alter_table("staff") as table:
        table.add_column(sa.Column("deputy_id", sa.Integer(), nullable=True))
        table.add_column(sa.Column("unit_id", sa.Integer(), nullable=True))
        table.add_column(sa.Column("mobile", sa.String(), nullable=True))
        table.add_column(sa.Column("began_on", sa.Date(), nullable=True))
        table.add_column(sa.Column("ended_on", sa.Date(), nullable=True))
        table.create_index(table.f("ix_staff_mobile"), ["mobile"])
        table.create_index(table.f("ix_staff_unit_id"), ["unit_id"])
        table.create_foreign_key(table.f("fk_staff_deputy_id"), "staff", ["deputy_id"], ["id"])
        table.create_foreign_key(table.f("fk_staff_unit_id"), "units", ["unit_id"], ["id"])
    with op.batch_alter_table("stage_events") as table:
        table.add_column(sa.Column("reference", sa.String(), nullable=True))
        table.add_column(sa.Column("recorded_at", TIME, nullable=True))
        table.add_column(sa.Column("applied_at", TIME, nullable=True))
        table.add_column(sa.Column("withdrawn_at", TIME, nullable=True))
        table.add_column(sa.Column("withdrawn_because", sa.String(), nullable=True))
        table.add_column(sa.Column("is_listed", sa.Boolean(), server_default=sa.false(), nullable=False))
        table.create_index(
            "ix_stage_events_to_apply",
            ["happened_on", "id"],
            sqlite_where=sa.text("applied_at IS NULL"),
            postgresql_where=sa.text("applied_at IS NULL"),
        )
        table.create_unique_constraint(table.f("uq_stage_events_reference"), ["reference"])
    op.drop_index("ix_stage_events_happened_on", "stage_events")
    op.create_index("ix_stage_events_happened_on", "stage_events", ["happened_on", "stage", "withdrawn_at", "id"])
    op.create_index(
        "ix_stage_events_withdrawn",
        "stage_events",
        ["withdrawn_at", "id"],
        sqlite_where=sa.text("withdrawn_at IS NOT NULL"),
        postgresql_where=sa.text("withdrawn_at IS NOT NULL"),
    )
    op.execute("UPDATE stage_events SET applied_at = CURRENT_TIMESTAMP, recorded_at = CURRENT_TIMESTAMP")


def downgrade() -> None:
    op.drop_index("ix_stage_events_withdrawn", "stage_events")
    op.drop_index("ix_stage_events_happened_on", "stage_events")
    op.create_index("ix_stage_events_happened_on", "stage_events", ["happened_on"])
    with op.batch_alter_table("stage_events") as table:
        table.drop_constraint(table.f("uq_stage_events_reference"), type_="unique")
        table.drop_index(
            "ix_stage_events_to_apply",
            sqlite_where=sa.text("applied_at IS NULL"),
            postgresql_where=sa.text("applied_at IS NULL"),
        )
        table.drop_column("is_listed")
        table.drop_column("withdrawn_because")
        table.drop_column("withdrawn_at")
        table.drop_column("applied_at")
        table.drop_column("recorded_at")
        table.drop_column("reference")
    op.execute("DELETE FROM data_notes WHERE person_id IS NULL")
    with op.batch_alter_table("data_notes") as table:
        table.drop_index("uq_data_notes_standing_case")
        table.drop_constraint(table.f("fk_data_notes_worker_id"), type_="foreignkey")
        table.drop_column("worker_id")
        table.drop_column("case_reference")
        table.alter_column("person_id", existing_type=sa.Integer(), nullable=False)
    with op.batch_alter_table("staff") as table:
        table.drop_constraint(table.f("fk_staff_unit_id"), type_="foreignkey")
        table.drop_constraint(table.f("fk_staff_deputy_id"), type_="foreignkey")
        table.drop_index(table.f("ix_staff_unit_id"))
        table.drop_index(table.f("ix_staff_mobile"))
        table.drop_column("ended_on")
        table.drop_column("began_on")
        table.drop_column("mobile")
        table.drop_column("unit_id")
        table.drop_column("deputy_id")
    with op.batch_alter_table("people") as table:
        table.drop_constraint(table.f("fk_people_organisation_id"), type_="foreignkey")
        table.drop_constraint(table.f("uq_people_reference"), type_="unique")
        table.drop_index(table.f("ix_people_organisation_id"))
        table.drop_column("post")
        table.drop_column("organisation_id")
        table.drop_column("preferred_channel")
        table.drop_column("easy_read")
        table.drop_column("reference")
    with op.batch_alter_table("participants") as table:
        table.drop_column("left_on")
        table.drop_column("parental_responsibility")
    with op.batch_alter_table("contact_points") as table:
        table.drop_column("confirmed_at")
        table.drop_column("frozen_because")
    with op.batch_alter_table("cases") as table:
        table.drop_column("status")
    with op.batch_alter_table("worker_spells") as table:
        table.drop_index(
            "uq_worker_spells_now",
            sqlite_where=sa.text("ended_on IS NULL"),
            postgresql_where=sa.text("ended_on IS NULL"),
        )
        table.drop_index(table.f("ix_worker_spells_case_id"))
    op.drop_table("worker_spells")
    with op.batch_alter_table("contact_limits") as table:
        table.drop_index(table.f("ix_contact_limits_person_id"))
        table.drop_index(table.f("ix_contact_limits_other_person_id"))
    op.drop_table("contact_limits")
    with op.batch_alter_table("taking_part_alone") as table:
        table.drop_index(table.f("ix_taking_part_alone_person_id"))
    op.drop_table("taking_part_alone")
    op.drop_table("leave")
    with op.batch_alter_table("do_not_contact") as table:
        table.drop_index(
            "uq_do_not_contact_standing",
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
    op.drop_table("do_not_contact")
    op.drop_table("cover_shifts")
    op.drop_table("partner_organisations")
    op.drop_table("districts")
