"""The tables of what is written on the desk: edits that stand over files, and drafts."""

from sqlalchemy import Column, ForeignKey, Index, Table, Text, UniqueConstraint

from scheduler.store.schema.tables import metadata as metadata
from scheduler.store.schema.tables import required_text
from scheduler.store.schema.types import Id, UtcTime

#: Every publication of a text, the latest number of a path being what stands. Texts for everybody:
#: nobody's data but the names of who wrote and published them. Kept as long as the audit log.
text_edit = Table(
    "text_edit",
    metadata,
    Column("id", Id, primary_key=True),
    #: Under templates/, with slashes.
    required_text("path"),
    Column("number", Id, nullable=False),
    #: NULL: withdrawn, the file stands again.
    Column("content", Text),
    #: The file as it was; NULL: there was none.
    Column("base", Text),
    required_text("written_by"),
    required_text("published_by"),
    Column("at", UtcTime, nullable=False),
    UniqueConstraint("path", "number"),
    sqlite_strict=True,
)

#: What somebody writes, one row a text and person; gone once it is published.
text_draft = Table(
    "text_draft",
    metadata,
    Column("id", Id, primary_key=True),
    required_text("path"),
    #: The account's name; empty: of a desk that knows nobody by name.
    required_text("owner", ""),
    required_text("content"),
    #: The number of the edit that it is written over (0: the file), and the print of what stood.
    Column("over", Id, nullable=False),
    required_text("seen"),
    Column("version", Id, nullable=False),
    #: domain.writing.drafts.DraftState
    required_text("state"),
    Column("begun_at", UtcTime, nullable=False),
    Column("saved_at", UtcTime, nullable=False),
    required_text("by", ""),
    required_text("note", ""),
    required_text("decided_by", ""),
    required_text("reason", ""),
    UniqueConstraint("path", "owner"),
    sqlite_strict=True,
)

#: What colleagues say to whoever wrote a text: their names and words, emptied by retention.
text_comment = Table(
    "text_comment",
    metadata,
    Column("id", Id, primary_key=True),
    required_text("path"),
    #: The print of the text that it is about.
    required_text("text"),
    required_text("by"),
    required_text("said"),
    Column("at", UtcTime, nullable=False),
    Index("text_comment_path", "path"),
    sqlite_strict=True,
)

#: A text that three people are asked to read. Of them nothing is kept, and of the link a digest.
text_trio = Table(
    "text_trio",
    metadata,
    Column("id", Id, primary_key=True),
    required_text("path"),
    #: The print of the text that is read.
    required_text("text"),
    #: As they read it: a JSON list.
    required_text("paragraphs"),
    Column("digest", Text, nullable=False),
    #: Who asked for it.
    required_text("by"),
    Column("made_at", UtcTime, nullable=False),
    Column("ends_at", UtcTime, nullable=False),
    #: How many have ended; and their forms' random words, so that none counts twice.
    Column("ended", Id, nullable=False, server_default="0"),
    required_text("sheets", ""),
    UniqueConstraint("digest"),
    Index("text_trio_path", "path"),
    sqlite_strict=True,
)

#: What they said of each paragraph, added up.
text_trio_mark = Table(
    "text_trio_mark",
    metadata,
    Column("trio_id", Id, ForeignKey("text_trio.id"), primary_key=True),
    #: From 0.
    Column("place", Id, primary_key=True),
    Column("clear", Id, nullable=False, server_default="0"),
    Column("unclear", Id, nullable=False, server_default="0"),
    Column("smile", Id, nullable=False, server_default="0"),
    sqlite_strict=True,
)
