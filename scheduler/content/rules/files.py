"""Reads a message's folder without stopping at its first fault, so that ``check`` tells them all.

The content engine refuses a file at its first fault, which is right for sending. Here each file is
read by itself, and a paragraph at fault is taken out so that the next ones are read too.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from scheduler.content import message_yaml, strays, yaml_text
from scheduler.content.folder import MessageFolder, Source
from scheduler.content.library import MAX_MESSAGE_FILE, Library, TooLong, refuse_long_paragraphs
from scheduler.domain.errors import ContentError, Fault
from scheduler.domain.values import frozen

#: Faults told of one text; a file that has more is not a text of ours.
MOST = 20

#: Without these keys a message.yaml can't be read at all.
_NEEDED = ("title", "class", "channels", "placeholders")
_FRONT = re.compile(r"---[ \t]*\n(?P<head>.*?\n)---[ \t]*(?:\n|$)", re.DOTALL)
#: Lines that begin or end something: without them, the rest would be read wrongly.
_STRUCTURE = re.compile(r"\{%|(?<!\s)\s*:::")
_QUOTED = re.compile(r"« (.+?) »")


@frozen
class Examined:
    """What could be read of a folder, and what could not."""

    #: None when message.yaml itself is at fault.
    folder: MessageFolder | None
    #: With what could be read of those at fault: an empty subject or body is one not read.
    sources: Sequence[Source]
    faults: Sequence[Fault]
    #: Lines of message.yaml, by key.
    lines: dict[str, int]


class PatientLibrary(Library):
    """A library that goes on after a fault."""

    def examine(self, message: str) -> Examined:
        faults: list[Fault] = []
        path = f"{message}/message.yaml"
        sources = self._every_source(message, faults)
        try:
            head = yaml_text.read(self._read(path, MAX_MESSAGE_FILE), self.where(path))
        except ContentError as error:
            faults.append(error.fault)
            return Examined(folder=None, sources=sources, faults=faults, lines={})
        lines = {key: line for key, (line, _) in head.entries.items()}
        folder = _folder(message, head, sources, faults)
        if folder is not None:
            folder = replace(folder, parents=self._parents)
        return Examined(folder=folder, sources=sources, faults=faults, lines=lines)

    def shared_texts(self) -> list[Source]:
        """The snippets, each as a text of its own."""
        texts = []
        for file in sorted(self._root.glob("_snippets/*.*.md")):
            parts, path = strays.snippet_name(file.name), f"_snippets/{file.name}"
            if parts and file.is_file():
                texts.append(self._shared(path, parts["variant"]))
        return texts

    def _shared(self, path: str, variant: str) -> Source:
        try:
            text = self._read(path)
            refuse_long_paragraphs(text, self.where(path))
        except ContentError as error:
            return replace(_text(path, "email", None, variant, "", 1), fault=error.fault)
        return _text(path, "email", None, variant, text, 1)

    def strays(self) -> list[str]:
        """What nothing reads, under the templates' folder."""
        return strays.in_templates(self._root)

    def _every_source(self, message: str, faults: list[Fault]) -> list[Source]:
        names = sorted(file.name for file in (self._root / message).iterdir() if file.is_file())
        sources = []
        for name in names:
            if not strays.text_name(name) and not strays.is_almost_text(name):
                continue
            try:
                sources.append(self._source(message, name))
            except ContentError as error:
                faults.append(error.fault)
                if isinstance(error, TooLong):
                    # Nothing more is said of it, and nobody lacks it.
                    sources += [self._unread(f"{message}/{name}", error.fault)]
                else:
                    sources += self._remains(message, name)
        return sources

    def _remains(self, message: str, name: str) -> list[Source]:
        """What a text has beside its faulty head: its name, and its body below the second ---."""
        parts = strays.text_name(name)
        if parts is None:
            return []
        body, line = self._body(f"{message}/{name}")
        path, variant = f"{message}/{name}", parts["variant"]
        return [_text(path, parts["channel"], parts["audience"], variant, body, line)]

    def _body(self, path: str) -> tuple[str, int]:
        try:
            text = self._read(path)
        except ContentError:
            return "", 1
        front = _FRONT.match(text)
        return (text[front.end() :], text.count("\n", 0, front.end()) + 1) if front else ("", 1)


def _folder(
    message: str, head: yaml_text.Mapping, sources: Sequence[Source], faults: list[Fault]
) -> MessageFolder | None:
    """message.yaml, read again without each key that nobody knows."""
    while True:
        try:
            folder = message_yaml.folder(message, head, tuple(sources))
            message_yaml.check_channels(folder, head, sources)
        except ContentError as error:
            faults.append(error.fault)
            at = error.fault.line
        else:
            return folder
        kept = {k: v for k, v in head.entries.items() if v[0] != at or k in _NEEDED}
        if len(kept) == len(head.entries):
            return None
        head = replace(head, entries=kept)


def _text(
    path: str, channel: str, audience: str | None, variant: str, body: str, line: int
) -> Source:
    return Source(
        channel=channel,
        audience=audience,
        variant=variant,
        path=path,
        subject="",
        preheader="",
        body=body,
        body_line=line,
    )


def every_fault(source: Source, read: Callable[[Source], object]) -> list[Fault]:
    """What ``read`` refuses of a source's body, paragraph after paragraph."""
    faults: list[Fault] = []
    while source.body.strip() and len(faults) < MOST:
        try:
            read(source)
        except ContentError as error:
            rest = _without_paragraph(source, error.fault)
            faults.append(_at_its_line(error.fault, source))
            if rest is None:
                break
            source = replace(source, body=rest)
            continue
        break
    return faults


def _paragraph(source: Source, fault: Fault) -> tuple[list[str], int, int] | None:
    """The lines of the body, and which of them the fault concerns; None when it is elsewhere."""
    lines = source.body.split("\n")
    first = (fault.line or 0) - source.body_line
    if not fault.where.endswith(source.path) or not 0 <= first < len(lines):
        return None
    end = first + 1
    while end < len(lines) and lines[end].strip() and not _STRUCTURE.match(lines[end]):
        end += 1
    return lines, first, end


def _without_paragraph(source: Source, fault: Fault) -> str | None:
    found = _paragraph(source, fault)
    if found is None:
        return None
    lines, first, end = found
    if any(_STRUCTURE.search(line) for line in lines[first:end]):
        return None
    return "\n".join([*lines[:first], *[""] * (end - first), *lines[end:]])


def _at_its_line(fault: Fault, source: Source) -> Fault:
    """A paragraph's fault, at the line of it that holds what the fault quotes."""
    found, quoted = _paragraph(source, fault), _QUOTED.search(fault.what)
    if found is None or quoted is None:
        return fault
    lines, first, end = found
    exact = next((n for n in range(first, end) if quoted[1] in lines[n]), first)
    return replace(fault, line=exact + source.body_line)
