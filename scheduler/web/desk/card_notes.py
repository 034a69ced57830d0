"""What stands beside the calendar's cards: the faults known of, and what is unfinished."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from itertools import groupby

from scheduler.domain.showing.unfinished import Unfinished
from scheduler.web.desk.review import Reviewed, faults


def faults_of(reviewed: Reviewed, messages: Collection[str]) -> Mapping[str, int]:
    """How many faults stand in each message's own files."""
    found: Counter[str] = Counter()
    for one in faults(reviewed.findings):
        message = one.file.rpartition("/")[0].removeprefix("templates/")
        if message in messages:
            found[message] += 1
    return found


def by_campaign(found: Sequence[Unfinished]) -> list[tuple[str, list[Unfinished]]]:
    """A line for those of a campaign that lack the same, in the order of config.yaml."""
    groups = groupby(
        found, key=lambda one: (one.campaign, tuple(want.sentence for want in one.wants))
    )
    return [(campaign, list(held)) for (campaign, _), held in groups]
