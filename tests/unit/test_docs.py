"""The documentation says what the code does: keys, defaults, commands, words and links."""

import importlib.util
import re
import sys
import typing
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import typer.main
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from scheduler.cli.app import app
from scheduler.config.audiences import AudienceFile
from scheduler.config.environment import variable_of
from scheduler.config.settings import Settings
from scheduler.domain.answers.events import EventKind
from scheduler.domain.delivery import DeliveryState, LeftOut, OccurrenceState
from scheduler.domain.provider import Provider
from scheduler.domain.words import reasons as reason_words
from scheduler.domain.words import states as state_words
from scheduler.sources.listed.seam import Known, Source
from scheduler.web.desk import words

ROOT = Path(__file__).parents[2]
PAGES = sorted(
    [
        *(
            ROOT / name
            for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "templates/README.md")
        ),
        *(ROOT / "docs").rglob("*.md"),
    ]
)
FRENCH_PAGES = sorted((ROOT / "docs" / "fr").glob("*.md"))
CONFIGURATION = ROOT / "docs" / "configuration.md"
COMMANDS = ROOT / "docs" / "commands.md"
GLOSSARY = ROOT / "docs" / "glossary.md"

#: What stands for a name that the operator chooses, by the key it stands under.
CHOSEN = {
    "campaigns": "<campaign>",
    "episodes": "<episode>",
    "channels": "<channel>",
    "fields": "<field>",
    "groups": "<group>",
    "sources": "<audience>",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Documented:
    """A row of a reference table."""

    variable: str
    holds: str
    default: str
    meaning: str


def keys_of(model: type[BaseModel], above: str = "") -> Iterator[tuple[str, FieldInfo]]:
    """Every key that a file may hold, dotted, with what the code says of it."""
    for name, field in model.model_fields.items():
        key = above + (field.alias or name)
        section = next(sections_of(field.annotation), None)
        if section is None or field.description:
            yield key, field
        if section is not None:
            is_chosen = typing.get_origin(field.annotation) is dict
            yield from keys_of(section, f"{key}.{CHOSEN[name]}." if is_chosen else f"{key}.")
    if model.model_config.get("extra") == "allow":
        extra = typing.get_type_hints(model)["__pydantic_extra__"]
        yield from keys_of(next(sections_of(extra)), f"{above}<other>.")


def sections_of(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in typing.get_args(annotation):
        yield from sections_of(inner)


def choices_of(annotation: Any) -> Iterator[str]:
    if typing.get_origin(annotation) is typing.Literal:
        yield from typing.get_args(annotation)
    elif typing.get_origin(annotation) is not dict:
        for inner in typing.get_args(annotation):
            yield from choices_of(inner)


def as_written(value: Any) -> str:
    """A default as an operator would type it."""
    match value:
        case None:
            return "none"
        case bool():
            return str(value).lower()
        case time():
            return f'"{value:%H:%M}"'
        case Decimal() | "":
            return f'"{value}"'
        case tuple() | list():
            return f"[{', '.join(map(as_written, value))}]"
        case dict():
            return f"{{{', '.join(f'{name}: {as_written(one)}' for name, one in value.items())}}}"
        case _:
            return str(value)


def default_of(field: FieldInfo) -> str:
    if field.is_required():
        return "required"
    return as_written(field.get_default(call_default_factory=True))


def part_of(page: Path, title: str) -> str:
    """A page from a heading to the next one of its level."""
    level = title.partition(" ")[0]
    _, _, rest = page.read_text(encoding="utf-8").partition(f"\n{title}\n")
    return rest.partition(f"\n{level} ")[0]


def documented_in(title: str) -> Mapping[str, Documented]:
    found = {}
    for line in part_of(CONFIGURATION, title).splitlines():
        if not line.startswith("| `"):
            continue
        first, holds, default, meaning = (cell.strip() for cell in line.strip("|").split(" | "))
        key, _, variable = first.strip("`").partition("`<br>`")
        found[key] = Documented(
            variable=variable, holds=holds, default=default.strip("`"), meaning=meaning
        )
    return found


REFERENCES = [
    pytest.param(Settings, "## config.yaml", id="config.yaml"),
    pytest.param(AudienceFile, "## audiences/NAME.yaml", id="audiences"),
]


@pytest.mark.parametrize(("model", "title"), REFERENCES)
def test_every_key_is_documented_and_every_documented_key_exists(
    model: type[BaseModel], title: str
) -> None:
    assert set(documented_in(title)) == {key for key, _ in keys_of(model)}


@pytest.mark.parametrize(("model", "title"), REFERENCES)
def test_defaults_meanings_and_choices_are_those_of_the_code(
    model: type[BaseModel], title: str
) -> None:
    documented = documented_in(title)

    for key, field in keys_of(model):
        assert documented[key].default == default_of(field), key
        assert documented[key].meaning.startswith(field.description or ""), key
        choices = list(choices_of(field.annotation))
        assert all(f"`{one}`" in documented[key].holds for one in choices if one), key


def test_every_key_of_config_yaml_has_its_variable_beside_it() -> None:
    for key, row in documented_in("## config.yaml").items():
        assert row.variable == variable_of(tuple(key.split("."))), key


def commands_of(group: Any, above: str = "") -> Iterator[tuple[str, Any]]:
    """Every command that does something: ``run``, ``contacts list``…"""
    for name, command in getattr(group, "commands", {}).items():
        if hasattr(command, "commands"):
            yield from commands_of(command, f"{above}{name} ")
        else:
            yield f"{above}{name}", command


def test_every_command_is_documented_and_every_documented_command_exists() -> None:
    titles = re.findall(r"^### `reflexe ([a-z -]+)`$", COMMANDS.read_text(encoding="utf-8"), re.M)

    assert sorted(titles) == sorted(name for name, _ in commands_of(typer.main.get_command(app)))


def test_every_option_is_documented_under_its_command_and_exists() -> None:
    for name, command in commands_of(typer.main.get_command(app)):
        text = part_of(COMMANDS, f"### `reflexe {name}`").partition("\n## ")[0]
        options = {
            one
            for parameter in command.params
            if parameter.param_type_name == "option"
            for one in parameter.opts
            if one.startswith("--")
        }

        assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", text)) - {"--help"} == options, name


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_a_page_begins_with_its_title_and_goes_on(page: Path) -> None:
    title, _, rest = page.read_text(encoding="utf-8").partition("\n")

    assert re.fullmatch(r"# \S.*", title)
    assert len(rest.split()) > 50


@pytest.mark.parametrize("page", FRENCH_PAGES, ids=lambda page: page.name)
def test_a_french_page_names_only_keys_commands_and_options_that_exist(page: Path) -> None:
    code = re.findall(r"`([^`\n]+)`", page.read_text(encoding="utf-8"))
    keys = {key for model in (Settings, AudienceFile) for key, _ in keys_of(model)}
    options = {
        name: {one for parameter in command.params for one in parameter.opts}
        for name, command in commands_of(typer.main.get_command(app))
    }

    sections = {key.partition(".")[0] for key in keys if "." in key}
    dotted = {one for one in code if "." in one and one.partition(".")[0] in sections}
    assert dotted <= keys
    for spoken in (one.removeprefix("reflexe ") for one in code if one.startswith("reflexe ")):
        name = max((one for one in options if f"{spoken} ".startswith(f"{one} ")), key=len)
        assert set(re.findall(r"--[a-z][a-z-]*", spoken)) <= options[name], spoken


@pytest.mark.parametrize("page", FRENCH_PAGES, ids=lambda page: page.name)
def test_a_french_page_keeps_the_spaces_and_signs_of_french(page: Path) -> None:
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.S)
    words = re.sub(r"`[^`\n]*`", "x", text)

    wrong = re.findall(r".{0,20}(?: [:;!?»](?!\S)|« |«\S|\w'\w|\.\.\.).{0,20}", words)

    assert not wrong


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_a_page_names_only_commands_that_exist(page: Path) -> None:
    known = {name.split()[0] for name, _ in commands_of(typer.main.get_command(app))}
    code = re.findall(r"```.*?```|`[^`\n]+`", page.read_text(encoding="utf-8"), re.S)

    named = {
        found
        for one in code
        for found in re.findall(r"(?:^|[`\n/ ])reflexe ((?!--|reflexe\b)[a-z][a-z-]*)", one)
    }

    assert named <= known


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_the_links_of_a_page_lead_somewhere(page: Path) -> None:
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.S)

    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        file = (page.parent / path).resolve() if path else page
        assert file.exists(), target
        if anchor:
            assert anchor in anchors_of(file), target


def test_every_page_is_reached_from_the_readme_or_from_the_list_of_decisions() -> None:
    lists = (ROOT / "README.md", ROOT / "docs" / "adr" / "README.md")
    reached = {
        (page.parent / target).resolve()
        for page in lists
        for target in re.findall(r"\]\(([^)\s#:]+)", page.read_text(encoding="utf-8"))
    }

    assert set(PAGES) - reached <= {ROOT / "README.md"}


def test_every_room_is_named_where_things_are() -> None:
    packages = {
        file.parent.relative_to(ROOT / "scheduler").as_posix()
        for file in (ROOT / "scheduler").rglob("__init__.py")
    } - {"."}
    rooms = part_of(ROOT / "CONTRIBUTING.md", "## The rooms").partition("```\n")[2]
    tree = part_of(ROOT / "README.md", "## Where things are")

    assert set(re.findall(r"^([a-z_0-9/]+)/ ", rooms, re.M)) == packages
    for floor in {package.partition("/")[0] for package in packages}:
        assert re.search(rf"(?<![\w/]){floor}/", tree), floor


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_a_name_that_a_page_links_to_code_stands_there(page: Path) -> None:
    text = page.read_text(encoding="utf-8")

    for name, target in re.findall(r"\[`(\w+)`\]\(([^)\s#]+\.py)\)", text):
        code = (page.parent / target).read_text(encoding="utf-8")
        assert re.search(rf"^ *(?:(?:async )?def|class) {name}\b|^{name}\b", code, re.M), name


def test_the_picture_names_rooms_and_steps_that_exist() -> None:
    picture = (ROOT / "docs" / "architecture.svg").read_text(encoding="utf-8")
    rooms = re.findall(r'class="name"[^>]*>([^<]*)<', picture)
    steps = re.findall(r'class="step-name"[^>]*>([^<:/]*)[<:]', picture)

    for room in re.findall(r"[a-z/]+(?=/)", " ".join(rooms)):
        assert (ROOT / "scheduler" / room).is_dir(), room
    for step in re.findall(r"\w+", " ".join(steps).partition("flow")[0]):
        assert (ROOT / "scheduler" / "flow" / f"{step}.py").exists(), step
    assert len(steps) > 8
    assert len(rooms) > 8


def anchors_of(page: Path) -> set[str]:
    """The headings of a page, as links name them."""
    titles = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.M)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def test_the_glossary_has_every_state_and_reason_in_the_words_of_the_desk() -> None:
    text = GLOSSARY.read_text(encoding="utf-8")
    spoken = {
        **{one.value: words.DELIVERY_STATES[one][0] for one in DeliveryState},
        **{one.value: reason_words.SENTENCES[one] for one in LeftOut},
    }

    for word, french in spoken.items():
        assert f"| `{word}` | {french} |" in text
    for state in OccurrenceState:
        assert f"| `{state.value}` | {state_words.SENTENCES[state]} |" in text


def test_the_provider_of_the_walk_through_can_be_discovered_and_built(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "adding-a-channel.md").read_text(encoding="utf-8")
    file = tmp_path / "exemple.py"
    file.write_text(page.split("```python\n")[1].split("```")[0], encoding="utf-8")
    spec = importlib.util.spec_from_file_location("exemple", file)
    assert spec is not None
    assert spec.loader is not None

    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)

    provider: Provider = module.Provider(module.Options(url="https://operator.example", token="t"))
    assert (module.CHANNEL.name, module.PROVIDER) == ("whatsapp", "exemple_whatsapp")
    assert module.PROVIDER.isidentifier()
    assert isinstance(provider, Provider)
    assert set(provider.events.values()) <= set(EventKind)
    assert not provider.carries_fiction


def test_the_source_of_the_walk_through_can_be_made_and_read(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "adding-a-source.md").read_text(encoding="utf-8")
    file = tmp_path / "exemple_source.py"
    file.write_text(page.split("```python\n")[1].split("```")[0], encoding="utf-8")
    spec = importlib.util.spec_from_file_location("exemple_source", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["exemple_source"] = module
    spec.loader.exec_module(module)

    source: Source = module.Source(module.Options(url="https://example.org"))
    table = source.fetch(Known(), "")

    assert table is not None
    assert "elise@example.org" in table.memory.path.read_text()
