"""What ``message.yaml`` says of a message, checked key by key."""

import re

from scheduler.content.folder import MessageFolder, Placeholder, Source
from scheduler.content.yaml_text import Mapping
from scheduler.domain.message import MessageClass

_FIELD = re.compile(r"[a-z][a-z0-9_]*")
_KEYS = ("title", "class", "credit", "owner", "reviewed_by", "channels", "placeholders")


def folder(message: str, head: Mapping, sources: tuple[Source, ...]) -> MessageFolder:
    """The folder of ``message``. Raises ContentError at the first fault of ``head``."""
    head.only(*_KEYS)
    result = MessageFolder(
        path=message,
        title=head.text("title"),
        message_class=_message_class(head),
        credit=head.text("credit", ""),
        owner=head.text("owner", ""),
        reviewed_by=head.text("reviewed_by", ""),
        channels=head.words("channels"),
        placeholders=_placeholders(head.mapping("placeholders")),
        sources=sources,
    )
    _check_channels(result, head)
    return result


def _message_class(head: Mapping) -> MessageClass:
    name = head.text("class")
    if name not in set(MessageClass):
        line, _ = head.entries["class"]
        raise head.fault(
            f"« {name} » n'est pas une classe", f"choisissez {', '.join(MessageClass)}", line
        )
    return MessageClass(name)


def _placeholders(head: Mapping) -> dict[str, Placeholder]:
    return {name: _placeholder(name, head) for name in head.entries}


def _placeholder(name: str, head: Mapping) -> Placeholder:
    line, _ = head.entries[name]
    if not _FIELD.fullmatch(name):
        raise head.fault(
            f"« {name} » ne peut pas nommer un champ", "écrivez-le en a-z, 0-9 et _", line
        )
    one = head.mapping(name)
    one.only("label", "example", "default", "required", "max_length")
    length, required = one.text("max_length", "0"), one.text("required", "")
    if not length.isascii() or not length.isdigit():
        raise one.fault("« max_length » attend un nombre", "écrivez max_length: 12")
    if required not in ("", "true", "false"):
        raise one.fault("« required » attend true ou false", "écrivez required: false")
    default = one.text("default", "")
    return Placeholder(
        name=name,
        label=one.text("label"),
        example=one.text("example"),
        default=default,
        required=required == "true" if required else not default,
        max_length=int(length) or None,
    )


def _check_channels(folder: MessageFolder, head: Mapping) -> None:
    line, _ = head.entries["channels"]
    written = {source.channel for source in folder.sources}
    for channel in sorted(set(folder.channels) ^ written):
        if channel in written:
            raise head.fault(
                f"« {channel} » a un texte mais n'est pas dans channels", f"ajoutez {channel}", line
            )
        raise head.fault(
            f"« {channel} » est dans channels mais n'a pas de texte",
            f"écrivez {channel}.fr.{'md' if channel == 'email' else 'txt'}",
            line,
        )
