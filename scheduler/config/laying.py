"""The configuration with the changes that stand over its calendar."""

from collections.abc import Sequence
from dataclasses import replace

from pydantic import ValidationError

from scheduler.config import cross_checks
from scheduler.config.calendar_keys import campaign_of
from scheduler.config.configuration import Configuration
from scheduler.config.hours import hours_of
from scheduler.config.sections.campaigns import CampaignSettings
from scheduler.domain.calendar.campaigns import Campaign
from scheduler.domain.calendar.changes import Decision, Says
from scheduler.domain.calendar.laying import lay


def with_changes(
    configuration: Configuration, standing: Sequence[Decision], number: int
) -> Configuration:
    """``number``: of all that was ever decided. What a configuration had of it before is renewed.

    A calendar of which something is left aside, or none at all (the last good configuration), is
    laid over as far as it is there.
    """
    files = configuration.written
    if not standing:
        return replace(configuration, campaigns=files, files_say=None, changes=(), changed=number)
    holidays = hours_of(configuration.settings, configuration.audiences).holidays

    def make(name: str, says: Says) -> Campaign:
        return made_of(configuration, name, says)

    campaigns, laid = lay(files, standing, configuration.audiences, holidays, make)
    return replace(
        configuration, campaigns=campaigns, files_say=files, changes=laid, changed=number
    )


def made_of(configuration: Configuration, name: str, says: Says) -> Campaign:
    """The campaign that these keys make. Raises ValueError with what is wrong with them."""
    try:
        keys = CampaignSettings.model_validate(says)
    except ValidationError as invalid:
        first = invalid.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise ValueError(f"{where}: {first['msg']}") from invalid
    campaign = campaign_of(name, keys, configuration.settings)
    if faults := faults_of(configuration, campaign):
        key, what = faults[0]
        raise ValueError(f"{key}: {what}")
    return campaign


def faults_of(configuration: Configuration, campaign: Campaign) -> list[tuple[str, str]]:
    """What keeps a campaign from being used, as for one of config.yaml: key and words."""
    names = {one.name for one in configuration.audiences}
    found = cross_checks.campaign_faults(campaign, names, configuration.settings)
    return [(".".join(key), what) for key, what, _ in found]
