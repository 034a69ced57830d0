"""The words of an import for whoever sees a form in place of options."""

import re

from scheduler.domain.channels import channel_label
from scheduler.web.desk.french import typography

#: What an option would settle, by the field that does here.
_IN_PLACE = (
    (r" \(--columns [^()]*? quand même\)", ""),
    (r"--columns \S+ la prend pour cela", "choisissez-le ci-dessous"),
    (r"dites --columns \S+", "choisissez son sens ci-dessous"),
    (r",? ou dites laquelle\s:\s--columns \S+", ", ou choisissez laquelle ci-dessous"),
    (r"\s:\s--sheet en nomme une autre", " ; nommez-en une autre ci-dessous"),
    (r"nommez-en une par --sheet", "nommez-en une ci-dessous"),
    (
        r"relancez avec --same-person CLÉ \([^)]*\) ou --other-person CLÉ \([^)]*\)",
        "dites ci-dessous, par son identifiant, si c'est la même personne ou quelqu'un de nouveau",
    ),
    (r"par --same-person ou --other-person", "par quelqu'un"),
    (r"\s:\ssi elles n'en font qu'une, dites reflexe optout add", ""),
    (r"^fichier(:\d+)?\s:\s", ""),
    (r"le public \S+ n(.)a pas de tel champ", "ce public n'a pas de tel champ"),
)
#: A channel, as config.yaml names it.
_CHANNEL = re.compile(r"(?<=accord pour )[\w-]+")


def for_the_desk(sentence: str) -> str:
    """A French sentence of the import, without what is typed in a terminal."""
    for option, field in _IN_PLACE:
        sentence = re.sub(option, typography(field), sentence, flags=re.MULTILINE)
    return _CHANNEL.sub(lambda found: channel_label(found[0]), sentence)
