"""A row of the register, and who may decide."""

from collections.abc import Sequence

from scheduler.domain.law.codes import LawRule
from scheduler.domain.values import frozen

#: Who may decide that a rule is weakened.
DPO = "le délégué à la protection des données"
NOBODY = "personne : c’est interdit"
#: What happens, where nothing more is done.
TOLD = "dit par check, au démarrage, sur le bureau et dans la fiche ; les envois continuent"
ALARM = "faute : dite partout, avec l’alarme « law-fault » ; les envois continuent"
#: The same, and it is no word: whoever takes another's name sends nothing.
SILENT = "faute : dite partout, avec l’alarme « law-fault » ; rien ne part sous ce nom"
BOUNDED = "faute : dite partout, et le programme s’en tient au plafond"


@frozen
class Rule:
    """All but ``code`` and ``keys`` is French, for a data-protection officer."""

    code: LawRule
    #: What is asked.
    what: str
    #: Who asks it, with its date.
    source: str
    #: Keys that can weaken it.
    keys: Sequence[str]
    why: str
    #: What becomes of it when one does.
    happens: str
    who: str = DPO
