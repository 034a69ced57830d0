"""What is said of a draft: the findings beside its lines, and how readers would see it.

A draft is unproved text: it is judged by a process apart, within its limits of time and memory, and
composed only once that process has come to its end with it.
"""

import asyncio
import atexit
from collections.abc import Sequence
from dataclasses import field
from datetime import datetime, timedelta

from starlette.concurrency import run_in_threadpool

from scheduler.bootstrap import App, drafted, make_renderer
from scheduler.content.composing.texts import files_of
from scheduler.content.folder import MessageFolder, Source
from scheduler.content.library import Library
from scheduler.content.stamp import stamp
from scheduler.domain.calendar.campaigns import Audience
from scheduler.domain.checking.findings import Finding
from scheduler.domain.errors import ConfigError, ContentError, Fault, NotFound
from scheduler.domain.values import frozen
from scheduler.flow.writing.judging import COSTLY, Judge, JudgeAway
from scheduler.flow.writing.preview import Asked, preview
from scheduler.flow.writing.writing import (
    MOST_READERS,
    as_written_here,
    asks_second,
    message_of,
    new_faults,
    readers_of,
)
from scheduler.web.desk.message_views import Shown
from scheduler.web.desk.numbered import Numbered, numbered
from scheduler.web.desk.patience import Patience
from scheduler.web.desk.review import STILL_READ, with_faults

#: Seconds that a page waits for what was never read: it goes on behind it.
AT_ONCE = 0.15
#: That whoever pressed a button waits, and a page's own script.
SOON = 3.0
#: And that whoever publishes waits.
LONG = 45.0
#: How long what was read of a text is good for: rules look at the day.
KEPT = timedelta(minutes=10)
#: Texts, the latest.
_MOST_KEPT = 40
#: Seconds for one preview.
_PREVIEW = 2.0


@frozen
class Read:
    """What is known of a text as somebody writes it."""

    #: None: it is still being read.
    findings: Sequence[Finding] | None
    #: Its own lines with what was found, and the findings of other files.
    file: Numbered | None = None
    elsewhere: Sequence[Finding] = ()
    #: Those that keep it from being published.
    stops: Sequence[Finding] = ()
    #: As its readers would see it; None: it is no text that readers see by itself.
    shown: Shown | None = None
    audience: str = ""
    #: A second person is asked for it, as the draft itself has it.
    asks_second: bool = False


class KeptReads:
    """What was read of the latest texts, as long as no file has changed."""

    def __init__(self) -> None:
        self._kept: dict[object, tuple[App, str, datetime, Read]] = {}

    def get(self, key: object, app: App, files: str) -> Read | None:
        """``files``: their stamp."""
        found = self._kept.get(key)
        if found is None:
            return None
        was, stood, at, read = found
        is_fresh = timedelta() <= app.clock() - at < KEPT
        return read if was is app and stood == files and is_fresh else None

    def put(self, key: object, app: App, files: str, read: Read) -> None:
        if any(was is not app for was, *_ in self._kept.values()):
            # Of a configuration that is gone nothing is kept alive.
            self._kept.clear()
        self._kept.pop(key, None)
        while len(self._kept) >= _MOST_KEPT:
            del self._kept[next(iter(self._kept))]
        self._kept[key] = app, files, app.clock(), read


@frozen
class DraftReview:
    """Reads what somebody writes; the same twice is read once."""

    patience: Patience = field(default_factory=Patience)
    kept: "KeptReads" = field(default_factory=lambda: KeptReads())

    async def read(
        self,
        app: App,
        path: str,
        content: str,
        message: str = "",
        *,
        whole: bool = False,
        at_once: bool = False,
    ) -> Read:
        """``message``: in which a shared text is shown; ``whole``: with every message that is made
        with it, for as long as that takes; ``at_once``: for a page that waits for nothing."""
        seconds = LONG if whole else AT_ONCE if at_once else SOON
        # Of a message's own text the whole is the message.
        whole = whole and path.startswith("_")
        # Asked before anything is read: what changes meanwhile is seen by the next.
        now = await run_in_threadpool(stamp, app.configuration.templates)
        if (kept := self.kept.get((path, content, message, whole), app, now)) is not None:
            return kept
        key = ("draft", id(app.configuration), now, path, content, message, whole)
        reading = self._kept(app, now, path, content, message, whole)
        found = await self.patience.within(key, reading, seconds)
        return found if found is not None else Read(findings=None)

    async def _kept(
        self, app: App, now: str, path: str, content: str, message: str, whole: bool
    ) -> Read:
        """Kept as soon as it is read, though whoever asked has gone: the next look finds it."""
        found = await self._read(app, path, content, message, whole)
        if found.shown is None or found.shown.fault is not STILL_READ:
            self.kept.put((path, content, message, whole), app, now, found)
        return found

    async def html(self, app: App, path: str, content: str, message: str = "") -> str | None:
        """The page of an e-mail as its readers would see it; None: it has none, or none yet."""
        found = await self.read(app, path, content, message)
        view = found.shown.email if found.shown else None
        return view.html if view else None

    async def _read(self, app: App, path: str, content: str, message: str, whole: bool) -> Read:
        library = app.agenda.library
        shown_in = message_of(library, path, message)
        names = ["", shown_in] if path.startswith("_") else [shown_in]
        if whole and path.startswith("_"):
            names = ["", *readers_of(library, path)[:MOST_READERS]]
        names = list(dict.fromkeys(names))
        before = await run_in_threadpool(_judged, app, names)
        # Entered and left by threads: it links some hundreds of files.
        laid = drafted(app, {path: content})
        draft = await run_in_threadpool(laid.__enter__)
        try:
            found = await run_in_threadpool(_judged, draft, names)
            findings = as_written_here(found, path)
            file = await run_in_threadpool(_numbered, draft, path, findings)
            shown, audience = await _shown(draft, path, shown_in, findings)
            # Only a head may say otherwise than what stands.
            said_by = draft if path.endswith("message.yaml") else app
            asks = await run_in_threadpool(asks_second, said_by.agenda.library, path)
        finally:
            await run_in_threadpool(laid.__exit__, None, None, None)
        own = f"templates/{path}"
        return Read(
            findings=findings,
            file=file,
            elsewhere=[one for one in findings if one.file != own],
            stops=new_faults(findings, as_written_here(before, path)),
            shown=shown,
            audience=audience,
            asks_second=asks,
        )


def _judged(app: App, names: Sequence[str]) -> list[Finding]:
    found: list[Finding] = []
    for name in names:
        try:
            found += _JUDGE.of_message(app.configuration, name, app.clock())
        except ConfigError as broken:
            found += with_faults([], broken.faults)
        except JudgeAway as away:
            what = f"ce texte n'a pas pu être relu ({away})"
            remedy = "voyez la mémoire et la charge de la machine"
            where = f"templates/{name}"
            found += with_faults([], [Fault(where=where, what=what, remedy=remedy)])
    return list(dict.fromkeys(found))


def _numbered(app: App, path: str, findings: Sequence[Finding]) -> Numbered | None:
    try:
        root = app.configuration.templates.parent
        return numbered(root, f"templates/{path}", findings, is_shown=True)
    except OSError:
        return None


async def _shown(
    app: App, path: str, message: str, findings: Sequence[Finding]
) -> tuple[Shown | None, str]:
    """The text as the first audience that reads it gets it, and what that audience is called."""
    costly = next((one for one in findings if one.rule == COSTLY), None)
    if costly is not None:
        fault = Fault(where=costly.file, what=costly.message, remedy=costly.remedy)
        return Shown(channel="email", fault=fault), ""
    try:
        found = _reader(app, path, message)
        if found is None:
            return None, ""
        source, audience = found
    except ContentError as broken:
        return Shown(channel="email", fault=broken.fault), ""
    plain, _, easy = source.variant.partition("-")
    asked = Asked(
        message=message,
        channel=source.channel,
        audience=audience.name,
        language=plain,
        easy_to_read=bool(easy),
    )
    renderer = make_renderer(app, test=True)
    try:
        made = await asyncio.wait_for(preview(app.agenda, renderer, asked, app.clock()), _PREVIEW)
    except TimeoutError:
        return Shown(channel=source.channel, fault=STILL_READ), audience.label
    except ContentError as broken:
        return Shown(channel=source.channel, fault=broken.fault), audience.label
    except NotFound:
        return None, ""
    return Shown(channel=source.channel, preview=made), audience.label


def _reader(app: App, path: str, message: str) -> tuple[Source, Audience] | None:
    """Which text is shown, and to whom: the one that is written, or one that is made with it."""
    if not message:
        return None
    try:
        folder = app.agenda.library.load(message)
    except NotFound:
        return None
    sources = [one for one in folder.sources if one.path == path]
    if not sources and not path.endswith((".yaml", ".txt")):
        sources = _made_with(app.agenda.library, folder, path)
    if not sources and path.endswith("message.yaml"):
        sources = [one for one in folder.sources if one.variant == "fr"]
    for source in sources:
        for audience in app.configuration.audiences:
            if source.channel in audience.channels and source in folder.picks(
                source.channel, audience.name
            ):
                return source, audience
    return None


def _made_with(library: Library, folder: MessageFolder, path: str) -> list[Source]:
    return [one for one in folder.sources if library.where(path) in files_of(library, one)]


#: The pages' own, for drafts alone: nothing that is to be sent, or read, waits behind them.
_JUDGE = Judge()
atexit.register(_JUDGE.close)
