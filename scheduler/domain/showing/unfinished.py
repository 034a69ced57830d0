"""Messages that wait for somebody to type something: they are in nobody's calendar yet."""

from collections.abc import Sequence
from enum import StrEnum

from scheduler.domain.values import frozen


class Lacking(StrEnum):
    """Why a message can't leave as config.yaml has it."""

    #: Its event has no date yet.
    DATE = "date"
    #: Its campaign is kept out of the calendar.
    ENABLED = "enabled"
    #: Blanks that nothing fills.
    VALUES = "values"
    #: What it tells was read somewhere, and where isn't said.
    REFERENCE = "reference"
    #: No campaign sends it.
    CAMPAIGN = "campaign"


#: In French, for people.
WORDS = {
    Lacking.DATE: "son événement n'a pas encore de date",
    Lacking.ENABLED: "sa campagne est désactivée",
    Lacking.VALUES: "des cases restent à remplir",
    Lacking.REFERENCE: "ce qu'il raconte n'a pas de source",
    Lacking.CAMPAIGN: "aucune campagne ne l'envoie",
}


@frozen
class Want:
    """One thing that lacks, and the key of config.yaml that says it."""

    what: Lacking
    key: str
    #: Blanks, by name.
    names: Sequence[str] = ()

    @property
    def sentence(self) -> str:
        told = WORDS[self.what]
        return f"{told} : {', '.join(self.names)}" if self.names else told

    @property
    def places(self) -> Sequence[tuple[str, str]]:
        """Each key to fill: the path of what holds it, and its own name."""
        if self.names:
            return [(self.key, name) for name in self.names]
        path, _, name = self.key.rpartition(".")
        return [(path, name)]


@frozen
class Unfinished:
    """One use of a message that lacks something."""

    #: Empty when no campaign sends it.
    campaign: str
    #: The message's path under templates/, and its title.
    message: str
    title: str
    wants: Sequence[Want]
