"""Providers, found by looking: a file in scheduler/channels is all a new one takes.

Those that come with the program are found, built and asked exactly as anybody else's.
"""

import importlib
import pkgutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from pydantic import SecretStr

from scheduler import channels as channel_modules
from scheduler.config.settings import Settings
from scheduler.domain import channels
from scheduler.domain.channels import EMAIL, SMS, ChannelKind
from scheduler.domain.errors import ConfigError, Fault
from scheduler.domain.message import Message
from scheduler.domain.provider import Given, Provider

#: Reaches nobody, on any channel; its keys stand at the top of config.yaml.
OUTBOX = "outbox"


def make_providers(settings: Settings) -> dict[str, Provider]:
    """A provider for each channel, by channel name. Raises ConfigError for an unknown one, or for
    options that don't fit."""
    return {
        name: _provider(settings, name, chosen.provider)
        for name, chosen in settings.channels.every.items()
    }


def options_of(settings: Settings, channel: str) -> Any:
    """How a channel's provider is reached, as it is told. Raises ConfigError."""
    name = settings.channels.every[channel].provider
    return _options(_module(name, channel), _given(settings, channel, name), channel)


def outbox_provider(
    path: Path, keep: Callable[[Message], bool], fail: Mapping[Any, Sequence[str]]
) -> Provider:
    """An outbox at ``path``, for rehearsals; ``fail`` as ``outbox.fail`` says it."""
    module = _module(OUTBOX)
    return _built(module, module.Options(path=path, keep=keep, fail=fail))


def by_provider_name(
    settings: Settings, providers: Mapping[str, Provider]
) -> Mapping[str, Provider]:
    """The same providers, by the name that /receipts/{provider} says."""
    chosen = settings.channels.every
    return {chosen[channel].provider: one for channel, one in providers.items()}


def channel_kinds(settings: Settings) -> dict[str, ChannelKind]:
    """What each configured channel is; whoever asks ``domain.channels`` knows it from now on.
    Raises ConfigError for a channel that no file describes."""
    others = {
        name: _described(name, chosen.provider) for name, chosen in settings.channels.others.items()
    }
    channels.know(others.values())
    return {EMAIL.name: EMAIL, SMS.name: SMS, **others}


def real_channels(providers: Mapping[str, Provider]) -> frozenset[str]:
    """The channels whose provider reaches real people."""
    return frozenset(name for name, one in providers.items() if not one.carries_fiction)


def _described(channel: str, provider: str) -> ChannelKind:
    """What a channel is by the file that carries it, or by another one that does: an outbox takes
    any, so that a new channel can be tried with it."""
    carrying = [_module(provider, channel), *_modules()]
    for module in carrying:
        if module.CHANNEL is not None and module.CHANNEL.name == channel:
            kind: ChannelKind = module.CHANNEL
            return kind
    raise _unknown(channel, provider)


def _provider(settings: Settings, channel: str, name: str) -> Provider:
    module = _module(name, channel)
    if module.CHANNEL is not None and module.CHANNEL.name != channel:
        raise _unknown(channel, name)
    return _built(module, _options(module, _given(settings, channel, name), channel))


def _built(module: ModuleType, options: Any) -> Provider:
    made = module.Provider(options)
    if not isinstance(made, Provider):
        raise TypeError(f"{module.__name__}.Provider doesn't subclass domain.provider.Provider")
    return made


def _given(settings: Settings, channel: str, provider: str) -> Given:
    own = dict(settings.channels.every[channel])
    section = settings.outbox if provider == OUTBOX else own.get(provider)
    return Given(
        section=own["options"] if section is None else _opened(section),
        channel=own,
        callback_url=f"{settings.web.public_url}/receipts/{provider}",
    )


def _opened(section: Any) -> dict[str, Any]:
    return {
        name: value.get_secret_value() if isinstance(value, SecretStr) else value
        for name, value in section
    }


def _options(module: ModuleType, given: Given, channel: str) -> Any:
    """Its Options: as it reads them itself, or from the texts of ``options``."""
    read = getattr(module, "read_options", lambda given: module.Options(**given.section))
    try:
        return read(given)
    except (TypeError, KeyError) as misfit:
        fault = Fault(
            where="config.yaml",
            key=f"channels.{channel}.options",
            what=f"don't fit provider {module.PROVIDER!r} ({misfit})",
            remedy=f"see Options in {module.__name__}",
        )
        raise ConfigError([fault]) from misfit


def _modules() -> Iterator[ModuleType]:
    """Every file (or folder) of scheduler/channels, imported one by one: finding the outbox
    doesn't load Twilio's library."""
    for found in pkgutil.iter_modules(channel_modules.__path__):
        yield importlib.import_module(f"{channel_modules.__name__}.{found.name}")


def _module(provider: str, channel: str = "*") -> ModuleType:
    for module in _modules():
        if provider == module.PROVIDER:
            return module
    raise _unknown(channel, provider)


def _unknown(channel: str, provider: str) -> ConfigError:
    known = ", ".join(sorted(module.PROVIDER for module in _modules()))
    fault = Fault(
        where="config.yaml",
        key=f"channels.{channel}.provider",
        what=f"no provider {provider!r} for this channel",
        remedy=f"scheduler/channels has: {known}",
    )
    return ConfigError([fault])
