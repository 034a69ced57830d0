"""All that a twin is made of, and the pages made of it: poster, screen, piece of an intranet."""

from dataclasses import dataclass
from functools import cache, cached_property
from urllib.parse import urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from scheduler.content.twins import setting
from scheduler.content.twins.pictures import Picture, qr
from scheduler.content.twins.told import Told
from scheduler.content.twins.words import Words, words_for

#: Paper -> millimetres that a poster's unit is worth: a page is 52.5 units wide.
PAPERS = {"a4": 4.0, "a3": 4.0 * 2**0.5}


@dataclass(frozen=True, kw_only=True)
class Sheet:
    told: Told
    #: ``fr``, ``en``, ``fr-falc``.
    variant: str
    organisation: str
    #: Our public site, without a slash at its end.
    site: str
    #: Of the web version; empty: it has none to give.
    address: str
    help_page: str
    #: A line of words each, empty for whom it isn't.
    staff_help: str = ""
    help: str = ""
    #: Above the title, as in the message.
    kicker: str = ""
    credit: str = ""
    picture: Picture | None = None
    #: It is one of October's.
    october: bool = False

    @property
    def language(self) -> str:
        return self.variant.partition("-")[0]

    @property
    def words(self) -> Words:
        return words_for(self.variant)

    @property
    def typed(self) -> str:
        """The address as a person types it, without https://."""
        return typed(self.address or self.help_page)

    @cached_property
    def code(self) -> Markup:
        """The QR code; empty without an address."""
        drawn = qr(self.address, self.site, self.words.code) if self.address else ""
        return Markup(drawn)  # noqa: S704 - segno's, which escapes the title

    @property
    def drawing(self) -> Markup:
        return Markup(self.picture.inline if self.picture else "")  # noqa: S704 - shapes alone

    @property
    def top(self) -> str:
        """Above the title: the slogan, unless it is the title."""
        return self.organisation if self.kicker in ("", self.told.title) else self.kicker

    @property
    def foot(self) -> list[str]:
        """The lines under the points, in order; the address is beside the first."""
        words = self.words
        return [
            words.to_read_more if self.address else words.advice,
            *([words.sticker] if self.address else []),
            *([f"{words.staff_help} {self.staff_help}"] if self.staff_help else []),
            *([f"{words.help} {self.help}"] if self.help else []),
        ]

    @property
    def credited(self) -> str:
        credit = f"{self.words.credited}{self.words.colon}{self.credit}" if self.credit else ""
        return " · ".join(filter(None, (self.organisation, credit)))

    @property
    def to_fit(self) -> setting.ToFit:
        return setting.ToFit(
            top=self.top,
            title=self.told.title,
            points=self.told.points,
            foot=self.foot,
            address=self.typed,
            credit=self.credited,
            has_code=bool(self.address),
            shape=self.picture.shape if self.picture else 0,
            easy=self.variant.endswith("-falc"),
        )


def typed(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.netloc}{parts.path}"


def poster(sheet: Sheet, paper: str = "a4") -> str:
    """One page to print; ``paper``: one of ``PAPERS``."""
    sizes = setting.poster(sheet.to_fit)
    return _page("poster", sheet, paper=paper, unit=f"{PAPERS[paper]:.3f}mm", sizes=sizes)


def screen(sheet: Sheet) -> str:
    """A page that holds all it shows: no script, nothing fetched, light and dark."""
    return _page("screen", sheet, sizes=setting.screen(sheet.to_fit))


def intranet(sheet: Sheet) -> str:
    """A piece of a page: its styles are in its elements, for editors that drop style sheets."""
    return _page("intranet", sheet)


def _page(name: str, sheet: Sheet, **values: object) -> str:
    return _pages().get_template(f"{name}.html").render(sheet=sheet, words=sheet.words, **values)


@cache
def _pages() -> Environment:
    return Environment(
        loader=PackageLoader("scheduler.content.twins", "pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
