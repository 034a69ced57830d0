"""Providers, found by looking: a file in scheduler/channels is all a new one takes."""

import importlib
import pkgutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from scheduler import channels as channel_modules
from scheduler.config.channel_settings import SmsSettings, SmtpSettings, TwilioSettings
from scheduler.config.settings import Settings
from scheduler.domain.destinations import DestinationGroup
from scheduler.domain.errors import ConfigError, Fault
from scheduler.domain.message import Message
from scheduler.domain.ports import EMAIL, SMS, ChannelKind, Provider

#: Channels whose kind is known without looking at their provider.
BUILT_IN = {EMAIL.name: EMAIL, SMS.name: SMS}


def make_providers(settings: Settings) -> dict[str, Provider]:
    """A provider for each channel, by channel name. Raises ConfigError for an unknown one."""
    return {
        name: _provider(settings, name, chosen.provider)
        for name, chosen in _channel_settings(settings).items()
    }


def outbox_provider(
    path: Path, keep: Callable[[Message], bool], fail: Mapping[Any, Sequence[str]]
) -> Provider:
    """An outbox at ``path``, for rehearsals; ``fail`` as ``outbox.fail`` says it."""
    module = _module("outbox")
    provider: Provider = module.Provider(module.Options(path=path, keep=keep, fail=fail))
    return provider


def by_provider_name(providers: Mapping[str, Provider]) -> dict[str, Provider]:
    """The same providers, by the name that /receipts/{provider} says."""
    return {_module_of(provider).PROVIDER: provider for provider in providers.values()}


def event_words(provider: str) -> Mapping[str, str]:
    """A provider's statuses -> our kinds of events; empty for one that reports nothing."""
    words: Mapping[str, str] = getattr(_module(provider), "EVENTS", {})
    return words


def reply_answer(provider: str, text: str) -> tuple[str, str]:
    """Media type and body of the HTTP answer to a reply, with words for its sender or none."""
    answer: tuple[str, str] = _module(provider).in_answer(text)
    return answer


def channel_kinds(settings: Settings) -> dict[str, ChannelKind]:
    """What each configured channel is."""
    return {
        name: BUILT_IN.get(name) or _module(chosen.provider).CHANNEL
        for name, chosen in _channel_settings(settings).items()
    }


def real_channels(providers: Mapping[str, Provider]) -> frozenset[str]:
    """The channels whose provider reaches real people."""
    return frozenset(name for name, one in providers.items() if not one.carries_fiction)


def _channel_settings(settings: Settings) -> dict[str, Any]:
    return {
        "email": settings.channels.email,
        "sms": settings.channels.sms,
        **(settings.channels.__pydantic_extra__ or {}),
    }


def _provider(settings: Settings, channel: str, name: str) -> Provider:
    module = _module(name, channel)
    if module.CHANNEL is not None and module.CHANNEL.name != channel:
        raise _unknown(channel, name)
    provider: Provider = module.Provider(_options(settings, channel, name, module))
    return provider


def _options(settings: Settings, channel: str, name: str, module: ModuleType) -> Any:
    """The provider's Options from its own keys, or from the channel's ``options``."""
    email, sms = settings.channels.email, settings.channels.sms
    match name:
        case "outbox":
            return module.Options(path=settings.outbox.path, fail=settings.outbox.fail)
        case "smtp" if email.smtp is not None:
            return _smtp_options(email.smtp, email.pace.destination_groups, module)
        case "twilio" if sms.twilio is not None:
            return _twilio_options(sms, sms.twilio, settings.web.public_url, module)
    try:
        return module.Options(**_channel_settings(settings)[channel].options)
    except TypeError as misfit:
        fault = Fault(
            where="config.yaml",
            key=f"channels.{channel}.options",
            what=f"don't fit provider {name!r} ({misfit})",
            remedy=f"see Options in {module.__name__}",
        )
        raise ConfigError([fault]) from misfit


def _smtp_options(
    smtp: SmtpSettings, groups: Sequence[DestinationGroup], module: ModuleType
) -> Any:
    return module.Options(
        host=smtp.host,
        port=smtp.port,
        security=smtp.security,
        username=smtp.username or "",
        password=smtp.password.get_secret_value() if smtp.password else "",
        ca_file=smtp.ca_file,
        connections=smtp.connections,
        messages_by_destination={one.name: one.messages_per_connection for one in groups},
    )


def _twilio_options(
    sms: SmsSettings, twilio: TwilioSettings, public_url: str, module: ModuleType
) -> Any:
    callback = f"{public_url}/receipts/twilio" if sms.inbound == "webhook" else None
    return module.Options(
        account_sid=twilio.account_sid,
        auth_token=twilio.auth_token.get_secret_value(),
        sender=sms.sender,
        messaging_service_sid=twilio.messaging_service_sid or "",
        base_url=twilio.base_url.rstrip("/"),
        status_callback_url=callback,
    )


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


def _module_of(provider: Provider) -> ModuleType:
    name = type(provider).__module__
    return next(module for module in _modules() if name.startswith(module.__name__))


def _unknown(channel: str, provider: str) -> ConfigError:
    known = ", ".join(sorted(module.PROVIDER for module in _modules()))
    fault = Fault(
        where="config.yaml",
        key=f"channels.{channel}.provider",
        what=f"no provider {provider!r} for this channel",
        remedy=f"scheduler/channels has: {known}",
    )
    return ConfigError([fault])
