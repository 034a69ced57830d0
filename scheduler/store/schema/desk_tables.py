"""The tables of the desk: who may sign in, and who is in."""

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
)

from scheduler.store.schema.partial import partial
from scheduler.store.schema.tables import metadata as metadata
from scheduler.store.schema.tables import required_text
from scheduler.store.schema.types import Id, UtcTime

#: Somebody of the organisation who signs in by a name and a password of their own.
account = Table(
    "account",
    metadata,
    Column("id", Id, primary_key=True),
    #: As the audit log names them.
    required_text("name"),
    #: The same without what two spellings differ in.
    Column("folded", Text, nullable=False),
    #: Roles, with a blank between.
    required_text("roles", ""),
    #: An argon2id hash; empty until it is set.
    required_text("password", ""),
    #: Digest of the link that sets it, until when; empty: there is none.
    required_text("link", ""),
    Column("link_until", UtcTime),
    Column("made_at", UtcTime, nullable=False),
    #: Issuer and subject of an OpenID provider; empty: they sign in by a password.
    required_text("subject", ""),
    #: The secret of a second code, sealed; since when it is asked for, None: it isn't yet; and the
    #: last step whose code was used.
    Column("code_key", LargeBinary),
    Column("code_since", UtcTime),
    Column("code_step", Id, nullable=False, server_default="0"),
    #: Digest of the address of their agenda; empty: there is none.
    required_text("agenda", ""),
    UniqueConstraint("folded"),
    partial(
        "account_subject",
        "subject",
        unique=True,
        where="subject <> ''",
    ),
    sqlite_strict=True,
)

#: A browser that is signed in. Of its value only the keyed digest is here.
session = Table(
    "session",
    metadata,
    Column("id", Id, primary_key=True),
    Column("digest", Text, nullable=False),
    Column("account_id", Id, ForeignKey("account.id"), nullable=False),
    Column("begun_at", UtcTime, nullable=False),
    Column("used_at", UtcTime, nullable=False),
    #: Of an OpenID provider: when it was last asked, and what asks it again, sealed.
    Column("asked_at", UtcTime),
    Column("renewal", LargeBinary),
    UniqueConstraint("digest"),
    Index("session_account", "account_id"),
    sqlite_strict=True,
)

#: Where somebody of the desk gets trials: an address, and a number, of their own. Sealed; by the
#: name that they sign in by, which a portal's people have without an account. Gone with it.
own_address = Table(
    "own_address",
    metadata,
    Column("id", Id, primary_key=True),
    #: As ``account.folded``.
    required_text("folded"),
    #: email | phone
    required_text("kind"),
    Column("sealed", LargeBinary, nullable=False),
    Column("at", UtcTime, nullable=False),
    UniqueConstraint("folded", "kind"),
    sqlite_strict=True,
)

#: A sign-in elsewhere that was answered: none is answered twice. Kept for minutes.
spent_sign_in = Table(
    "spent_sign_in",
    metadata,
    Column("digest", Text, primary_key=True),
    Column("at", UtcTime, nullable=False),
    sqlite_strict=True,
)
