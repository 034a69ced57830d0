"""What was learnt of what is sent, in the ledger's counts, on each of the two databases."""

from collections import Counter
from collections.abc import Collection

from scheduler.domain.answers.arrivals import WORDS, Arrival, told
from scheduler.domain.answers.events import Consequence, EventKind
from scheduler.domain.showing.small_numbers import EXACT
from scheduler.flow.showing.figures import as_figures
from scheduler.store.reading.desk_ledger import DeskLedger
from tests.samples.later import Texts
from tests.samples.ledger import Book


async def forty(book: Book) -> None:
    """Forty SMS: 30 arrived, 3 didn't, of 7 nothing final was said."""
    texts = await Texts(book=book).plan(40)
    await texts.send(*(f"SM{number}" for number in range(1, 41)))
    for number in range(1, 31):
        await texts.hear(number, f"SM{number}", "", Consequence.NOTHING, kind=EventKind.SENT)
        await texts.arrives(number, f"SM{number}")
    for number in range(31, 34):
        await texts.hear(number, f"SM{number}", "30007", Consequence.NOTHING)
    await texts.hear(34, "SM34", "", Consequence.NOTHING, kind=EventKind.SENT)
    # Said to have failed, and arrived after all.
    await texts.hear(30, "SM30", "30008", Consequence.NOTHING)


async def test_what_came_back_is_told_apart_in_a_report(book: Book) -> None:
    await forty(book)

    (figures,) = as_figures(await book.ledger.counts(), EXACT)

    names = ("planned", "sent", "delivered", "undelivered", "unknown", "uncertain")
    assert [figures[name] for name in names] == [40, 40, 30, 3, 7, 0]


async def test_it_is_told_apart_on_the_desk(book: Book) -> None:
    await forty(book)
    desk = DeskLedger(book.ledger.database, book.ledger.keys)
    rows: Collection[int] = [row.occurrence_id for row in await desk.occurrences()]

    tallies: Counter[Arrival | None] = Counter()
    for one in await desk.tallies(rows):
        tallies[one.arrival] += one.rows

    assert tallies == {Arrival.DELIVERED: 30, Arrival.UNDELIVERED: 3, Arrival.UNKNOWN: 7}
    assert await desk.totals() == [
        ("sms", "sent", 40),
        ("sms", "delivered", 30),
        ("sms", "undelivered", 3),
        ("sms", "unknown", 7),
    ]


def test_where_nothing_was_ever_said_nothing_is_added() -> None:
    assert told({Arrival.UNKNOWN: 40}) == []
    assert told({Arrival.UNDELIVERED: 1, Arrival.UNKNOWN: 0}) == [(Arrival.UNDELIVERED, 1)]
    assert set(WORDS) == set(Arrival)
