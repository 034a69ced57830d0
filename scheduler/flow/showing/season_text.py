"""A season's report as plain text, for a mail: what a director reads in a minute, then the
tables."""

from collections.abc import Iterator
from datetime import date

from scheduler.domain.showing.amounts import Amount
from scheduler.domain.showing.season_report import Cell, SeasonReport, Table
from scheduler.domain.words.french import french_date


def season_text(report: SeasonReport) -> str:
    return "\n".join(_lines(report)) + "\n"


def _lines(report: SeasonReport) -> Iterator[str]:
    yield report.heading
    yield f"{report.organisation}, {french_date(report.made_on)}"
    yield ""
    for one in report.facts:
        compared = f" ({report.before} : {one.before.in_french()})" if one.before else ""
        yield f"- {one.amount.in_french()} {one.label}{compared}"
    for table in report.tables:
        yield from _table(table)
    if report.coming:
        yield from ("", "LA SAISON PROCHAINE")
        yield from (f"- {french_date(day)} : {title}" for title, day in report.coming)
    yield ""
    yield "« Adressé » : accepté par le serveur ou l’opérateur ; personne ne sait ce qui est lu."
    if not report.exact:
        yield "À partir de 10, les chiffres vont de 5 en 5."
    yield "Avec ses graphiques : « Bilan » sur le bureau, ou, pour un fichier,"
    yield f"reflexe report --campaign {report.campaign} --season {report.season} --html bilan.html"


def _table(table: Table) -> Iterator[str]:
    if not table.rows:
        return
    yield from ("", table.title.upper())
    titles = [one.title for one in table.columns]
    for row in table.rows:
        first, *rest = map(_cell, row)
        told = ", ".join(
            f"{title.lower()} : {value}"
            for title, value in zip(titles[1:], rest, strict=True)
            if value
        )
        yield f"- {first} : {told}" if told else f"- {first}"


def _cell(cell: Cell) -> str:
    if isinstance(cell, Amount):
        return cell.in_french()
    return french_date(cell) if isinstance(cell, date) else cell
