"""The line above a message's title: the campaign's slogan in October, other words elsewhere.

It is kept with the text that was frozen, among its values, under a name that no writer can type: a
program of the release before reads such a content as any other, and shows none.
"""

from collections.abc import Mapping
from html import escape
from textwrap import fill

from scheduler.content.folder import MessageFolder, Source
from scheduler.domain.calendar.campaigns import Audience
from scheduler.domain.drawings import may_draw
from scheduler.domain.values import frozen

#: Characters: one line on a computer, two on a telephone.
LONGEST = 80
_WORDS = "@kicker"


@frozen
class KeptKicker:
    words: str

    @property
    def html(self) -> str:
        return f'<p class="surtitre">{escape(self.words)}</p>\n'

    def text(self, width: int) -> str:
        return fill(self.words, width, break_long_words=False, break_on_hyphens=False)


def kept(message: MessageFolder, source: Source, audience: Audience) -> dict[str, str]:
    """What of a kicker is kept with a text; nothing where nobody smiles, or in a language that it
    has no words for."""
    kicker = message.kicker
    if kicker is None or not may_draw(message.path, message.message_class, audience.people):
        return {}
    words = kicker.words_for(source.variant)
    return {_WORDS: words} if words else {}


def of(values: Mapping[str, str]) -> KeptKicker | None:
    """The kicker that was kept among a content's values."""
    return KeptKicker(words=values[_WORDS]) if values.get(_WORDS) else None
