"""« À nous ou pas ? »: the desk's own sentences."""

from collections.abc import Mapping

from scheduler.cli.answers.whose_words import SIGNS, VERDICTS
from scheduler.domain.answers.whose import Sign, Verdict
from scheduler.domain.words import whose as words

WHOSE: Mapping[str, str] = {
    **{sentence: words.VERDICTS[Verdict(name)] for name, sentence in VERDICTS.items()},
    **{sentence: words.SIGNS[Sign(name)] for name, sentence in SIGNS.items()},
    "It is {}, sent {} UTC.": "C'est {}, envoyé le {} UTC.",
    "- {}": "- {}",
    "The mail as it came (.eml), or one that has it attached; - is standard input.": (
        "Le courriel tel qu'il est venu (.eml), ou un autre qui l'a en pièce jointe ; - est "
        "l'entrée standard."
    ),
    "Ours or not? A mail beside the ledger, and why. Exit 1 when it isn't ours.": (
        "À nous ou pas ? Un courriel à côté du registre, et pourquoi. Code 1 quand il n'est pas de "
        "nous."
    ),
}
