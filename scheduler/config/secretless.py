"""A configuration without its secrets, for a process that judges texts and needs none."""

from dataclasses import replace
from typing import Any, TypeVar

from pydantic import BaseModel, SecretStr

from scheduler.config.last_good import without_password
from scheduler.config.loading import Configuration

M = TypeVar("M", bound=BaseModel)


def without_secrets(configuration: Configuration) -> Configuration:
    settings = _plain(configuration.settings)
    url = without_password(settings.database.url)
    database = settings.database.model_copy(update={"url": url})
    settings = settings.model_copy(update={"database": database})
    return replace(configuration, settings=settings)


def _plain(model: M) -> M:
    return model.model_copy(
        update={name: _value(getattr(model, name)) for name in type(model).model_fields}
    )


def _value(value: Any) -> Any:
    if isinstance(value, SecretStr):
        return SecretStr("")
    if isinstance(value, BaseModel):
        return _plain(value)
    if isinstance(value, dict):
        return {key: _value(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_value(one) for one in value]
    return value
