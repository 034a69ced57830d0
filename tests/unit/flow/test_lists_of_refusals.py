"""A list of people who said no elsewhere: what it does, and what it would do."""

from pathlib import Path

from scheduler.domain.message import AddressKind
from scheduler.domain.people.refusal_lists import RefusalReport, Said
from scheduler.flow.people.refusing import take_refusals
from scheduler.store.schema.tables import suppression
from tests.flow_world import World, open_world
from tests.samples.ledger import STAFF, person

LIST = (
    ("Nom", "Courriel"),
    ("Martin", "P1@Example.org"),
    ("Inconnu", "inconnu@example.org", "06 39 98 77 77"),
    ("K2",),
    ("personne",),
)


async def take(
    world: World, *rows: tuple[str, ...], channel: str | None = None, dry_run: bool = False
) -> RefusalReport:
    said = [Said(row=number, cells=cells) for number, cells in enumerate(rows, 1)]
    return await take_refusals(
        said, world.app.people, world.clock, channel=channel, dry_run=dry_run
    )


async def test_a_list_says_first_what_it_would_do_and_then_does_it_once(tmp_path: Path) -> None:
    async with open_world(tmp_path) as world:
        await world.book.take_in(STAFF, person(1), person(2))

        would = await take(world, *LIST, dry_run=True)
        assert await world.book.rows(suppression) == []
        did = await take(world, *LIST)
        again = await take(world, *LIST)
        would_again = await take(world, *LIST, dry_run=True)

        assert would == did
        assert would == RefusalReport(
            rows=4, known=2, unknown=[3], new=3, unusable=[5], header=True
        )
        assert again == would_again
        assert (again.new, again.already) == (0, 3)


async def test_a_list_about_sms_bars_the_number_of_whoever_it_names_by_address(
    tmp_path: Path,
) -> None:
    async with open_world(tmp_path) as world:
        await world.book.take_in(STAFF, person(1), person(2, phone=None))
        rows = (("p1@example.org",), ("p2@example.org",))

        would = await take(world, *rows, channel="sms", dry_run=True)
        did = await take(world, *rows, channel="sms")

        # The second has no number: nothing can be barred.
        assert (would.new, would.unusable) == (did.new, did.unusable) == (1, [2])
        people = world.app.people
        assert await people.has_opted_out(AddressKind.PHONE, "+33639980001", "sms")
        assert not await people.has_opted_out(AddressKind.EMAIL, "p1@example.org", "email")


async def test_a_number_whose_zero_a_spreadsheet_ate_is_read_all_the_same(tmp_path: Path) -> None:
    async with open_world(tmp_path) as world:
        await world.book.take_in(STAFF, person(1))

        report = await take(world, ("639980001",))

        assert (report.known, report.new, report.unusable) == (1, 1, [])
