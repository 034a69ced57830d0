"""Who hosts the campaign: the running character whose voice the texts borrow.

Victor Code is the Agency's: a credit is no permission. Until somebody types who gave it, whatever
reaches people speaks through a host of our own.
"""

from scheduler.domain.values import frozen


@frozen
class Host:
    name: str
    #: Whose the character is, for the credit line; empty: ours.
    credit: str = ""

    @property
    def is_ours(self) -> bool:
        """Then there is a drawing of him; nobody else's is ever shown."""
        return self == OURS

    def beside(self, credit: str) -> str:
        """A message's own credit and this one, said once."""
        return beside(credit, self.credit)


#: Of the shipped texts, as the seeds name him.
VICTOR_CODE = "Victor Code"
THE_AGENCY = "Agence du Numérique en Santé"
VICTOR = Host(name=VICTOR_CODE, credit=THE_AGENCY)
#: Name and drawing ours.
OURS = Host(name="Firmin Crochet")


def host_of(*, name: str, credit: str, permitted: bool, reaches_people: bool) -> Host:
    """Who speaks: the one that was permitted, or any while nobody is reached; else our own.

    ``credit`` empty: what we know of the name.
    """
    if reaches_people and not permitted:
        return OURS
    return Host(name=name, credit=credit or (THE_AGENCY if name == VICTOR_CODE else ""))


def beside(credit: str, other: str) -> str:
    """Two credits in one line, each said once."""
    if _plain(other) in _plain(credit):
        return credit
    return f"{credit} · {other}" if credit else other


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
