"""What every part of the configuration is made of."""

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints

#: A campaign, an episode, an audience, a channel, a provider.
Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+$")]


def _listed(value: Any) -> Any:
    """One name is a list of one, typed as it may be."""
    names = [value] if isinstance(value, str) else value
    if not isinstance(names, list):
        return names
    return [name.strip().lower() if isinstance(name, str) else name for name in names]


#: What something was called before, the oldest first.
FormerNames = Annotated[list[Name], BeforeValidator(_listed)]


class Section(BaseModel):
    """A part of the configuration: frozen, and strict about unknown keys."""

    # Built with the whole it is a part of: each alone as well took twice as long to load.
    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=True, defer_build=True)
