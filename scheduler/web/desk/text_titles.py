"""What a text is called on the desk: its message's title, then which of its texts it is."""

from collections.abc import Iterable, Mapping

from starlette.concurrency import run_in_threadpool

from scheduler.bootstrap import App
from scheduler.content import strays
from scheduler.content.library import Library
from scheduler.domain.channels import channel_label
from scheduler.domain.errors import ContentError, NotFound
from scheduler.domain.values import frozen
from scheduler.web.desk import texts
from scheduler.web.desk.french import typography
from scheduler.web.desk.words import variant

_SHARED = "_snippets"
_HEAD = "message.yaml"


@frozen
class TextTitle:
    title: str
    #: Which of the message's texts: ``courriel, personnel, français``; empty: nobody can tell.
    which: str

    def __str__(self) -> str:
        return f"{self.title}, {self.which}" if self.which else self.title


async def titles_of(app: App, paths: Iterable[str]) -> Mapping[str, TextTitle]:
    """By path; each message is read once."""
    labels = {one.name: one.label for one in app.configuration.audiences}

    def read() -> Mapping[str, TextTitle]:
        known: dict[str, str] = {}
        found = {}
        for path in dict.fromkeys(paths):
            folder = path.rpartition("/")[0]
            if folder not in known:
                known[folder] = _title(app.agenda.library, folder)
            found[path] = _named(path, known[folder], labels)
        return found

    return await run_in_threadpool(read)


async def title_of(app: App, path: str) -> TextTitle:
    return (await titles_of(app, [path]))[path]


def _title(library: Library, folder: str) -> str:
    """The message's; its path while its head can't be read."""
    try:
        return library.load(folder).title
    except (ContentError, NotFound):
        return folder


def _named(path: str, title: str, labels: Mapping[str, str]) -> TextTitle:
    folder, _, name = path.rpartition("/")
    if folder == _SHARED and (parts := strays.snippet_name(name)):
        called = typography(f"{texts.SHARED_TEXT.capitalize()} « {parts['name']} »")
        return TextTitle(title=called, which=variant(parts["variant"]))
    if name == _HEAD:
        return TextTitle(title=title, which=texts.HEAD_OF_MESSAGE)
    if parts := strays.text_name(name):
        words = [channel_label(parts["channel"])]
    elif parts := strays.quiz_name(name):
        words = [texts.QUIZ_OF_MESSAGE]
    else:
        return TextTitle(title=title, which=name)
    audience = parts["audience"]
    whose = [labels.get(audience, audience)] if audience else []
    return TextTitle(title=title, which=", ".join([*words, *whose, variant(parts["variant"])]))
