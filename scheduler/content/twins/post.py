"""A post for LinkedIn and the internal network: what a person copies, within what they take."""

from datetime import date

from scheduler.content.twins.sheet import Sheet
from scheduler.domain.errors import ContentError
from scheduler.domain.twins import LONGEST_POST
from scheduler.domain.values import frozen


@frozen
class Post:
    text: str
    #: PNG, 1200 × 627; empty: its message has no drawing.
    picture: bytes
    #: Tells the picture to who doesn't see it.
    alt: str
    #: The advised day, at ``POST_AT``; None: nothing says when its message leaves.
    day: date | None

    @property
    def length(self) -> int:
        return len(self.text)


def text_of(sheet: Sheet, where: str) -> str:
    """Line, title, points, address, slogan and hashtags. Raises ContentError over the limit."""
    told, words = sheet.told, sheet.words
    parts = [
        told.line,
        told.title,
        "\n".join(f"{number}. {point}" for number, point in enumerate(told.points, 1)),
        f"{words.to_read_more} {sheet.typed}" if sheet.address else "",
        sheet.kicker if sheet.kicker != told.title else "",
        f"{words.credited}{words.colon}{sheet.credit}" if sheet.credit else "",
        " ".join((*words.tags, *((words.october,) if sheet.october else ()))),
    ]
    text = "\n\n".join(filter(None, parts))
    if len(text) > LONGEST_POST:
        raise ContentError(
            where=where,
            what=f"la publication fait {len(text)} signes",
            remedy=f"restez à {LONGEST_POST} au plus : écrivez trois points sous twin:",
        )
    return text
