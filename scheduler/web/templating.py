"""Pages from the templates beside this module: escaped, and strict about what they name."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

STATIC = Path(__file__).parent / "static"
_PAGES = Path(__file__).parent / "pages"


def make_pages() -> Environment:
    """The pages of both servers, by path: ``public/way_out.html``, ``desk/…``."""
    return Environment(
        loader=FileSystemLoader(_PAGES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
