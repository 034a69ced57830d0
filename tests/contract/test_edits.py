"""Edits and drafts of texts, on each of the two databases."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import Connection, insert

from scheduler.domain.audit import AuditAct
from scheduler.domain.errors import Overtaken
from scheduler.domain.writing.drafts import Draft, DraftState
from scheduler.domain.writing.edits import Publication
from scheduler.store.schema.writing_tables import text_edit
from scheduler.store.writing.drafts import DraftLedger
from scheduler.store.writing.edits import EditLedger
from tests.samples.ledger import DUE, Book

PATH = "cybermois/annonce/email.staff.fr.md"


def asked(content: str | None = "Bonjour.\n", over: int = 0, path: str = PATH) -> Publication:
    return Publication(
        path=path,
        content=content,
        base="Le fichier.\n",
        over=over,
        written_by="Marie",
        published_by="Ana",
    )


async def test_a_publication_that_comes_after_a_higher_number_is_seen(book: Book) -> None:
    """Two at once on PostgreSQL: who began first may end last."""
    edits, database = EditLedger(book.ledger.database), book.ledger.database
    seen = []

    def put(connection: Connection, values: dict[str, object]) -> None:
        connection.execute(insert(text_edit).values(values))

    for number, path in ((7, "a/email.fr.md"), (3, "b/email.fr.md")):
        row = {"id": number, "path": path, "number": 1, "content": "Un.\n", "at": DUE}
        await database.write(put, row | {"written_by": "Marie", "published_by": "Ana"})
        seen.append(await edits.published())

    assert len({0, *seen}) == 3


async def test_the_last_publication_stands_until_it_is_withdrawn(book: Book) -> None:
    edits = EditLedger(book.ledger.database)
    assert await edits.published() == 0

    await edits.publish(asked("Un.\n"), AuditAct.PUBLISH_TEXT, DUE)
    await edits.publish(asked("Deux.\n", over=1), AuditAct.PUBLISH_TEXT, DUE)
    await edits.publish(asked("Autre.\n", path="_snippets/pied.fr.md"), AuditAct.PUBLISH_TEXT, DUE)
    before, standing = await edits.standing()
    await edits.publish(asked(None, over=2), AuditAct.WITHDRAW_TEXT, DUE)
    after, left = await edits.standing()

    assert [(one.path, one.content) for one in standing] == [
        ("_snippets/pied.fr.md", "Autre.\n"),
        (PATH, "Deux.\n"),
    ]
    assert [one.path for one in left] == ["_snippets/pied.fr.md"]
    assert after > before
    assert [one.content for one in await edits.history(PATH)] == [None, "Deux.\n", "Un.\n"]
    latest = await edits.latest(PATH)
    assert latest is not None
    assert (latest.number, latest.base, latest.written_by) == (3, "Le fichier.\n", "Marie")


async def test_of_several_at_once_over_the_same_text_one_is_published(book: Book) -> None:
    edits = EditLedger(book.ledger.database)
    replicas = [EditLedger(book.ledger.database) for _ in range(3)]

    done = await asyncio.gather(
        *(
            one.publish(asked(f"Version {number}.\n"), AuditAct.PUBLISH_TEXT, DUE)
            for number, one in enumerate(replicas)
        ),
        return_exceptions=True,
    )

    assert sorted(isinstance(one, Overtaken) for one in done) == [False, True, True]
    assert len(await edits.history(PATH)) == 1
    assert len({await one.published() for one in replicas}) == 1


async def test_edits_come_in_all_or_none(book: Book) -> None:
    edits = EditLedger(book.ledger.database)
    await edits.publish(asked(), AuditAct.PUBLISH_TEXT, DUE)

    with pytest.raises(Overtaken):
        await edits.take_in([asked(path="_snippets/pied.fr.md"), asked()], "Ana", DUE)

    assert [one.path for one in (await edits.standing())[1]] == [PATH]


async def test_an_import_names_the_second_person_where_there_is_one(book: Book) -> None:
    edits = EditLedger(book.ledger.database)

    await edits.take_in([asked()], "Luc", DUE)
    await edits.take_in([asked(over=1)], "Luc", DUE, approved_by="Ana")

    newest, first = (one.act.detail for one in await book.hand.audit_entries(20))
    assert first == {"texts": 1}
    assert newest == {"texts": 1, "approved-by": "Ana"}


async def saved(drafts: DraftLedger, content: str, version: int = 0, owner: str = "Marie") -> Draft:
    return await drafts.save(PATH, owner, content, over=0, seen="abc", version=version, now=DUE)


async def test_a_draft_is_saved_over_the_version_that_was_seen_alone(book: Book) -> None:
    drafts = DraftLedger(book.ledger.database)

    first = await saved(drafts, "Un.\n")
    second = await saved(drafts, "Deux.\n", first.version)
    with pytest.raises(Overtaken):
        await saved(drafts, "Perdu ?\n", first.version)
    with pytest.raises(Overtaken):
        await saved(drafts, "Perdu ?\n")
    other = await saved(drafts, "Le mien.\n", owner="Ana")

    assert second.version == 2
    assert [one.content for one in await drafts.of_text(PATH)] == ["Deux.\n", "Le mien.\n"]
    assert await drafts.one(other.id) == other
    assert len(await drafts.every()) == 2


async def test_what_is_proposed_is_published_once_or_refused_with_a_reason(book: Book) -> None:
    drafts, edits = DraftLedger(book.ledger.database), EditLedger(book.ledger.database)
    draft = await saved(drafts, "Un.\n")

    await drafts.propose(draft, "Marie", "Relu.", DUE)
    proposed = await drafts.one(draft.id)
    assert proposed is not None
    assert (proposed.state, proposed.by, proposed.note) == (DraftState.PROPOSED, "Marie", "Relu.")
    await drafts.refuse(proposed, "Ana", "Trop long.", DUE)
    with pytest.raises(Overtaken):
        await drafts.refuse(proposed, "Ana", "Encore.", DUE)
    refused = await drafts.one(draft.id)
    assert refused is not None
    assert (refused.state, refused.decided_by, refused.reason) == (
        DraftState.REFUSED,
        "Ana",
        "Trop long.",
    )

    mended = await saved(drafts, "Court.\n", refused.version)
    await drafts.propose(mended, "Marie", "", DUE)
    again = await drafts.one(draft.id)
    assert again is not None
    done = await asyncio.gather(
        *(drafts.publish(again, asked("Court.\n"), AuditAct.APPROVE_TEXT, DUE) for _ in range(3)),
        return_exceptions=True,
    )

    assert sorted(isinstance(one, Overtaken) for one in done) == [False, True, True]
    assert [one.content for one in await edits.history(PATH)] == ["Court.\n"]
    assert await drafts.every() == []
    acts = [one.act.act for one in reversed(await book.hand.audit_entries(20))]
    assert acts == ["propose-text", "refuse-text", "propose-text", "approve-text"]


async def test_a_draft_stays_where_its_text_was_published_by_another(book: Book) -> None:
    drafts, edits = DraftLedger(book.ledger.database), EditLedger(book.ledger.database)
    draft = await saved(drafts, "Le mien.\n")
    await edits.publish(asked("Le leur.\n"), AuditAct.PUBLISH_TEXT, DUE)

    with pytest.raises(Overtaken):
        await drafts.publish(draft, asked("Le mien.\n"), AuditAct.PUBLISH_TEXT, DUE)

    assert [one.content for one in await drafts.every()] == ["Le mien.\n"]


async def test_what_is_saved_after_it_was_proposed_is_proposed_no_more(book: Book) -> None:
    drafts = DraftLedger(book.ledger.database)
    draft = await saved(drafts, "Un.\n")
    await drafts.propose(draft, "Marie", "", DUE)
    proposed = await drafts.one(draft.id)
    assert proposed is not None

    await saved(drafts, "Deux.\n", proposed.version)
    with pytest.raises(Overtaken):
        await drafts.publish(proposed, asked("Un.\n"), AuditAct.APPROVE_TEXT, DUE)

    assert (await drafts.every())[0].state is DraftState.WRITTEN
    later = DUE + timedelta(hours=13)
    assert [(await drafts.every())[0].is_being_written(at) for at in (DUE, later)] == [True, False]
