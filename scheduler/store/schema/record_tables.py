"""The tables of what people did and decided: acts, approvals, tests, requests and replies."""

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
)

from scheduler.store.schema.tables import metadata as metadata
from scheduler.store.schema.tables import required_text
from scheduler.store.schema.types import Id, Json, UtcTime

#: Who did what, append-only: ids and digests, never an address, so that erasing a person needn't
#: touch it. ``scheduler.store.audit`` writes and verifies the chain.
audit = Table(
    "audit",
    metadata,
    Column("id", Id, primary_key=True),
    Column("at", UtcTime, nullable=False),
    #: The name given by whoever acted, or ``reflexe`` for what the program does by itself.
    required_text("actor"),
    #: One word and its object: ``send-now``, ``approve``, ``erase``…
    required_text("act"),
    #: An occurrence, a message, a contact's number.
    required_text("subject"),
    Column("detail", Json, nullable=False),
    #: The chain's digest over every entry since the last link; only a group's last entry has one.
    required_text("link", ""),
    sqlite_strict=True,
)

#: How an event stands in its readers' agendas: each change of what they show counts one up.
agenda_entry = Table(
    "agenda_entry",
    metadata,
    Column("campaign", Text, primary_key=True),
    Column("sequence", Integer, nullable=False),
    #: Digests of what the entry says, by language (JSON).
    required_text("digest"),
    Column("changed_at", UtcTime, nullable=False),
    sqlite_strict=True,
)

#: A sending that needs a second person: who asked, for which exact texts, who allowed it.
approval = Table(
    "approval",
    metadata,
    Column("id", Id, primary_key=True),
    required_text("message"),
    required_text("campaign"),
    required_text("episode"),
    required_text("season", ""),
    required_text("local_date"),
    #: Digest of every text of the message with its values: an edit makes another.
    required_text("fingerprint"),
    #: Names of those it is to go to.
    Column("audiences", Json, nullable=False),
    required_text("asked_by"),
    Column("asked_at", UtcTime, nullable=False),
    required_text("approved_by", ""),
    Column("approved_at", UtcTime),
    UniqueConstraint("campaign", "episode", "season"),
    sqlite_strict=True,
)

#: A fault of a text that two people let pass: its words, and no others.
passed_fault = Table(
    "passed_fault",
    metadata,
    Column("id", Id, primary_key=True),
    required_text("message"),
    required_text("rule"),
    required_text("file"),
    #: Digest of the words.
    required_text("passage"),
    required_text("reason"),
    required_text("asked_by"),
    Column("asked_at", UtcTime, nullable=False),
    #: Empty: nobody yet.
    required_text("allowed_by", ""),
    Column("allowed_at", UtcTime),
    UniqueConstraint("message", "rule", "file", "passage"),
    sqlite_strict=True,
)

#: A ``send-test``: no delivery, never counted, but not without a trace.
trial = Table(
    "trial",
    metadata,
    Column("id", Id, primary_key=True),
    Column("at", UtcTime, nullable=False),
    required_text("message"),
    required_text("channel"),
    required_text("audience"),
    required_text("variant"),
    required_text("fingerprint"),
    #: Keyed digest of the address it went to.
    Column("recipient", LargeBinary, nullable=False),
    #: sent | failed | uncertain
    required_text("state"),
    required_text("reason", ""),
    sqlite_strict=True,
)

#: Somebody asked to be written to (double opt-in); nothing but the confirmation leaves before
#: ``confirmed_at``.
subscription_request = Table(
    "subscription_request",
    metadata,
    Column("id", Id, primary_key=True),
    Column("address_id", Id, ForeignKey("address.id"), nullable=False),
    required_text("audience"),
    required_text("channel"),
    required_text("language"),
    required_text("wording"),
    required_text("version", ""),
    Column("asked_at", UtcTime, nullable=False),
    #: When the confirmation message was handed over; at most one a day and address.
    Column("written_at", UtcTime),
    Column("confirmed_at", UtcTime),
    Index("ix_subscription_request_address_id", "address_id"),
    sqlite_strict=True,
)

#: What people or robots answered, each once by its provider's id.
reply = Table(
    "reply",
    metadata,
    Column("id", Id, primary_key=True),
    required_text("channel"),
    required_text("provider_id"),
    Column("address_id", Id, ForeignKey("address.id")),
    #: opt-out | opt-in | help | auto-reply | other
    required_text("kind"),
    #: Its words, for a person to read; emptied with the person, and after the logs' age.
    Column("sealed", LargeBinary),
    Column("at", UtcTime, nullable=False),
    #: Answered by us (identity or confirmation): at most one a number and day.
    Column("answered_at", UtcTime),
    #: What a person decided of one that the program left open.
    required_text("decision", ""),
    required_text("decided_by", ""),
    Column("decided_at", UtcTime),
    UniqueConstraint("channel", "provider_id"),
    Index("ix_reply_address_id", "address_id"),
    sqlite_strict=True,
)

#: Names that were swapped, as people wrote it down: done once, and not again at the next look.
renaming = Table(
    "renaming",
    metadata,
    #: campaign | episode
    Column("kind", Text, primary_key=True),
    #: The campaign of an episode; empty for a campaign.
    Column("campaign", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("was", Text, primary_key=True),
    Column("at", UtcTime, nullable=False),
    sqlite_strict=True,
)
