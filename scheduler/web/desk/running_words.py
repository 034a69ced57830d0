"""What is said of how the program runs: what rests, what halts, and who works."""

from datetime import datetime

from scheduler.domain.channels import channel_label
from scheduler.domain.people.countries import country_name, is_country
from scheduler.domain.processes.replicas import Replica
from scheduler.domain.sending import Rest
from scheduler.web.desk import french, words
from scheduler.web.desk.french import NO_BREAK, plural


def lane(one: Rest) -> str:
    """``Courriel``, ``Courriel vers orange``."""
    name = words.channel(one.channel)
    return f"{name} vers {one.destination}" if one.destination else name


def rest(one: Rest, now: datetime) -> str:
    """``3 échecs de suite, nouvel essai le 4 octobre…``; ``now`` tells the zone."""
    failures = plural(one.failures, "échec", "échecs de suite")
    return f"{failures}, {_next_try(one, now)}"


def _next_try(one: Rest, now: datetime) -> str:
    if one.half_open:
        return "un message est à l’essai"
    if one.until <= now:
        return "nouvel essai avec le prochain message"
    return f"nouvel essai le {french.moment(one.until.astimezone(now.tzinfo))}"


def halted(subject: str) -> str:
    """``cybermois, par SMS``: a campaign, or a country, and where it halts."""
    campaign, _, channel = subject.rpartition("/")
    name = country_name(campaign) if is_country(campaign) else campaign
    return f"{name}, par {channel_label(channel)}"


def waiting(count: int) -> str:
    return plural(count, "message attend", "messages attendent")


def replica(one: Replica, now: datetime) -> str:
    """``dernier signe de vie le dimanche 4 octobre, 10 h 05``; ``now`` tells the zone."""
    seen = f"dernier signe de vie le {french.moment(one.seen_at.astimezone(now.tzinfo))}"
    return f"silencieuse{NO_BREAK}: {seen}" if one.silent else seen
