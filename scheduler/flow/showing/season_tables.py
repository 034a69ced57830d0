"""The tables of a season's report. Each sum is of figures as they are shown (``amounts``)."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

from scheduler.domain.answers.arrivals import Arrival
from scheduler.domain.channels import SMS, kind_of
from scheduler.domain.delivery import DeliveryState
from scheduler.domain.quizzes.counted import Chosen, Pressed, Reaction, of_quiz
from scheduler.domain.quizzes.quiz import Quiz
from scheduler.domain.quizzes.showing import results, told
from scheduler.domain.showing.amounts import Amount, Unit, added, share
from scheduler.domain.showing.season_report import Cell, Column, Table
from scheduler.domain.showing.small_numbers import Figures, Shown
from scheduler.domain.values import frozen
from scheduler.domain.words import reasons
from scheduler.domain.words.figures import FIGURE_WORDS
from scheduler.domain.words.season import COLUMNS, NOTES, TABLES
from scheduler.domain.words.territories import territory
from scheduler.flow.showing.figures import ShownLine
from scheduler.flow.showing.season_facts import Reach, SeasonFacts

Measure = Callable[[ShownLine], Shown]


def sent(one: ShownLine) -> Shown:
    return one.of(DeliveryState.SENT)


def undelivered(one: ShownLine) -> Shown:
    return one.arrivals.get(Arrival.UNDELIVERED, 0)


def cost(one: ShownLine) -> Shown:
    return one.cost


def column(key: str, title: str = "", *, figure: bool = False) -> Column:
    return Column(key=key, title=title or COLUMNS[key], is_figure=figure)


def figure_columns(*keys: str) -> list[Column]:
    return [column(key, figure=True) for key in keys]


@frozen
class Tables:
    """Makes them of one season's facts. ``titles``: episode -> the title of its message."""

    facts: SeasonFacts
    figures: Figures
    titles: Mapping[str, str]
    #: Audience -> how it is called.
    labels: Mapping[str, str]

    def all(
        self,
        quizzes: Sequence[Quiz],
        answers: Mapping[Chosen, int],
        reactions: Mapping[Pressed, int],
        messages: Mapping[str, str],
    ) -> list[Table]:
        found = [
            self.episodes(),
            self.audiences(),
            self.territories(),
            self.coverage(),
            self.left_out(),
            self.undelivered(),
            self.opt_outs(),
            self.quizzes(quizzes, answers),
            self.reactions(reactions, messages),
            self.reported(),
            self.typed(),
        ]
        return [one for one in found if one.rows or one.note == NOTES["forgotten"]]

    def sum(self, lines: Iterable[ShownLine], what: Measure, unit: Unit = Unit.COUNT) -> Amount:
        return added(map(what, lines), exact=self.figures.exact, unit=unit)

    def episodes(self) -> Table:
        """A line a message, with its channels side by side."""
        channels = self._channels()
        rows: list[list[Cell]] = []
        for title, day, lines in self._by_message():
            of = [self.sum(_on(lines, one), sent) for one in channels]
            left = self.sum(lines, lambda one: one.left_out)
            money = self.sum(lines, cost, Unit.EURO)
            rows.append([title, day, *of, left, money])
        named = [
            column(f"addressed_{one}", f"{COLUMNS['addressed']}, {_channel(one)}", figure=True)
            for one in channels
        ]
        columns = [column("message"), column("date"), *named]
        return _table(
            "episodes",
            [*columns, *figure_columns("left_out", "cost")],
            rows,
            bars=[one.key for one in named],
        )

    def audiences(self) -> Table:
        groups = _grouped(self.facts.lines, lambda one: (one.line.audience, one.line.channel))
        rows: list[list[Cell]] = [
            [
                self.labels.get(audience, audience),
                _channel(channel),
                self.sum(lines, sent),
                self.sum(lines, lambda one: one.left_out),
                self.sum(lines, cost, Unit.EURO) if channel == SMS.name else "",
            ]
            for (audience, channel), lines in groups.items()
        ]
        columns = [column("audience"), column("channel")]
        return _table(
            "audiences", [*columns, *figure_columns("addressed", "left_out", "cost")], rows
        )

    def territories(self) -> Table:
        groups = _grouped(self.facts.lines, lambda one: (one.line.territory, ""))
        rows: list[list[Cell]] = [
            [territory(code), self.sum(lines, sent), self.sum(lines, lambda one: one.left_out)]
            for (code, _), lines in groups.items()
        ]
        columns = [column("territory"), *figure_columns("addressed", "left_out")]
        return _table("territories", columns, rows, bars=["addressed"])

    def coverage(self) -> Table:
        exact = self.figures.exact
        rows: list[list[Cell]] = [
            [
                self.labels.get(name, name),
                *(Amount(shown=parts[often]) for often in Reach),
                share(
                    parts[Reach.MOST],
                    added((parts[Reach.NONE], parts[Reach.SOME]), exact=exact).shown,
                    exact=exact,
                ),
            ]
            for name, parts in self.facts.covered.items()
        ]
        columns = [column("audience"), *figure_columns("none", "some", "most", "share")]
        note = NOTES["forgotten" if self.facts.is_forgotten else "coverage"]
        return _table("coverage", columns, rows, note=note)

    def left_out(self) -> Table:
        by_reason: dict[str, list[Shown]] = {}
        for line in self.facts.lines:
            for why, count in line.reasons.items():
                by_reason.setdefault(why, []).append(count)
        sums = {why: added(some, exact=self.figures.exact) for why, some in by_reason.items()}
        ordered = sorted(sums.items(), key=lambda one: (-one[1].number, one[0]))
        rows: list[list[Cell]] = [[reasons.sentence(why), amount] for why, amount in ordered]
        columns = [column("reason"), *figure_columns("left_out")]
        return _table("left_out", columns, rows, bars=["left_out"])

    def undelivered(self) -> Table:
        channels = self._channels()
        rows: list[list[Cell]] = [
            [title, day, *(self.sum(_on(lines, one), undelivered) for one in channels)]
            for title, day, lines in self._by_message()
        ]
        named = [column(f"undelivered_{one}", _channel(one), figure=True) for one in channels]
        columns = [column("message"), column("date"), *named]
        return _table("undelivered", columns, rows, bars=[one.key for one in named])

    def opt_outs(self) -> Table:
        rows: list[list[Cell]] = [
            [monday, Amount(shown=people)] for monday, people in self.facts.weeks.items()
        ]
        columns = [column("week"), *figure_columns("people")]
        return _table("opt_outs", columns, rows, bars=["people"])

    def reported(self) -> Table:
        """Against the calendar: what left in each week stands beside it."""
        left: dict[date, list[str]] = {}
        for title, day, _ in self._by_message():
            left.setdefault(day - timedelta(days=day.weekday()), []).append(title)
        rows: list[list[Cell]] = [
            [monday, ", ".join(left.get(monday, [])) or "–", Amount(shown=count)]
            for monday, count in self.facts.reported.items()
        ]
        columns = [column("week"), column("message"), *figure_columns("reported")]
        return _table("reported", columns, rows, bars=["reported"])

    def quizzes(self, quizzes: Sequence[Quiz], answers: Mapping[Chosen, int]) -> Table:
        """A line a quiz that somebody answered; « Quiz et avis » has its questions."""
        rows: list[list[Cell]] = []
        for quiz in quizzes:
            found = of_quiz(answers, quiz)
            all_told = [told(found[one.key], one.right, self.figures) for one in quiz.questions]
            came_to = results(all_told, self.figures)
            if came_to.answers.shown == 0:
                continue
            right: Cell = "–"
            if came_to.right is not None:
                right = Amount(shown=came_to.right, unit=Unit.PERCENT)
            audience = self.labels.get(quiz.audience, quiz.audience)
            rows.append([quiz.title, audience, came_to.answers, right])
        columns = [column("quiz"), column("audience"), *figure_columns("answers", "right")]
        return _table("quizzes", columns, rows)

    def reactions(self, counts: Mapping[Pressed, int], messages: Mapping[str, str]) -> Table:
        texts = sorted({(one.message, one.audience) for one in counts if one.message in messages})
        rows: list[list[Cell]] = [
            [
                messages[message],
                self.labels.get(audience, audience),
                *(
                    Amount(shown=self.figures.of(counts.get(Pressed(message, audience, one), 0)))
                    for one in Reaction
                ),
            ]
            for message, audience in texts
        ]
        columns = [column("message"), column("audience")]
        return _table("reactions", [*columns, *figure_columns(*Reaction)], rows)

    def typed(self) -> Table:
        rows: list[list[Cell]] = [
            [
                FIGURE_WORDS[one.figure.kind],
                one.figure.source,
                one.figure.day,
                Amount(shown=self.figures.of(one.figure.amount)),
            ]
            for one in self.facts.typed
        ]
        columns = [column("what"), column("source"), column("date"), *figure_columns("figure")]
        return _table("typed", columns, rows)

    def _channels(self) -> list[str]:
        return sorted({one.line.channel for one in self.facts.lines})

    def _by_message(self) -> Iterator[tuple[str, date, list[ShownLine]]]:
        groups = _grouped(self.facts.lines, lambda one: (one.line.occurrence, ""))
        for row in self.facts.rows:
            if lines := groups.get((row.id, "")):
                yield self.titles.get(row.episode, row.episode), row.date, lines


def _table(
    key: str,
    columns: Sequence[Column],
    rows: Sequence[Sequence[Cell]],
    *,
    note: str = "",
    bars: Sequence[str] = (),
) -> Table:
    return Table(
        key=key,
        title=TABLES[key],
        columns=columns,
        rows=rows,
        note=note or NOTES.get(key, ""),
        bars=bars if _any_bar(columns, rows, bars) else (),
    )


def _any_bar(
    columns: Sequence[Column], rows: Sequence[Sequence[Cell]], bars: Sequence[str]
) -> bool:
    """Whether there is anything to draw: a figure that is not nothing."""
    places = [at for at, one in enumerate(columns) if one.key in bars]
    cells = [row[at] for row in rows for at in places]
    return any(isinstance(cell, Amount) and cell.shown != 0 for cell in cells)


def _grouped(
    lines: Iterable[ShownLine], by: Callable[[ShownLine], tuple[str, str]]
) -> dict[tuple[str, str], list[ShownLine]]:
    groups: dict[tuple[str, str], list[ShownLine]] = {}
    for one in lines:
        groups.setdefault(by(one), []).append(one)
    return dict(sorted(groups.items()))


def _on(lines: Iterable[ShownLine], channel: str) -> list[ShownLine]:
    return [one for one in lines if one.line.channel == channel]


def _channel(name: str) -> str:
    return kind_of(name).shown
