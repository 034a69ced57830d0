"""What somebody typed about the calendar, read: a change that may be decided, or why not."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from urllib.parse import urlsplit

from scheduler.bootstrap import App
from scheduler.content.folder import MessageFolder
from scheduler.content.rules.links import Allowed, host_of, is_below, links_in
from scheduler.domain.calendar import changing
from scheduler.domain.calendar.campaigns import Campaign, CampaignKind, Occurrence
from scheduler.domain.calendar.changes import Change, ChangeKind, Decision, Facet
from scheduler.domain.calendar.changing import Cannot, ChangeRefused, EventTerms, One
from scheduler.domain.calendar.leaving import season_of
from scheduler.domain.calendar.same_event import refuse_second
from scheduler.domain.errors import ContentError, NotFound
from scheduler.domain.values import frozen
from scheduler.flow.steering.change_forecast import has_left
from scheduler.flow.who_writes import organisation_of

#: How far the page looks for the occurrence that a link names.
REACH = timedelta(days=400)
#: Blanks that follow from the date, the hour and the place.
_FOLLOW = frozenset({"date", "date_complete", "heure", "fuseau", "lieu", "duree", "date_source"})
#: What is asked of every event, whatever its kit.
DESCRIPTION = "description"
WITHDRAW, KEEP = "withdraw", "keep"


@frozen
class Ground:
    """The calendar of now, as the forms need it."""

    app: App
    standing: Sequence[Decision]
    #: Names that nothing new may have.
    taken: frozenset[str]

    @property
    def kits(self) -> list[Campaign]:
        """Events without a date: the models of those that have one."""
        found = self.app.configuration.campaigns
        return [one for one in found if one.kind is CampaignKind.EVENT and one.starts is None]

    def kit(self, name: str) -> Campaign:
        """Raises ChangeRefused."""
        for one in self.kits:
            if one.name == name:
                return one
        raise ChangeRefused(Cannot.KIT, "kit")

    def campaign(self, name: str) -> Campaign:
        """Raises NotFound."""
        return self.app.configuration.campaign(name)

    def made_here(self, name: str) -> bool:
        """An event that is in no file."""
        of_events = (one.change for one in self.standing if one.change.facet is Facet.EVENT)
        return any(one.campaign == name for one in of_events)

    async def occurrence(self, printed: str) -> One:
        """Raises NotFound."""
        agenda, today = self.app.agenda, self.app.clock().date()
        found = agenda.occurrences(today - timedelta(days=2), today + REACH)
        one = next((each for each in found if each.id == printed), None)
        if one is None:
            raise NotFound(f"the calendar has no {printed}")
        return One(
            campaign=agenda.configuration.campaign(one.campaign),
            episode=agenda.episode(one),
            occurrence=one,
            has_left=await self._has_left(one),
        )

    async def _has_left(self, one: Occurrence) -> bool:
        rows = await self.app.ledger.occurrences()
        row = next((each for each in rows if season_of(each) == season_of(one)), None)
        if row is None:
            return False
        return has_left(row, bool(await self.app.ledger.slots_of([row.occurrence_id])))


async def ground_of(app: App, standing: Sequence[Decision]) -> Ground:
    ever = {one.change.campaign for one in await app.changes.every()}
    ran = {row.campaign for row in await app.ledger.occurrences()}
    named = {one.name for one in app.configuration.campaigns}
    return Ground(app=app, standing=standing, taken=frozenset(ever | ran | named))


def blanks_of(app: App, campaign: Campaign) -> dict[str, str]:
    """What its messages ask for beside the date and the place: name and label."""
    found: dict[str, str] = {}
    for episode in campaign.episodes:
        folder = _folder(app, episode.message)
        for blank in folder.placeholders.values() if folder else ():
            if blank.name not in (*_FOLLOW, DESCRIPTION):
                found.setdefault(blank.name, blank.label)
    return found


async def change_of(kind: str, typed: Mapping[str, str], ground: Ground) -> Change:
    """Raises ChangeRefused and NotFound."""
    app, now = ground.app, ground.app.clock()
    zone = app.configuration.settings.time_zone
    match kind:
        case ChangeKind.EVENT_CREATED:
            kit = ground.kit(typed.get("kit", ""))
            terms = _terms(app, kit, typed)
            asked = [one for one in kit.audiences if typed.get(f"for-{one}")]
            name = changing.name_for(kit.name, terms.starts, ground.taken)
            made = changing.created(kit, terms, asked, name, now)
            refuse_second(kit, terms.starts, asked, app.configuration.campaigns)
            return made
        case ChangeKind.EVENT_MOVED:
            campaign = ground.campaign(typed.get("campaign", ""))
            made_here = ground.made_here(campaign.name)
            terms = _terms(app, campaign, typed)
            made = changing.moved(campaign, terms, now, made_here=made_here)
            if terms.starts != campaign.starts:
                refuse_second(
                    campaign, terms.starts, campaign.audiences, app.configuration.campaigns
                )
            return made
        case ChangeKind.EVENT_CANCELLED:
            return changing.cancelled(ground.campaign(typed.get("campaign", "")), now)
        case ChangeKind.ENABLED | ChangeKind.DISABLED:
            campaign = ground.campaign(typed.get("campaign", ""))
            return changing.switched(campaign, on=kind == ChangeKind.ENABLED)
    one = await ground.occurrence(typed.get("of", ""))
    match kind:
        case ChangeKind.HOUR_CHANGED:
            return changing.at_hour(one, _hour(typed.get("hour", ""), "hour"), zone, now)
        case ChangeKind.BROUGHT_FORWARD:
            return changing.forward(one, _day(typed.get("date", "")), zone, now)
        case _:
            return changing.skipped(one)


def _terms(app: App, campaign: Campaign, typed: Mapping[str, str]) -> EventTerms:
    """Raises ChangeRefused."""
    day = _day(typed.get("date", ""))
    starts = datetime.combine(day, _hour(typed.get("hour", ""), "hour"))
    end, last = typed.get("end", "").strip(), typed.get("last", "").strip()
    if last and not end:
        raise ChangeRefused(Cannot.HOUR, "end")
    last_day = _day(last, "last") if last else day
    names = [*blanks_of(app, campaign), DESCRIPTION]
    values = {name: _line(typed.get(f"v-{name}", "")) for name in names}
    place = _line(typed.get("place", ""))
    _refuse_elsewhere(app, values.get("lien", ""))
    for name, value in {**values, "place": place}.items():
        if not all(_may_lead_to(app, one.target) for one in links_in(value)):
            raise ChangeRefused(Cannot.LINK, name)
    return EventTerms(
        starts=starts,
        ends=datetime.combine(last_day, _hour(end, "end")) if end else None,
        place=place,
        values=values,
    )


def _refuse_elsewhere(app: App, link: str) -> None:
    """A link of a message leads to the organisation's own sites alone."""
    if not link:
        return
    settings = app.configuration.settings
    domains = [*settings.organisation.link_domains, _host(settings.organisation.site)]
    if not link.startswith("https://") or not is_below(_host(link), domains):
        raise ChangeRefused(Cannot.LINK, "lien")


def _may_lead_to(app: App, target: str) -> bool:
    """As ``check`` has it: with another link in it, no message would leave at its day."""
    allowed = Allowed.of(organisation_of(app.configuration.settings), app.links)
    try:
        return allowed.takes(host_of(target))
    except ValueError:
        return False


def _host(link: str) -> str:
    try:
        return (urlsplit(link).hostname or "").lower()
    except ValueError:
        return ""


def _day(typed: str, field: str = "date") -> date:
    try:
        return date.fromisoformat(typed.strip())
    except ValueError:
        raise ChangeRefused(Cannot.DATE, field) from None


def _hour(typed: str, field: str) -> time:
    try:
        found = time.fromisoformat(typed.strip())
    except ValueError:
        raise ChangeRefused(Cannot.HOUR, field) from None
    if found.tzinfo is not None:
        raise ChangeRefused(Cannot.HOUR, field)
    return found.replace(second=0, microsecond=0)


def _line(typed: str) -> str:
    """One line, of signs that can be seen."""
    seen = "".join(sign if sign.isprintable() else " " for sign in typed)
    return " ".join(seen.split())


def _folder(app: App, message: str) -> MessageFolder | None:
    try:
        return app.agenda.library.load(message)
    except (ContentError, NotFound):
        return None
