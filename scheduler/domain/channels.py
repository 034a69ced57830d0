"""What a medium is, and the media that this process knows.

E-mail and SMS are described here, any other by the file that carries it (``CHANNEL`` in
``scheduler/channels``): everybody else asks ``kind_of`` and compares no names. A process has one
configuration, which says what is known beside those two (``know``).
"""

from collections.abc import Iterable, Mapping

from scheduler.domain.calendar.channel_hours import EMAIL_HOURS, SMS_HOURS, ChannelHours
from scheduler.domain.message import AddressKind
from scheduler.domain.values import frozen


@frozen
class ChannelKind:
    """A medium. Its name stands in the ledger, in config.yaml and before its texts' file names."""

    name: str
    address_kind: AddressKind
    #: Ending of its source files under templates/, without the dot: ``md`` for a letter with a
    #: subject, written in Markdown; ``txt`` for one line, as it is read.
    ending: str = "txt"
    #: Within a French sentence, and an English one; empty: its name.
    label: str = ""
    english: str = ""
    #: When it may be used, unless settings say it: as strict as SMS.
    hours: ChannelHours = SMS_HOURS
    #: Who leaves it leaves its service messages too, as STOP does; otherwise its topics alone.
    leaves_service: bool = True
    #: The program ends its texts with the way out (``STOP …``); a letter has its own.
    suffix: bool = True

    @property
    def shown(self) -> str:
        """How it is called within a French sentence."""
        return self.label or self.name

    @property
    def is_letter(self) -> bool:
        """It has a subject and a body in Markdown."""
        return self.ending == "md"


EMAIL = ChannelKind(
    name="email",
    address_kind=AddressKind.EMAIL,
    ending="md",
    label="courriel",
    english="e-mail",
    hours=EMAIL_HOURS,
    leaves_service=False,
    suffix=False,
)
SMS = ChannelKind(
    name="sms",
    address_kind=AddressKind.PHONE,
    label="SMS",
    english="SMS",
)

_OWN: Mapping[str, ChannelKind] = {EMAIL.name: EMAIL, SMS.name: SMS}
_known: dict[str, ChannelKind] = dict(_OWN)


def know(others: Iterable[ChannelKind]) -> None:
    """From now on these are known beside e-mail and SMS, and none that was before."""
    found = {**_OWN, **{one.name: one for one in others}}
    _known.clear()
    _known.update(found)


def known_kinds() -> tuple[ChannelKind, ...]:
    """E-mail, SMS, then the others by name."""
    return (EMAIL, SMS, *sorted((k for n, k in _known.items() if n not in _OWN), key=_name))


def kind_of(channel: str) -> ChannelKind:
    """What a channel is. One that nobody carries any more went to telephones, as far as is known:
    the ledger keeps its rows."""
    return _known.get(channel) or ChannelKind(name=channel, address_kind=AddressKind.PHONE)


def to_addresses(kind: AddressKind) -> tuple[ChannelKind, ...]:
    """The media that write to such an address."""
    return tuple(one for one in known_kinds() if one.address_kind is kind)


def channel_label(channel: str) -> str:
    """How a channel is called within a French sentence; one without a word keeps its name."""
    return kind_of(channel).shown


def _name(kind: ChannelKind) -> str:
    return kind.name
