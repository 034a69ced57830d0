"""Bars as SVG of our own: told apart by pattern and not by colour alone, and never without words.

A chart has a title and a description for screen readers, and its figures stand beside its bars; the
table under it says the same. Its colours are the style sheet's classes: no style of its own, so any
content policy takes it.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from markupsafe import Markup, escape

from scheduler.domain.showing.amounts import Amount
from scheduler.domain.showing.season_report import Cell, Column, Table
from scheduler.domain.showing.small_numbers import Veil
from scheduler.domain.words.french import french_date
from scheduler.web.desk.french import typography

#: Of the drawing's own units: a phone shows them about one to one.
WIDTH, BAR, GAP, LINE = 340, 14, 4, 18
#: What a bar may take; the rest is for its figure.
_ROOM = 210
#: Letters of a label that fit on a line.
_LABEL = 46
#: A figure that isn't shown has a stub, so that it isn't taken for nothing.
_STUB = 6


def bars(table: Table) -> Markup:
    """One group of bars a row, one bar a column that the table names."""
    columns = [one for one in table.columns if one.key in table.bars]
    places = [list(table.columns).index(one) for one in columns]
    most = max((_number(row[at]) for row in table.rows for at in places), default=0)
    parts: list[Markup] = []
    top = LINE * (len(columns) if len(columns) > 1 else 0)
    if len(columns) > 1:
        parts += _legend(table.key, columns)
    for row in table.rows:
        top += LINE
        parts.append(_text(0, top - 5, _label(row[0]), "chart-label"))
        for series, at in enumerate(places):
            parts += _bar(table.key, row[at], series, top, most)
            top += BAR + GAP
        top += GAP
    return _drawing(table, parts, top)


def _drawing(table: Table, parts: Sequence[Markup], height: int) -> Markup:
    title, about = f"chart-{table.key}-title", f"chart-{table.key}-about"
    return Markup(
        '<svg class="chart" role="img" aria-labelledby="{title} {about}" '
        'viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">'
        '<title id="{title}">{said}</title><desc id="{about}">{told}</desc>'
        "{patterns}{parts}</svg>"
    ).format(
        title=title,
        about=about,
        width=WIDTH,
        height=height,
        said=typography(f"Graphique : {table.title}"),
        told=typography("Les mêmes chiffres sont dans le tableau qui suit."),
        patterns=_patterns(table.key),
        parts=Markup("").join(parts),
    )


def _patterns(key: str) -> Markup:
    """Stripes for the second bar: they are seen without colours, and on paper."""
    return Markup(
        '<defs><pattern id="stripes-{key}" width="6" height="6" patternUnits="userSpaceOnUse" '
        'patternTransform="rotate(45)"><rect class="chart-back" width="6" height="6"/>'
        '<rect class="chart-1" width="3" height="6"/></pattern></defs>'
    ).format(key=key)


def _legend(key: str, columns: Sequence[Column]) -> Iterator[Markup]:
    for series, one in enumerate(columns):
        top = LINE * series
        yield _box(key, top + 2, BAR, series)
        yield _text(BAR + 6, top + 13, typography(one.title), "chart-label")


def _bar(key: str, cell: Cell, series: int, top: int, most: int) -> Iterator[Markup]:
    if not isinstance(cell, Amount):
        return
    if isinstance(cell.shown, Veil):
        length = _STUB
    else:
        length = max(1, round(_ROOM * cell.number / most)) if most and cell.number else 0
    yield _box(key, top, length, series)
    yield _text(length + 5, top + BAR - 3, typography(cell.in_french()), "chart-figure")


def _box(key: str, top: int, width: int, series: int) -> Markup:
    kind = Markup('class="chart-0"')
    if series % 2:
        kind = Markup('class="chart-edge" fill="url(#stripes-{key})"').format(key=key)
    return Markup('<rect {kind} x="0" y="{top}" width="{width}" height="{height}"/>').format(
        kind=kind, top=top, width=width, height=BAR
    )


def _text(left: int, top: int, words: str, kind: str) -> Markup:
    return Markup('<text class="{kind}" x="{left}" y="{top}">{words}</text>').format(
        kind=kind, left=left, top=top, words=escape(words)
    )


def _label(cell: Cell) -> str:
    said = french_date(cell) if isinstance(cell, date) else str(cell)
    return said if len(said) <= _LABEL else f"{said[: _LABEL - 1].rstrip()}…"


def _number(cell: Cell) -> int:
    return cell.number if isinstance(cell, Amount) else 0
