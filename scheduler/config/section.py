"""What every part of the configuration is made of."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

#: A campaign, an episode, an audience, a channel, a provider.
Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+$")]


class Section(BaseModel):
    """A part of the configuration: frozen, and strict about unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=True)
