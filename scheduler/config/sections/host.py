"""Who hosts the campaign, and who permitted it."""

import datetime
import re
from typing import Annotated

from pydantic import AfterValidator, Field

from scheduler.config.sections.section import Section
from scheduler.domain.host import VICTOR_CODE


def _host_name(value: str) -> str:
    name = " ".join(value.split())
    if not re.fullmatch(r"[A-Za-zÉÄÖÜÑ][A-Za-z .'éèùìòàÉäöüñÄÖÜÑ-]{1,19}", name):
        raise ValueError(
            "must be a name of 2 to 20 letters of the alphabet of SMS — write Firmin Crochet"
        )
    return name


HostName = Annotated[str, AfterValidator(_host_name)]


class PermissionSettings(Section):
    by: str = Field(min_length=3, description="Who gave it: a person and their organisation.")
    date: datetime.date = Field(description="The day on which it was given.")


class HostSettings(Section):
    name: HostName = Field(
        default=VICTOR_CODE,
        description="The character whose voice the texts borrow, shown by {{ hote }}; with a "
        "provider that reaches people, only once permission is typed.",
    )
    credit: str = Field(
        default="",
        max_length=120,
        description="Whose the character is, shown beside the message's own credit; empty: the "
        "Agence du Numérique en Santé for Victor Code, nobody for another name.",
    )
    permission: PermissionSettings | None = Field(
        default=None,
        description="Who permitted the character's use; absent: texts that reach people speak "
        "through Firmin Crochet, who is ours.",
    )
