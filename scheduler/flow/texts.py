"""Which text each reader of an audience gets, frozen so that it can be kept."""

from collections.abc import Sequence

from scheduler.content.content import Content, freeze
from scheduler.content.folder import MessageFolder, Source
from scheduler.domain.campaigns import Audience
from scheduler.domain.conflicts import Planned
from scheduler.domain.errors import ContentError, NotFound
from scheduler.domain.message import MessageClass
from scheduler.domain.planning import ContentText
from scheduler.flow.agenda import Agenda


def texts_for(
    agenda: Agenda, one: Planned, audience: Audience, readers: Sequence[tuple[str, bool]]
) -> list[ContentText]:
    """A text for each (language, easy-to-read) among the readers, each text once.

    Raises ContentError for a fault in a file, NotFound when some readers have none at all.
    """
    folder = agenda.library.load(one.episode.message)
    _check_class(folder, one)
    wanted: dict[str, list[tuple[str, bool]]] = {}
    sources: dict[str, Source] = {}
    for language, easy in readers:
        source = folder.pick(one.channel, audience.name, language, easy)
        if source is None:
            raise NotFound(
                f"templates/{folder.path} : aucun texte {one.channel} pour {audience.label} "
                f"en « {language} », ni en français — écrivez {one.channel}.{audience.name}.fr"
            )
        sources[source.variant] = source
        wanted.setdefault(source.variant, []).append((language, easy))
    return [
        _text(freeze(agenda.library, folder, sources[variant], audience, one.episode.values), who)
        for variant, who in wanted.items()
    ]


def _check_class(folder: MessageFolder, one: Planned) -> None:
    """An opt-out of every topic spares service messages: class and topic must say the same."""
    service = folder.message_class is MessageClass.SERVICE
    if service == bool(one.campaign.topic):
        topic = one.campaign.topic or "aucun"
        raise ContentError(
            where=f"templates/{folder.path}/message.yaml",
            what=f"la classe « {folder.message_class} » et le thème de la campagne ({topic}) "
            "ne vont pas ensemble",
            remedy="service : sans « topic » ; toute autre classe : avec un « topic »",
        )


def _text(content: Content, readers: Sequence[tuple[str, bool]]) -> ContentText:
    return ContentText(
        variant=content.variant,
        fingerprint=content.fingerprint,
        source=content.to_json(),
        readers=readers,
    )
