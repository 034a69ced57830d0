"""Who may be sent a message for trial from the desk."""

from typing import Annotated

from pydantic import AfterValidator, Field

from scheduler.config.sections.section import Section
from scheduler.domain.errors import AddressRefused
from scheduler.domain.people.addresses import normalise_email, normalise_phone


def _address(value: str) -> str:
    """As it is written to: an e-mail address, or a number in E.164."""
    try:
        if "@" in value:
            return normalise_email(value).send_to
        return normalise_phone(value, "FR")
    except AddressRefused as refused:
        raise ValueError(
            f'neither an e-mail address nor a number in quotes, such as "+33 6 …" ({refused})'
        ) from refused


TrialAddress = Annotated[str, AfterValidator(_address)]


class TrialsSettings(Section):
    to: list[TrialAddress] = Field(
        default_factory=list,
        max_length=50,
        description="Addresses and numbers of colleagues, to which the desk may send a message "
        "for trial. Empty: the desk sends none.",
    )
