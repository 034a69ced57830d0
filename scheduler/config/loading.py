"""Reading config.yaml, audiences/ and the environment into one checked ``Configuration``."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from scheduler.config import cross_checks, faults, provider_names, shapes
from scheduler.config.absolute_paths import with_absolute_paths
from scheduler.config.advice import secret_files, warnings_of
from scheduler.config.audiences import load_audiences
from scheduler.config.calendar_keys import campaign_of
from scheduler.config.configuration import Configuration
from scheduler.config.environment import merge, read_environment
from scheduler.config.settings import Settings
from scheduler.config.yaml_lines import Document, read_yaml
from scheduler.domain.errors import ConfigError, Fault
from scheduler.domain.values import frozen


def load(path: Path, environment: Mapping[str, str] | None = None) -> Configuration:
    """Read and check everything. Raises ConfigError with all faults found, not only the first."""
    given = Given.by(os.environ if environment is None else environment)
    document = read_yaml(path.absolute())
    return checked(document, merge(document.data, given.variables), given)


@frozen
class Given:
    """What the environment says."""

    environment: Mapping[str, str]
    #: The keys that it sets, as a nested mapping.
    variables: Mapping[str, Any]
    faults: tuple[Fault, ...]

    @classmethod
    def by(cls, environment: Mapping[str, str]) -> "Given":
        variables, found = read_environment(environment)
        return cls(environment=environment, variables=variables, faults=tuple(found))


def checked(
    document: Document, data: Mapping[str, Any], given: Given, *, bending: bool = False
) -> Configuration:
    """``data``: the keys of the document and of the environment together. Raises ConfigError.

    ``bending``: what has the wrong shape for its provider is told in ``faults`` alone.
    """
    found, variables = list(given.faults), given.variables
    root = document.path.parent
    try:
        settings = Settings.model_validate(data)
    except ValidationError as invalid:
        found += faults.from_validation(invalid, document, variables, Settings)
        raise ConfigError(found) from invalid
    settings = with_absolute_paths(settings, root)
    audiences, more = load_audiences(root / "audiences", settings, document)
    campaigns = tuple(campaign_of(name, one, settings) for name, one in settings.campaigns.items())
    found += more
    found += provider_names.check(settings, document, variables)
    if not more:
        found += cross_checks.check(settings, campaigns, audiences, document)
    bent = shapes.check(settings, document, variables)
    if found or (bent and not bending):
        raise ConfigError([*found, *bent])
    return Configuration(
        faults=tuple(bent),
        lost=tuple(shapes.lost_messages(campaigns, root / "templates", document, variables)),
        root=root,
        settings=settings,
        audiences=tuple(audiences),
        campaigns=campaigns,
        warnings=tuple(warnings_of(document, given.environment, settings)),
        file=document.path.name,
        from_environment=frozenset(_leaves(variables)),
        secret_files=secret_files(given.environment),
    )


def _leaves(tree: Mapping[str, Any], above: str = "") -> Iterator[str]:
    for name, value in tree.items():
        if isinstance(value, Mapping):
            yield from _leaves(value, f"{above}{name}.")
        else:
            yield f"{above}{name}"
