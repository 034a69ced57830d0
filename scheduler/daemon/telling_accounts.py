"""What each start says of who may act on the desk."""

from collections.abc import Collection

from scheduler.bootstrap import App
from scheduler.log import get_logger

log = get_logger(__name__)

MAKE_ACCOUNTS = (
    "nobody acts on the desk before somebody has an account: `reflexe accounts add NAME --roles "
    "read,write,approve,operate,privacy`, or « Créer le premier compte » on the desk for "
    "whoever has its token; `reflexe stop-all` works all the same"
)
ACCOUNTS_WAIT = (
    "accounts wait for their password: each holder chooses it by the link that they were given, "
    "once and in three days; `reflexe accounts link NAME` prints another"
)
#: For one release.
LEAVES = (
    "the next release takes web.desk_token away: give each person an account (`reflexe accounts "
    "add`) or a portal (web.sign_in), give machines web.metrics_token, then remove the key"
)


async def tell_of_accounts(app: App, real_channels: Collection[str]) -> None:
    web = app.configuration.settings.web
    elsewhere = web.sign_in is not None or web.oidc is not None
    knows_people = elsewhere or await app.accounts.anybody()
    is_real = bool(real_channels) or not await app.ledger.people_are_invented()
    if is_real and not knows_people:
        waiting = await app.accounts.every()
        log.warning("desk.no_accounts", remedy=ACCOUNTS_WAIT if waiting else MAKE_ACCOUNTS)
    if web.desk_token is not None:
        log.warning("desk.token_ends", remedy=LEAVES)
