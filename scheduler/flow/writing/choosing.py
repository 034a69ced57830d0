"""Which previews a writer asks for: every text of a message, or some, for somebody or for all."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from scheduler.content.folder import MessageFolder, Source
from scheduler.domain.calendar.campaigns import Audience, Place
from scheduler.domain.errors import NotFound
from scheduler.domain.showing.desk import Preview, Reader
from scheduler.domain.values import frozen
from scheduler.flow.agenda import Agenda
from scheduler.flow.people.persons import PeopleSource, find
from scheduler.flow.render import Renderer
from scheduler.flow.showing.messages import texts_of
from scheduler.flow.writing.preview import READERS, Asked, preview

EASY = "-falc"


@frozen
class Choice:
    """What was typed; empty: all of them."""

    message: str
    audience: str = ""
    channel: str = ""
    #: ``fr``, ``en``, ``fr-falc``.
    language: str = ""
    #: An invented reader's name, or what ``persons.find`` knows somebody by.
    contact: str = ""


@frozen
class Chosen:
    audience: Audience
    channel: str
    reader: Reader
    preview: Preview


@frozen
class _Person:
    reader: Reader
    #: The audience whose contact they are; empty for an invented one.
    source: str = ""
    #: Their language, ``-falc`` included.
    language: str = ""


async def choose(
    agenda: Agenda, renderer: Renderer, people: PeopleSource, choice: Choice, now: datetime
) -> list[Chosen]:
    """Each text once for an audience, in config's order.

    Raises NotFound when nothing is left to show, and what ``preview`` raises.
    """
    folder = agenda.library.load(choice.message)
    person = await _person(people, choice.contact)
    chosen: list[Chosen] = []
    for audience in _audiences(agenda, choice.audience, person):
        seen = set()
        for channel, language in _texts(folder, audience, choice, person):
            asked = Asked(
                message=folder.path,
                channel=channel,
                audience=audience.name,
                language=language.removesuffix(EASY),
                easy_to_read=language.endswith(EASY),
                reader=person.reader,
            )
            found = await preview(agenda, renderer, asked, now)
            if found.source not in seen:
                seen.add(found.source)
                chosen.append(
                    Chosen(audience=audience, channel=channel, reader=asked.reader, preview=found)
                )
    if not chosen:
        raise NotFound(f"{folder.path} : aucun texte pour ce public et ce canal")
    return chosen


def shown_person(choice: Choice, found: Sequence[Chosen]) -> str:
    """The contact whose own data the previews show; empty for an invented reader."""
    invented = {reader.name for reader in READERS}
    if not choice.contact or choice.contact in invented or not found:
        return ""
    return found[0].reader.name


def _audiences(agenda: Agenda, name: str, person: _Person) -> list[Audience]:
    if name:
        return [agenda.configuration.audience(name)]
    return [one for one in agenda.audiences.values() if person.source in ("", one.source)]


def _texts(
    folder: MessageFolder, audience: Audience, choice: Choice, person: _Person
) -> Iterator[tuple[str, str]]:
    """Channel and language of each text: the audience's own language first, plain before easy."""
    wanted = choice.language or person.language

    def order(one: Source) -> tuple[str, bool, str]:
        return one.channel, not one.variant.startswith(audience.language), one.variant

    for source in sorted(texts_of(folder, audience), key=order):
        if choice.channel in ("", source.channel):
            yield source.channel, wanted or source.variant


async def _person(people: PeopleSource, who: str) -> _Person:
    invented = {reader.name: reader for reader in READERS}
    if not who:
        return _Person(reader=READERS[0])
    if who in invented:
        return _Person(reader=invented[who])
    card = (await find(people, who))[0]
    # Their own token stays out: a preview goes from hand to hand.
    reader = Reader(
        name=str(card.contact),
        fields=card.fields,
        email=card.email or READERS[0].email,
        phone=card.phone or READERS[0].phone,
        place=Place(zone=card.zone, territory=card.territory),
    )
    language = card.language + (EASY if card.easy_to_read else "")
    return _Person(reader=reader, source=card.audience, language=language)
