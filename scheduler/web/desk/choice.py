"""What a live preview is set to: a message, for whom, in which language, on which screen."""

from collections.abc import Mapping, Sequence
from typing import TypeVar
from urllib.parse import quote, urlencode

from scheduler.config.configuration import Configuration
from scheduler.content.folder import MessageFolder
from scheduler.domain.calendar.campaigns import Audience
from scheduler.domain.showing.desk import Reader
from scheduler.domain.values import frozen
from scheduler.flow.showing.messages import texts_of
from scheduler.flow.writing.choosing import EASY
from scheduler.flow.writing.preview import READERS, Asked
from scheduler.web.desk.looks import LOOKS
from scheduler.web.desk.sample_people import sample_people

Named = TypeVar("Named", Audience, Reader)


@frozen
class Choice:
    """What the page's selectors are set to, and what they offer."""

    message: str
    audiences: Sequence[Audience]
    audience: Audience
    variants: Sequence[str]
    variant: str
    reader: Reader
    #: Contacts of the sample file; nobody with a provider that reaches the real world.
    samples: Sequence[Reader]
    look: str
    readers: Sequence[Reader] = READERS
    looks: Sequence[str] = LOOKS

    def asked(self, channel: str) -> Asked:
        return Asked(
            message=self.message,
            channel=channel,
            audience=self.audience.name,
            language=self.variant.removesuffix(EASY),
            easy_to_read=self.variant.endswith(EASY),
            reader=self.reader,
        )

    def query(self, **changes: str) -> str:
        """The same choice but for ``changes``, as the part of an address after ``?``."""
        return urlencode({**self.values, **changes})

    @property
    def values(self) -> dict[str, str]:
        return {
            "audience": self.audience.name,
            "variant": self.variant,
            "reader": self.reader.name,
            "look": self.look,
        }

    @property
    def frame(self) -> str:
        return f"/frames/messages/{quote(self.message)}?{self.query()}"


def choice_of(
    configuration: Configuration,
    folder: MessageFolder,
    asked: Mapping[str, str],
    *,
    with_samples: bool,
) -> Choice:
    """What was asked for; the first of a kind in place of what there isn't."""
    audiences = list(configuration.audiences)
    served = [audience for audience in audiences if texts_of(folder, audience)] or audiences
    audience = _named(served, asked.get("audience"))
    variants = sorted({source.variant for source in texts_of(folder, audience)}, key=_order)
    samples = sample_people(configuration, audience) if with_samples else []
    variant, look = asked.get("variant", ""), asked.get("look", "")
    return Choice(
        message=folder.path,
        audiences=served,
        audience=audience,
        variants=variants,
        variant=variant if variant in variants else next(iter(variants), "fr"),
        reader=_named([*READERS, *samples], asked.get("reader")),
        samples=samples,
        look=look if look in LOOKS else LOOKS[0],
    )


def _named(found: Sequence[Named], name: str | None) -> Named:
    return next((one for one in found if one.name == name), found[0])


def _order(variant: str) -> tuple[bool, str]:
    """French first."""
    return not variant.startswith("fr"), variant
