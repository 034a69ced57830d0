"""The tables of the ledger, as they are now; migrations/ says how they came to be.

Two rules of the whole program are constraints here: an occurrence exists once a season, and a
person (by contact and by address) gets an occurrence once on a channel.
"""

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

from scheduler.store.schema.partial import partial
from scheduler.store.schema.types import Flag, Id, Json, UtcTime, Word

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def required_text(name: str, default: str | None = None) -> Column[str]:
    """A text column that is never NULL."""
    return Column(name, Word, nullable=False, server_default=default)


#: What the ledger knows of itself: the check value of its keys, when it was made.
meta = Table(
    "meta",
    metadata,
    Column("name", Text, primary_key=True),
    required_text("value"),
    sqlite_strict=True,
)

#: An address or number, once, by keyed digest. Erasing a person empties ``sealed``; the row stays
#: as the tombstone that suppressions point to.
address = Table(
    "address",
    metadata,
    Column("id", Id, primary_key=True),
    required_text("kind"),
    Column("digest", LargeBinary, nullable=False),
    #: Which key of keys.file made the digest.
    required_text("key_id"),
    Column("sealed", LargeBinary),
    #: From the range reserved for fiction: only an outbox or a look-alike takes it.
    Column("fictional", Flag, nullable=False, server_default="0"),
    #: The group of mail servers it is delivered to (``orange``), as the configuration names them.
    required_text("destination", ""),
    #: Keyed digest of an e-mail address's domain; empty: none, or not worked out yet.
    required_text("domain", ""),
    UniqueConstraint("kind", "digest"),
    Index("ix_address_domain", "domain"),
    sqlite_strict=True,
)

#: A contact file taken in: where it came from and on what grounds.
import_ = Table(
    "import",
    metadata,
    Column("id", Id, primary_key=True),
    required_text("audience"),
    required_text("file_hash"),
    required_text("origin"),
    #: The organisation's own service asked the people themselves (GDPR article 13).
    Column("own", Flag, nullable=False, server_default="0"),
    required_text("basis"),
    required_text("mode"),
    Column("at", UtcTime, nullable=False),
    #: None until the last row is in: an import cut short is repeated, not resumed by guess.
    Column("finished_at", UtcTime),
    Column("counts", Json, nullable=False),
    sqlite_strict=True,
)

#: A person as a source gives them. ``sealed`` holds every field that isn't a segment.
contact = Table(
    "contact",
    metadata,
    Column("id", Id, primary_key=True),
    required_text("audience"),
    #: Keyed digest of the source's own key (staff number, else e-mail, else number).
    Column("source_key", LargeBinary, nullable=False),
    Column("email_id", Id, ForeignKey("address.id")),
    Column("phone_id", Id, ForeignKey("address.id")),
    #: Of the SMS opt-out link: random, stored, one a contact.
    Column("token", Text, nullable=False, unique=True),
    required_text("language"),
    Column("easy_to_read", Flag, nullable=False, server_default="0"),
    #: When the person chose the two above; an import no longer changes them. None: never.
    Column("chosen_at", UtcTime),
    required_text("zone"),
    required_text("territory"),
    Column("active", Flag, nullable=False, server_default="1"),
    Column("segment", Json, nullable=False),
    Column("sealed", LargeBinary),
    #: First import: what fell due before it concerns this contact neither as missed nor late.
    Column("imported_at", UtcTime, nullable=False),
    #: Latest import that named this contact.
    Column("import_id", Id, ForeignKey("import.id")),
    #: Since when nothing is sent to them and nothing of them erased; None: not frozen.
    Column("frozen_at", UtcTime),
    UniqueConstraint("audience", "source_key"),
    Index("ix_contact_email_id", "email_id"),
    Index("ix_contact_phone_id", "phone_id"),
    # Where an audience lives, and since when, is asked of it alone.
    Index("ix_contact_place", "audience", "active", "zone", "territory", "imported_at"),
    sqlite_strict=True,
)

#: Proofs, append-only: given, confirmed, withdrawn are rows of their own.
consent = Table(
    "consent",
    metadata,
    Column("id", Id, primary_key=True),
    Column("contact_id", Id, ForeignKey("contact.id"), nullable=False),
    #: What it was given with, and holds for; None: no address is known, and it holds for none.
    Column("address_id", Id, ForeignKey("address.id")),
    required_text("channel"),
    #: given | confirmed | withdrawn
    required_text("act"),
    required_text("wording"),
    required_text("version", ""),
    #: As the source says it: a web form, a paper, a file.
    required_text("how"),
    Column("at", UtcTime, nullable=False),
    Column("recorded_at", UtcTime, nullable=False),
    Column("import_id", Id, ForeignKey("import.id")),
    UniqueConstraint("contact_id", "channel", "act", "at"),
    Index("ix_consent_address_id", "address_id"),
    sqlite_strict=True,
)

#: An address not to be used, or a person not to be written to, and why. One row an act;
#: ``lifted_at`` is the person's own way back.
suppression = Table(
    "suppression",
    metadata,
    Column("id", Id, primary_key=True),
    Column("address_id", Id, ForeignKey("address.id"), nullable=False),
    #: Whose wish it is; NULL: known by the address alone.
    Column("contact_id", Id, ForeignKey("contact.id")),
    #: A channel's name, or ``all``.
    required_text("channel"),
    #: A topic's name, ``topics`` (all of them, ``service`` not), or ``everything``.
    required_text("scope"),
    #: opted-out | bounced | complained | erased
    required_text("reason"),
    #: How it reached us: one-click, page, short-link, operator, provider…
    required_text("route"),
    Column("at", UtcTime, nullable=False),
    Column("lifted_at", UtcTime),
    #: Of somebody forgotten, where the organisation keeps it: the audience whose file named them,
    #: and the keyed digest of its key for them.
    required_text("source", ""),
    Column("source_key", LargeBinary),
    Index("ix_suppression_address_id", "address_id"),
    partial(
        "ix_suppression_contact_id",
        "contact_id",
        where="contact_id IS NOT NULL",
    ),
    partial(
        "ix_suppression_source_key",
        "source_key",
        where="source_key IS NOT NULL",
    ),
    sqlite_strict=True,
)

#: A person's own way back at an address that somebody else closed: open again, for them alone.
way_back = Table(
    "way_back",
    metadata,
    Column("contact_id", Id, ForeignKey("contact.id"), primary_key=True),
    Column("address_id", Id, ForeignKey("address.id"), primary_key=True),
    #: As the suppressions have it that were before.
    Column("channel", Text, primary_key=True),
    Column("at", UtcTime, nullable=False),
    Index("ix_way_back_address_id", "address_id"),
    sqlite_strict=True,
)

#: When the configuration first enabled a campaign: nothing due earlier is missed or caught up.
campaign = Table(
    "campaign",
    metadata,
    Column("name", Text, primary_key=True),
    Column("enabled_at", UtcTime),
    sqlite_strict=True,
)

occurrence = Table(
    "occurrence",
    metadata,
    Column("id", Id, primary_key=True),
    required_text("campaign"),
    required_text("episode"),
    #: Year, month, quarter or key; the empty string for a dated event. Never NULL: NULLs differ.
    required_text("season", ""),
    #: Nominal date on the national calendar (ISO 8601).
    required_text("local_date"),
    required_text("state"),
    required_text("reason", ""),
    #: Brought forward by hand: audience -> milliseconds UTC from which it is due.
    Column("forced", Json, nullable=False, server_default="{}"),
    UniqueConstraint("campaign", "episode", "season"),
    sqlite_strict=True,
)

#: The part of an occurrence that leaves at one moment. The row is the plan mark: it is made in the
#: transaction that plans it, or to say that its limit passed.
slot = Table(
    "slot",
    metadata,
    Column("id", Id, primary_key=True),
    Column("occurrence_id", Id, ForeignKey("occurrence.id"), nullable=False),
    required_text("channel"),
    required_text("audience"),
    required_text("zone"),
    required_text("territory"),
    #: What an opt-out must cover to stop it; empty for service messages. As planned: an edit of the
    #: configuration changes nothing of what people have refused.
    required_text("topic", ""),
    Column("due_at", UtcTime, nullable=False),
    Column("not_after", UtcTime, nullable=False),
    Column("planned_at", UtcTime, nullable=False),
    #: domain.delivery.SlotState
    required_text("state"),
    #: How far its planning has come; None: it is over.
    Column("planning", Json),
    #: Why it isn't on the nominal day, or why it was missed; in French.
    required_text("reason", ""),
    UniqueConstraint("occurrence_id", "channel", "audience", "zone", "territory"),
    sqlite_strict=True,
)

#: The exact text, kept when the first slot that needs it is planned. A refreshed text is a new
#: revision: what was sent stays, and the highest one is what the next slots send.
content = Table(
    "content",
    metadata,
    Column("id", Id, primary_key=True),
    Column("occurrence_id", Id, ForeignKey("occurrence.id"), nullable=False),
    required_text("channel"),
    required_text("audience"),
    required_text("variant"),
    Column("revision", Integer, nullable=False, server_default="0"),
    required_text("fingerprint"),
    #: scheduler.content.composing.content.Content as JSON.
    required_text("source"),
    UniqueConstraint("occurrence_id", "channel", "audience", "variant", "revision"),
    Index("ix_content_fingerprint", "fingerprint"),
    sqlite_strict=True,
)

#: A text that could not be sent when its occurrence was settled: its readers wait for it.
held_text = Table(
    "held_text",
    metadata,
    Column("occurrence_id", Id, ForeignKey("occurrence.id"), primary_key=True),
    Column("channel", Text, primary_key=True),
    Column("audience", Text, primary_key=True),
    Column("variant", Text, primary_key=True),
    required_text("reason"),
    Column("at", UtcTime, nullable=False),
    #: When its readers were served, or left out for good.
    Column("ended_at", UtcTime),
    sqlite_strict=True,
)

#: What a worker claims: up to a thousand deliveries of one slot, for the time of a lease.
batch = Table(
    "batch",
    metadata,
    Column("slot_id", Id, ForeignKey("slot.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    #: domain.delivery.BatchState
    required_text("state"),
    #: Counts its claims: a worker whose epoch is past has lost it.
    Column("epoch", Integer, nullable=False, server_default="0"),
    #: An epoch in which nothing of it was on the wire any more. Whoever takes an intent holds the
    #: batch, and each claim is another epoch: where it is that of today, nothing is. On PostgreSQL.
    Column("settled", Integer, nullable=False, server_default="0"),
    #: The replica that holds it, by name.
    Column("owner", Text),
    Column("lease_until", UtcTime),
    #: Where its deliveries go, all of them: a slow group of servers holds nobody else up.
    required_text("destination", ""),
    #: Nothing in it can leave before.
    Column("ready_at", UtcTime, nullable=False),
    partial(
        "ix_batch_open",
        "ready_at",
        where="state = 'open'",
    ),
    sqlite_strict=True,
)

#: One occurrence, one contact, one channel: the row that answers every later question.
delivery = Table(
    "delivery",
    metadata,
    Column("id", Id, primary_key=True),
    Column("occurrence_id", Id, ForeignKey("occurrence.id"), nullable=False),
    #: NULL once its time is over: the row is then a count, and nobody's.
    Column("contact_id", Id, ForeignKey("contact.id")),
    required_text("channel"),
    Column("slot_id", Id, ForeignKey("slot.id"), nullable=False),
    #: Number of its batch in the slot; None where it was left out when planned.
    Column("batch", Integer),
    Column("address_id", Id, ForeignKey("address.id")),
    Column("content_id", Id, ForeignKey("content.id")),
    #: The audience's basis on this channel, and the proof where that is consent.
    required_text("basis"),
    Column("consent_id", Id, ForeignKey("consent.id")),
    required_text("state"),
    required_text("reason", ""),
    Column("attempts", Integer, nullable=False, server_default="0"),
    #: Of one that waits: an earlier try may have been accepted. It keeps the address it had.
    Column("may_have_left", Flag, nullable=False, server_default="0"),
    #: The replica that took the last intent: its wire journal knows what became of it.
    Column("replica_id", Id),
    #: For a waiting row: not before. For any other: when its state came about.
    Column("at", UtcTime, nullable=False),
    required_text("provider_id", ""),
    Column("segments", Integer, nullable=False, server_default="0"),
    #: In ten-thousandths of a euro.
    Column("cost", Integer, nullable=False, server_default="0"),
    UniqueConstraint("occurrence_id", "contact_id", "channel"),
    # PostgreSQL's conditions are others, and it has no index of what is being sent: see states.py.
    partial(
        "uq_delivery_address",
        "occurrence_id",
        "channel",
        "address_id",
        unique=True,
        where="state <> 'left-out'",
    ),
    partial(
        "ix_delivery_batch",
        "slot_id",
        "batch",
        where="state = 'waiting'",
    ),
    partial(
        "ix_delivery_sending",
        "id",
        where="state = 'sending'",
    ),
    partial(
        "ix_delivery_uncertain",
        "channel",
        where="state = 'uncertain'",
    ),
    partial(
        "ix_delivery_duplicate",
        "occurrence_id",
        "channel",
        where="state = 'left-out' AND reason = 'duplicate'",
    ),
    Index("ix_delivery_contact_id", "contact_id"),
    # A proof can't be deleted in less than a look at every delivery without it.
    partial(
        "ix_delivery_consent_id",
        "consent_id",
        where="consent_id IS NOT NULL",
    ),
    sqlite_strict=True,
)

#: What is learnt after a message was sent: delivered, bounced, complained, unsubscribed.
event = Table(
    "event",
    metadata,
    Column("id", Id, primary_key=True),
    Column("delivery_id", Id, ForeignKey("delivery.id"), nullable=False),
    required_text("kind"),
    required_text("code", ""),
    required_text("detail", ""),
    Column("at", UtcTime, nullable=False),
    UniqueConstraint("delivery_id", "kind", "code"),
    sqlite_strict=True,
)

#: What needs a person. One open alarm a kind and subject, however often it is raised.
alarm = Table(
    "alarm",
    metadata,
    Column("id", Id, primary_key=True),
    required_text("kind"),
    #: A channel, an occurrence, a file.
    required_text("subject"),
    required_text("detail"),
    Column("raised_at", UtcTime, nullable=False),
    Column("cleared_at", UtcTime),
    partial(
        "uq_alarm_open",
        "kind",
        "subject",
        unique=True,
        where="cleared_at IS NULL",
    ),
    sqlite_strict=True,
)
