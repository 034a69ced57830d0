"""What the daemon looks at behind its start, so that the desk's first page finds it known."""

from pathlib import Path

from jinja2 import meta

from scheduler.content import yaml_text
from scheduler.web import templating
from scheduler.web.desk.first_look import PAGES, look_first
from tests.samples.desk import desk_of, visiting
from tests.worlds import make_world


async def test_the_first_page_reads_no_text_and_computes_no_year_that_was_looked_at(
    tmp_path: Path,
) -> None:
    app = await make_world(tmp_path)
    await look_first(app)
    read, years = yaml_text._composed.cache_info().misses, dict(app.agenda._slots)

    async with visiting(desk_of(app)) as visitor:
        await visitor.page("/")

    assert years
    assert app.agenda._slots == years
    assert yaml_text._composed.cache_info().misses == read
    await app.close()


def test_each_part_of_the_first_page_is_compiled() -> None:
    pages = templating.make_pages()
    assert pages.loader is not None
    found, new = set(), ["desk/calendar.html"]
    while new:
        name = new.pop()
        found.add(name)
        source = pages.loader.get_source(pages, name)[0]
        named = meta.find_referenced_templates(pages.parse(source))
        new += [one for one in named if one is not None and one not in found]

    assert {f"desk/{one}.html" for one in PAGES} == found
