"""What has the wrong shape for its provider, and what its receivers will hold against it.

A wrong shape refuses, as any fault; what must work whatever config.yaml says goes on and says it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from scheduler.config.faults import at, is_from
from scheduler.config.settings import Settings
from scheduler.config.yaml_lines import Document
from scheduler.domain.calendar.campaigns import Campaign
from scheduler.domain.errors import Fault

_SID_KEY = ("channels", "sms", "twilio", "account_sid")
_SID = re.compile(r"AC[0-9a-fA-F]{32}")


def check(settings: Settings, document: Document, variables: Mapping[str, Any]) -> list[Fault]:
    twilio = settings.channels.sms.twilio
    in_use = settings.channels.sms.provider == "twilio"
    if twilio is None or not in_use or _SID.fullmatch(twilio.account_sid):
        return []
    return [
        at(
            document,
            _SID_KEY,
            "is no account SID: AC and 32 hexadecimal digits",
            "copy it from Twilio's console",
            from_environment=is_from(variables, _SID_KEY),
        )
    ]


def lost_messages(
    campaigns: Sequence[Campaign], templates: Path, document: Document, variables: Mapping[str, Any]
) -> Iterator[Fault]:
    """Episodes whose message has no folder; none where there are no messages at all."""
    if not templates.is_dir():
        return
    for campaign in campaigns:
        for episode in campaign.episodes if campaign.enabled else ():
            if not (templates / episode.message).is_dir():
                key = ("campaigns", campaign.name, "episodes", episode.name, "message")
                what = f"there is no message {episode.message!r} under templates/"
                yield at(
                    document,
                    key,
                    what,
                    "name its folder, or make it",
                    from_environment=is_from(variables, key),
                )


def alignment_advice(settings: Settings, document: Document) -> str:
    """What is said of a return path off the From domain; empty: SPF counts for DMARC."""
    email = settings.channels.email
    sender = email.sender.rpartition("@")[2].strip(" >").lower()
    path = email.return_path_domain.lower()
    if _organisation(sender) == _organisation(path):
        return ""
    key = ("channels", "email", "return_path_domain")
    return (
        f"{document.path}:{document.line(key)}: channels.email.return_path_domain ({path}) is off "
        f"the domain of channels.email.from ({sender}), so SPF doesn't count for DMARC — choose a "
        "domain below it, or see that the relay signs by DKIM for the From domain"
    )


def _organisation(domain: str) -> str:
    """As DMARC's relaxed alignment sees it, near enough for advice: its last two labels."""
    return ".".join(domain.split(".")[-2:])
