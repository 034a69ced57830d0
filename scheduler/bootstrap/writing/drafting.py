"""The program with some texts as a draft has them, for as long as they are looked at."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from scheduler.bootstrap.app import App
from scheduler.bootstrap.opening import app_on
from scheduler.config.configuration import Configuration
from scheduler.content.standing import PASSING, lay


@contextmanager
def drafted(app: App, texts: Mapping[str, str]) -> Iterator[App]:
    """On the same ledger; it writes nothing there. What is found in a draft is kept nowhere.

    Blocks for some hundredths of a second. Raises OSError where nothing can be laid.
    """
    folder = app.configuration.laid_texts
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder, prefix=PASSING) as aside:
        laid = lay(app.configuration.templates, texts, Path(aside) / "laid")
        configuration = _keeping_apart(app.configuration, Path(aside) / "findings")
        yield app_on(replace(configuration, edited=laid), app.ledger, app.clock)


def _keeping_apart(configuration: Configuration, folder: Path) -> Configuration:
    check = configuration.settings.check.model_copy(update={"folder": folder})
    settings = configuration.settings.model_copy(update={"check": check})
    return replace(configuration, settings=settings)
