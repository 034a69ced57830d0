"""A message's folder as values: its texts, and the choice of the one for a recipient."""

from collections.abc import Mapping
from dataclasses import field
from datetime import date

from scheduler.domain.addressees import Addressees
from scheduler.domain.channels import kind_of
from scheduler.domain.errors import Fault
from scheduler.domain.message import MessageClass, OnWeb, variants_for
from scheduler.domain.values import frozen


@frozen
class Placeholder:
    """A blank that the organisation fills for each campaign: a date, a place."""

    name: str
    label: str
    #: Shown in previews.
    example: str
    default: str = ""
    required: bool = True
    #: Characters, at most; None: no limit.
    max_length: int | None = None


@frozen
class Source:
    """One text of a message, for a channel, a language and perhaps one audience."""

    channel: str
    #: None: for every audience that has no text of its own.
    audience: str | None
    #: ``fr``, ``en``; ``fr-falc`` is the easy-to-read French one.
    variant: str
    #: Under the templates' root, with slashes.
    path: str
    #: Empty for SMS.
    subject: str
    preheader: str
    body: str
    #: Line of the file at which ``body`` starts.
    body_line: int
    subject_line: int = 1
    preheader_line: int = 1
    #: Why it can't be read; the rest is then what its name says. None: it was read.
    fault: Fault | None = None

    @property
    def is_letter(self) -> bool:
        """A subject and a body in Markdown; otherwise one line, as it is read."""
        return kind_of(self.channel).is_letter


@frozen
class CalendarFile:
    """The .ics that a message of an event carries."""

    #: It takes the event out of agendas, rather than putting it in or moving it.
    cancels: bool
    #: What the agenda shows, the same in every message of the event.
    summary: str


@frozen
class Image:
    """The drawing of a message."""

    #: Name of a file of templates/_images, without its ending.
    file: str
    #: Variant -> what it shows, for who doesn't see it.
    words: Mapping[str, str]

    def words_for(self, variant: str) -> str:
        """The easy-to-read ones, else their language's; empty: the drawing isn't shown."""
        return self.words.get(variant) or self.words.get(variant.removesuffix("-falc"), "")


@frozen
class Kicker:
    """The line above a message's title."""

    #: Variant -> its words.
    words: Mapping[str, str]
    #: Whose slogan it is; empty: the writers' own words.
    credit: str = ""

    @property
    def slogan(self) -> str:
        """The slogan as its owner says it, in French; empty: it is none."""
        return self.words.get("fr", "") if self.credit else ""

    def words_for(self, variant: str) -> str:
        """The easy-to-read ones, else their language's; empty: none is shown."""
        return self.words.get(variant) or self.words.get(variant.removesuffix("-falc"), "")


#: In ``twin:``, the block of every audience that has none of its own.
FOR_ALL = "all"


@frozen
class TwinText:
    """What the writers chose for a message's twins, for one audience in one language."""

    #: Empty: those of the text itself.
    points: tuple[str, ...]
    #: The first line of a post; empty: none.
    post: str
    #: Line of message.yaml.
    line: int


@frozen
class MessageFolder:
    """A message as its writers left it."""

    path: str
    title: str
    message_class: MessageClass
    credit: str
    owner: str
    #: The people concerned who re-read the easy-to-read text; empty: nobody yet.
    reviewed_by: str
    channels: tuple[str, ...]
    placeholders: Mapping[str, Placeholder]
    sources: tuple[Source, ...]
    #: None: it carries no appointment.
    calendar: CalendarFile | None = None
    #: None: it shows none.
    image: Image | None = None
    #: None: nothing stands above its title.
    kicker: Kicker | None = None
    #: The last day on which its texts needn't be read again; None: nobody said.
    review_by: date | None = None
    #: What it tells was read somewhere: it leaves only with the place, its date and its last day.
    sourced: bool = False
    #: A second person must allow each sending.
    approval: bool = False
    #: To whom it goes.
    recipients: Addressees = Addressees.UNSAID
    #: Where its web version may be found.
    web: OnWeb = OnWeb.UNSAID
    #: (audience or ``all``, variant) -> what its twins say.
    twins: Mapping[tuple[str, str], TwinText] = field(default_factory=dict)
    #: Audience -> the one that it selects from, whose texts it reads unless it has its own.
    parents: Mapping[str, str] = field(default_factory=dict)

    def lineage(self, audience: str) -> tuple[str | None, ...]:
        """Whose texts an audience reads, its own first; None: those for all."""
        parent = self.parents.get(audience)
        return (audience, None) if parent is None else (audience, parent, None)

    def pick(self, channel: str, audience: str, language: str, easy_to_read: bool) -> Source | None:
        """The text for these, the most exact first; None when the channel has none.

        A text naming the audience wins over one of the audience it selects from, and that over one
        for all, whatever its language; French stands in for a language that has no text.
        """
        texts = self._texts(channel)
        variants = variants_for(language, easy_to_read)
        wanted = [(name, variant) for name in self.lineage(audience) for variant in variants]
        return next((texts[key] for key in wanted if key in texts), None)

    def picks(self, channel: str, audience: str) -> list[Source]:
        """Every text that some reader of an audience may get."""
        languages = {source.variant.partition("-")[0] for source in self.sources} | {"fr"}
        found = (
            self.pick(channel, audience, language, easy)
            for language in sorted(languages)
            for easy in (False, True)
        )
        return list({source.variant: source for source in found if source}.values())

    def exact(self, channel: str, audience: str, variant: str) -> Source | None:
        """The text of one variant, whoever it stands in for."""
        texts = self._texts(channel)
        found = (texts.get((name, variant)) for name in self.lineage(audience))
        return next(filter(None, found), None)

    def twin(self, audience: str, variant: str) -> TwinText | None:
        """What was chosen for these; another language stands in for none."""
        names = (name or FOR_ALL for name in self.lineage(audience))
        return next(filter(None, (self.twins.get((name, variant)) for name in names)), None)

    def _texts(self, channel: str) -> dict[tuple[str | None, str], Source]:
        return {(one.audience, one.variant): one for one in self.sources if one.channel == channel}
