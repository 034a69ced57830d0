"""What the password battle's page is made of: the writers' files and whom they speak of."""

from collections.abc import Mapping

from scheduler.config.configuration import Configuration
from scheduler.content import battle
from scheduler.domain.quizzes.battle import Battle
from scheduler.flow.who_writes import host_of


def battles_of(configuration: Configuration) -> tuple[list[Battle], Mapping[str, str]]:
    """In each language, French first, and what fills their fields. Raises ContentError."""
    settings = configuration.settings
    host, ours = host_of(settings), settings.organisation.name
    values = {
        "hote": host.name,
        "organisation": ours,
        "credit_hote": "Réflexe" if host.is_ours else host.credit or ours,
    }
    return [battle.read(configuration.templates, one) for one in battle.LANGUAGES], values
