"""Who answers what comes in."""

from scheduler.config.settings import Settings
from scheduler.flow.answers.inbound import Identity
from scheduler.flow.who_writes import links_of


def identity_of(settings: Settings) -> Identity:
    """Who answers an SMS that asks."""
    return Identity(
        name=settings.organisation.name,
        contact=settings.organisation.contact,
        help_page=links_of(settings).help_page,
        appointments=settings.organisation.appointments or "",
    )
