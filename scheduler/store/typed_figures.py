"""Typed figures: each method is one transaction, and each change is an entry of the audit log."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, delete, select

from scheduler.domain.audit import Act, AuditAct
from scheduler.domain.errors import FigureRefused, NotFound
from scheduler.domain.measure.typed import FigureKind, KeptFigure, TypedFigure
from scheduler.store import audit
from scheduler.store.database import Database
from scheduler.store.schema.typed_tables import typed_figure
from scheduler.store.statements.upserts import insert_or_ignore
from scheduler.store.transactions import reads, writes

_READING = ("campaign", "season", "kind", "source", "day")


class TypedFigureLedger:
    def __init__(self, database: Database) -> None:
        self.database = database

    @writes
    def add(self, connection: Connection, figure: TypedFigure, by: str, now: datetime) -> bool:
        """False when the same reading is there with the same figure. Raises FigureRefused where
        it is there with another one: which of them is right, a person says by removing one."""
        values = _values(figure) | {"typed_by": by, "typed_at": now}
        adding = insert_or_ignore(connection, typed_figure).values(values)
        made = adding.on_conflict_do_nothing(index_elements=_READING).returning(typed_figure.c.id)
        number = connection.execute(made).scalar()
        if number is None:
            there = connection.execute(_same(figure)).one()
            if there.amount != figure.amount:
                said = f"figure {there.id} is another of the same source and day: remove it first"
                raise FigureRefused(said, "amount")
            return False
        _note(connection, AuditAct.ADD_FIGURE, number, figure, by, now)
        return True

    @writes
    def remove(self, connection: Connection, number: int, by: str, now: datetime) -> None:
        """Raises NotFound."""
        gone = delete(typed_figure).where(typed_figure.c.id == number).returning(typed_figure)
        row = connection.execute(gone).first()
        if row is None:
            raise NotFound(f"there is no figure {number}: `reflexe figures list` shows them")
        _note(connection, AuditAct.REMOVE_FIGURE, number, _kept(row).figure, by, now)

    @reads
    def every(self, connection: Connection, campaign: str = "") -> list[KeptFigure]:
        """By campaign, season and day."""
        statement = select(typed_figure)
        if campaign:
            statement = statement.where(typed_figure.c.campaign == campaign)
        c = typed_figure.c
        rows = connection.execute(statement.order_by(c.campaign, c.season, c.day, c.id))
        return [_kept(row) for row in rows]


def _values(figure: TypedFigure) -> dict[str, Any]:
    return {
        "campaign": figure.campaign,
        "season": figure.season,
        "kind": figure.kind.value,
        "source": figure.source,
        "day": figure.day.isoformat(),
        "amount": figure.amount,
    }


def _same(figure: TypedFigure) -> Any:
    values = _values(figure)
    return select(typed_figure).where(*(typed_figure.c[one] == values[one] for one in _READING))


def _kept(row: Any) -> KeptFigure:
    figure = TypedFigure(
        campaign=row.campaign,
        season=row.season,
        kind=FigureKind(row.kind) if row.kind in set(FigureKind) else FigureKind.OTHER,
        amount=row.amount,
        source=row.source,
        day=date.fromisoformat(row.day),
    )
    return KeptFigure(number=row.id, figure=figure, by=row.typed_by, at=row.typed_at)


def _note(
    connection: Connection,
    act: AuditAct,
    number: int,
    figure: TypedFigure,
    by: str,
    now: datetime,
) -> None:
    detail: dict[str, str | int] = {
        "figure": number,
        "kind": figure.kind.value,
        "amount": figure.amount,
        "day": figure.day.isoformat(),
    }
    subject = f"{figure.campaign}/{figure.season}"
    audit.append(connection, [Act(actor=by, act=act, subject=subject, detail=detail)], now)
