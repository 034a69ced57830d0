"""A report in a file of its own: readable and printable anywhere, with nothing to fetch."""

from datetime import date
from functools import cache

from jinja2 import Environment
from markupsafe import Markup

from scheduler.domain.showing.amounts import Amount
from scheduler.domain.showing.season_report import Cell, SeasonReport
from scheduler.web.desk.french import day, typography
from scheduler.web.desk.pages import make_templates
from scheduler.web.season.charts import bars
from scheduler.web.templating import STATIC


def cell(value: Cell) -> str:
    """As it stands in a table, in French."""
    if isinstance(value, Amount):
        return typography(value.in_french())
    return day(value, year=True) if isinstance(value, date) else typography(value)


def alone(report: SeasonReport) -> str:
    """The whole page, with its style within."""
    style = Markup((STATIC / "desk.css").read_text(encoding="utf-8"))  # noqa: S704 - our own file
    page = _templates().get_template("season/alone.html")
    return page.render(report=report, style=style, bars=bars, cell=cell)


@cache
def _templates() -> Environment:
    return make_templates()
