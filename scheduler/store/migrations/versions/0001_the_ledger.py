"""The ledger: people and their addresses, opt-outs, occurrences, deliveries and their outcomes."""

import sqlalchemy as sa
from alembic import op

from scheduler.store.schema.types import Flag, Id, Json, UtcTime, Word

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "address",
        sa.Column("id", Id, nullable=False),
        sa.Column("kind", Word(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("key_id", Word(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("fictional", Flag(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_address")),
        sa.UniqueConstraint("kind", "digest", name=op.f("uq_address_kind_digest")),
        sqlite_strict=True,
    )
    op.create_table(
        "agenda_entry",
        sa.Column("campaign", sa.Text(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("digest", Word(), nullable=False),
        sa.Column("changed_at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("campaign", name=op.f("pk_agenda_entry")),
        sqlite_strict=True,
    )
    op.create_table(
        "alarm",
        sa.Column("id", Id, nullable=False),
        sa.Column("kind", Word(), nullable=False),
        sa.Column("subject", Word(), nullable=False),
        sa.Column("detail", Word(), nullable=False),
        sa.Column("raised_at", UtcTime(), nullable=False),
        sa.Column("cleared_at", UtcTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alarm")),
        sqlite_strict=True,
    )
    op.create_index(
        "uq_alarm_open",
        "alarm",
        ["kind", "subject"],
        unique=True,
        sqlite_where=sa.text("cleared_at IS NULL"),
        postgresql_where=sa.text("cleared_at IS NULL"),
    )
    op.create_table(
        "approval",
        sa.Column("id", Id, nullable=False),
        sa.Column("message", Word(), nullable=False),
        sa.Column("campaign", Word(), nullable=False),
        sa.Column("episode", Word(), nullable=False),
        sa.Column("season", Word(), server_default="", nullable=False),
        sa.Column("local_date", Word(), nullable=False),
        sa.Column("fingerprint", Word(), nullable=False),
        sa.Column("audiences", Json(), nullable=False),
        sa.Column("asked_by", Word(), nullable=False),
        sa.Column("asked_at", UtcTime(), nullable=False),
        sa.Column("approved_by", Word(), server_default="", nullable=False),
        sa.Column("approved_at", UtcTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approval")),
        sa.UniqueConstraint(
            "campaign", "episode", "season", name=op.f("uq_approval_campaign_episode_season")
        ),
        sqlite_strict=True,
    )
    op.create_table(
        "audit",
        sa.Column("id", Id, nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("actor", Word(), nullable=False),
        sa.Column("act", Word(), nullable=False),
        sa.Column("subject", Word(), nullable=False),
        sa.Column("detail", Json(), nullable=False),
        sa.Column("link", Word(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
        sqlite_strict=True,
    )
    op.create_table(
        "campaign",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("enabled_at", UtcTime(), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_campaign")),
        sqlite_strict=True,
    )
    op.create_table(
        "import",
        sa.Column("id", Id, nullable=False),
        sa.Column("audience", Word(), nullable=False),
        sa.Column("file_hash", Word(), nullable=False),
        sa.Column("origin", Word(), nullable=False),
        sa.Column("basis", Word(), nullable=False),
        sa.Column("mode", Word(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("finished_at", UtcTime(), nullable=True),
        sa.Column("counts", Json(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import")),
        sqlite_strict=True,
    )
    op.create_table(
        "meta",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", Word(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_meta")),
        sqlite_strict=True,
    )
    op.create_table(
        "occurrence",
        sa.Column("id", Id, nullable=False),
        sa.Column("campaign", Word(), nullable=False),
        sa.Column("episode", Word(), nullable=False),
        sa.Column("season", Word(), server_default="", nullable=False),
        sa.Column("local_date", Word(), nullable=False),
        sa.Column("state", Word(), nullable=False),
        sa.Column("reason", Word(), server_default="", nullable=False),
        sa.Column("forced", Json(), server_default="{}", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_occurrence")),
        sa.UniqueConstraint(
            "campaign", "episode", "season", name=op.f("uq_occurrence_campaign_episode_season")
        ),
        sqlite_strict=True,
    )
    op.create_table(
        "trial",
        sa.Column("id", Id, nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("message", Word(), nullable=False),
        sa.Column("channel", Word(), nullable=False),
        sa.Column("audience", Word(), nullable=False),
        sa.Column("variant", Word(), nullable=False),
        sa.Column("fingerprint", Word(), nullable=False),
        sa.Column("recipient", sa.LargeBinary(), nullable=False),
        sa.Column("state", Word(), nullable=False),
        sa.Column("reason", Word(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trial")),
        sqlite_strict=True,
    )
    op.create_table(
        "contact",
        sa.Column("id", Id, nullable=False),
        sa.Column("audience", Word(), nullable=False),
        sa.Column("source_key", sa.LargeBinary(), nullable=False),
        sa.Column("email_id", Id, nullable=True),
        sa.Column("phone_id", Id, nullable=True),
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("language", Word(), nullable=False),
        sa.Column("easy_to_read", Flag(), server_default="0", nullable=False),
        sa.Column("chosen_at", UtcTime(), nullable=True),
        sa.Column("zone", Word(), nullable=False),
        sa.Column("territory", Word(), nullable=False),
        sa.Column("active", Flag(), server_default="1", nullable=False),
        sa.Column("segment", Json(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("imported_at", UtcTime(), nullable=False),
        sa.Column("import_id", Id, nullable=True),
        sa.ForeignKeyConstraint(["email_id"], ["address.id"], name=op.f("fk_contact_email_id")),
        sa.ForeignKeyConstraint(["import_id"], ["import.id"], name=op.f("fk_contact_import_id")),
        sa.ForeignKeyConstraint(["phone_id"], ["address.id"], name=op.f("fk_contact_phone_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact")),
        sa.UniqueConstraint("audience", "source_key", name=op.f("uq_contact_audience_source_key")),
        sa.UniqueConstraint("token", name=op.f("uq_contact_token")),
        sqlite_strict=True,
    )
    op.create_index("ix_contact_email_id", "contact", ["email_id"], unique=False)
    op.create_index("ix_contact_phone_id", "contact", ["phone_id"], unique=False)
    op.create_table(
        "content",
        sa.Column("id", Id, nullable=False),
        sa.Column("occurrence_id", Id, nullable=False),
        sa.Column("channel", Word(), nullable=False),
        sa.Column("audience", Word(), nullable=False),
        sa.Column("variant", Word(), nullable=False),
        sa.Column("revision", sa.Integer(), server_default="0", nullable=False),
        sa.Column("fingerprint", Word(), nullable=False),
        sa.Column("source", Word(), nullable=False),
        sa.ForeignKeyConstraint(
            ["occurrence_id"], ["occurrence.id"], name=op.f("fk_content_occurrence_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_content")),
        sa.UniqueConstraint(
            "occurrence_id",
            "channel",
            "audience",
            "variant",
            "revision",
            name=op.f("uq_content_occurrence_id_channel_audience_variant_revision"),
        ),
        sqlite_strict=True,
    )
    op.create_index("ix_content_fingerprint", "content", ["fingerprint"], unique=False)
    op.create_table(
        "reply",
        sa.Column("id", Id, nullable=False),
        sa.Column("channel", Word(), nullable=False),
        sa.Column("provider_id", Word(), nullable=False),
        sa.Column("address_id", Id, nullable=True),
        sa.Column("kind", Word(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("answered_at", UtcTime(), nullable=True),
        sa.Column("decision", Word(), server_default="", nullable=False),
        sa.Column("decided_by", Word(), server_default="", nullable=False),
        sa.Column("decided_at", UtcTime(), nullable=True),
        sa.ForeignKeyConstraint(["address_id"], ["address.id"], name=op.f("fk_reply_address_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reply")),
        sa.UniqueConstraint("channel", "provider_id", name=op.f("uq_reply_channel_provider_id")),
        sqlite_strict=True,
    )
    op.create_index("ix_reply_address_id", "reply", ["address_id"], unique=False)
    op.create_table(
        "slot",
        sa.Column("id", Id, nullable=False),
        sa.Column("occurrence_id", Id, nullable=False),
        sa.Column("channel", Word(), nullable=False),
        sa.Column("audience", Word(), nullable=False),
        sa.Column("zone", Word(), nullable=False),
        sa.Column("territory", Word(), nullable=False),
        sa.Column("topic", Word(), server_default="", nullable=False),
        sa.Column("due_at", UtcTime(), nullable=False),
        sa.Column("not_after", UtcTime(), nullable=False),
        sa.Column("planned_at", UtcTime(), nullable=False),
        sa.Column("state", Word(), nullable=False),
        sa.Column("reason", Word(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["occurrence_id"], ["occurrence.id"], name=op.f("fk_slot_occurrence_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_slot")),
        sa.UniqueConstraint(
            "occurrence_id",
            "channel",
            "audience",
            "zone",
            "territory",
            name=op.f("uq_slot_occurrence_id_channel_audience_zone_territory"),
        ),
        sqlite_strict=True,
    )
    op.create_table(
        "subscription_request",
        sa.Column("id", Id, nullable=False),
        sa.Column("address_id", Id, nullable=False),
        sa.Column("audience", Word(), nullable=False),
        sa.Column("channel", Word(), nullable=False),
        sa.Column("language", Word(), nullable=False),
        sa.Column("wording", Word(), nullable=False),
        sa.Column("version", Word(), server_default="", nullable=False),
        sa.Column("asked_at", UtcTime(), nullable=False),
        sa.Column("written_at", UtcTime(), nullable=True),
        sa.Column("confirmed_at", UtcTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["address_id"], ["address.id"], name=op.f("fk_subscription_request_address_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subscription_request")),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_subscription_request_address_id", "subscription_request", ["address_id"], unique=False
    )
    op.create_table(
        "suppression",
        sa.Column("id", Id, nullable=False),
        sa.Column("address_id", Id, nullable=False),
        sa.Column("channel", Word(), nullable=False),
        sa.Column("scope", Word(), nullable=False),
        sa.Column("reason", Word(), nullable=False),
        sa.Column("route", Word(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("lifted_at", UtcTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["address_id"], ["address.id"], name=op.f("fk_suppression_address_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suppression")),
        sqlite_strict=True,
    )
    op.create_index("ix_suppression_address_id", "suppression", ["address_id"], unique=False)
    op.create_table(
        "batch",
        sa.Column("slot_id", Id, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", Word(), nullable=False),
        sa.Column("epoch", sa.Integer(), server_default="0", nullable=False),
        sa.Column("owner", sa.Text(), nullable=True),
        sa.Column("lease_until", UtcTime(), nullable=True),
        sa.Column("ready_at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(["slot_id"], ["slot.id"], name=op.f("fk_batch_slot_id")),
        sa.PrimaryKeyConstraint("slot_id", "number", name=op.f("pk_batch")),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_batch_open",
        "batch",
        ["ready_at"],
        unique=False,
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_table(
        "consent",
        sa.Column("id", Id, nullable=False),
        sa.Column("contact_id", Id, nullable=False),
        sa.Column("channel", Word(), nullable=False),
        sa.Column("act", Word(), nullable=False),
        sa.Column("wording", Word(), nullable=False),
        sa.Column("version", Word(), server_default="", nullable=False),
        sa.Column("how", Word(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("recorded_at", UtcTime(), nullable=False),
        sa.Column("import_id", Id, nullable=True),
        sa.ForeignKeyConstraint(["contact_id"], ["contact.id"], name=op.f("fk_consent_contact_id")),
        sa.ForeignKeyConstraint(["import_id"], ["import.id"], name=op.f("fk_consent_import_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
        sa.UniqueConstraint(
            "contact_id", "channel", "act", "at", name=op.f("uq_consent_contact_id_channel_act_at")
        ),
        sqlite_strict=True,
    )
    op.create_table(
        "delivery",
        sa.Column("id", Id, nullable=False),
        sa.Column("occurrence_id", Id, nullable=False),
        sa.Column("contact_id", Id, nullable=True),
        sa.Column("channel", Word(), nullable=False),
        sa.Column("slot_id", Id, nullable=False),
        sa.Column("batch", sa.Integer(), nullable=True),
        sa.Column("address_id", Id, nullable=True),
        sa.Column("content_id", Id, nullable=True),
        sa.Column("basis", Word(), nullable=False),
        sa.Column("consent_id", Id, nullable=True),
        sa.Column("state", Word(), nullable=False),
        sa.Column("reason", Word(), server_default="", nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("provider_id", Word(), server_default="", nullable=False),
        sa.Column("segments", sa.Integer(), server_default="0", nullable=False),
        sa.Column("cost", sa.Integer(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(
            ["address_id"], ["address.id"], name=op.f("fk_delivery_address_id")
        ),
        sa.ForeignKeyConstraint(
            ["consent_id"], ["consent.id"], name=op.f("fk_delivery_consent_id")
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_delivery_contact_id")
        ),
        sa.ForeignKeyConstraint(
            ["content_id"], ["content.id"], name=op.f("fk_delivery_content_id")
        ),
        sa.ForeignKeyConstraint(
            ["occurrence_id"], ["occurrence.id"], name=op.f("fk_delivery_occurrence_id")
        ),
        sa.ForeignKeyConstraint(["slot_id"], ["slot.id"], name=op.f("fk_delivery_slot_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
        sa.UniqueConstraint(
            "occurrence_id",
            "contact_id",
            "channel",
            name=op.f("uq_delivery_occurrence_id_contact_id_channel"),
        ),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_delivery_batch",
        "delivery",
        ["slot_id", "batch"],
        unique=False,
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.create_index(
        "ix_delivery_consent_id",
        "delivery",
        ["consent_id"],
        unique=False,
        sqlite_where=sa.text("consent_id IS NOT NULL"),
        postgresql_where=sa.text("consent_id IS NOT NULL"),
    )
    op.create_index("ix_delivery_contact_id", "delivery", ["contact_id"], unique=False)
    op.create_index(
        "ix_delivery_sending",
        "delivery",
        ["id"],
        unique=False,
        sqlite_where=sa.text("state = 'sending'"),
        postgresql_where=sa.text("state = 'sending'"),
    )
    op.create_index(
        "ix_delivery_uncertain",
        "delivery",
        ["channel"],
        unique=False,
        sqlite_where=sa.text("state = 'uncertain'"),
        postgresql_where=sa.text("state = 'uncertain'"),
    )
    op.create_index(
        "uq_delivery_address",
        "delivery",
        ["occurrence_id", "channel", "address_id"],
        unique=True,
        sqlite_where=sa.text("state <> 'left-out'"),
        postgresql_where=sa.text("state <> 'left-out'"),
    )
    op.create_table(
        "event",
        sa.Column("id", Id, nullable=False),
        sa.Column("delivery_id", Id, nullable=False),
        sa.Column("kind", Word(), nullable=False),
        sa.Column("code", Word(), server_default="", nullable=False),
        sa.Column("detail", Word(), server_default="", nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["delivery_id"], ["delivery.id"], name=op.f("fk_event_delivery_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
        sa.UniqueConstraint(
            "delivery_id", "kind", "code", name=op.f("uq_event_delivery_id_kind_code")
        ),
        sqlite_strict=True,
    )
