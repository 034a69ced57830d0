"""Keys that this release still takes and the next one doesn't."""

from collections.abc import Iterator

from scheduler.config.settings import Settings
from scheduler.domain.errors import Fault


def going(settings: Settings) -> Iterator[Fault]:
    """Of those that are set, what to do instead."""
    if settings.web.desk_token is not None:
        yield Fault(
            where="config.yaml",
            key="web.desk_token",
            what="the next release takes it away",
            remedy="give each person an account (reflexe accounts add) or a portal (web.sign_in), "
            "machines web.metrics_token, then remove the key",
        )
