"""The one language of a run: ``--lang``, else the locale's; ``check`` without it speaks French.

Sentences are written in English where they are said, and ``scheduler.cli.french`` has each of them
in French, found by its shape: so an error that comes from any floor is told in the run's language,
and none of them need know of it. Logs, JSON keys and exit codes stay English.
"""

from collections.abc import Mapping, Sequence
from contextvars import ContextVar
from enum import StrEnum

import typer


class Language(StrEnum):
    ENGLISH = "en"
    FRENCH = "fr"


OPTION = "--lang"
#: Options before a command's name that take a value.
_TAKE_A_VALUE = (OPTION, "--config")
_LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")
#: To a question in French.
_YES = ("o", "oui", "y", "yes")
_spoken: ContextVar[Language] = ContextVar("language", default=Language.ENGLISH)


def speak(language: Language) -> None:
    """From now on, in this task and those it starts."""
    _spoken.set(language)


def is_french() -> bool:
    return _spoken.get() is Language.FRENCH


def language_first(words: Sequence[str]) -> list[str]:
    """The same command line with ``--lang`` before the command's name, wherever it was said."""
    said: list[str] = []
    others: list[str] = []
    rest = iter(words)
    for word in rest:
        if word == "--":
            others += [word, *rest]
        elif word == OPTION:
            said = [word, *([value] if (value := next(rest, None)) is not None else [])]
        elif word.startswith(f"{OPTION}="):
            said = [word]
        else:
            others.append(word)
    return [*said, *others]


def language_of(words: Sequence[str], environment: Mapping[str, str]) -> Language:
    """Of a command line that ``language_first`` has put in order; a language that it doesn't know
    is refused with the other options."""
    told = [*words, "", ""]
    asked = told[1] if told[0] == OPTION else told[0].removeprefix(f"{OPTION}=")
    if asked in list(Language):
        return Language(asked)
    if _command(words) == "check":
        return Language.FRENCH
    name = next(filter(None, (environment.get(one, "") for one in _LOCALE)), "")
    return Language.FRENCH if name.lower().startswith("fr") else Language.ENGLISH


def _command(words: Sequence[str]) -> str:
    rest = iter(words)
    for word in rest:
        if word in _TAKE_A_VALUE:
            next(rest, None)
        elif not word.startswith("-"):
            return word
    return ""


def tr(sentence: str) -> str:
    """An English sentence of the program in the run's language; as it is, when it's not of it."""
    if not is_french():
        return sentence
    from scheduler.cli.french import french

    return french(sentence)


def counted(count: int, words: str) -> str:
    """What stands beside a count, as French has it of one or none."""
    if is_french() and count < 2:
        from scheduler.cli.french.counted import ONE
        from scheduler.web.desk.french import typography

        if words in ONE:
            return typography(ONE[words])
    return tr(words)


def colon() -> str:
    """As it follows a word."""
    return "\u00a0:" if is_french() else ":"


def say(sentence: str, *, err: bool = False, nl: bool = True) -> None:
    """A sentence of the program, told to who runs it."""
    typer.echo(tr(sentence), err=err, nl=nl)


def ask(question: str, *, err: bool = False) -> None:
    """Raises Abort unless the answer is yes."""
    if not is_french():
        typer.confirm(question, abort=True, err=err)
        return
    answer = typer.prompt(
        f"{tr(question)} [o/N]", "", show_default=False, err=err, prompt_suffix=f"{colon()} "
    )
    if answer.strip().lower() not in _YES:
        raise typer.Abort
