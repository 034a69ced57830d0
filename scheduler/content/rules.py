"""The rules that ``check`` holds messages to, beside what the content engine refuses by itself.

One table: what each rule asks, why, where it comes from, and how a writer meets it. The files
``rules_*.py`` look for what breaks them, each in a ``Passage``.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from scheduler.domain.findings import Finding, Severity


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """One row of the table. ``why`` and ``remedy`` are read by writers."""

    code: str
    why: str
    source: str
    remedy: str
    severity: Severity = Severity.FAULT


@dataclass(frozen=True, kw_only=True, slots=True)
class Passage:
    """A piece of a writer's file, its fields filled with examples, every line in its place."""

    file: str
    text: str
    #: Line of the file at which ``text`` starts.
    first_line: int = 1
    #: ``fr``, ``en``.
    language: str = "fr"

    def finding(self, code: str, offset: int, message: str, remedy: str = "") -> Finding:
        """``code`` is broken at ``offset`` of the text; without a remedy, the table's own."""
        line = self.first_line + self.text.count("\n", 0, offset)
        return finding(code, self.file, line, message, remedy)


_CHARTER = "charte d'écriture du Cybermois"
_RULES = (
    Rule(
        code="structure",
        why="un fichier que Réflexe ne sait pas composer ne part pas",
        source="templates/README.md",
        remedy="corrigez la ligne indiquée",
    ),
    Rule(
        code="language",
        why="chaque public reçoit au moins un texte français sur chaque canal du message",
        source="calendrier de config.yaml",
        remedy="écrivez le fichier qui manque",
    ),
    Rule(
        code="audience",
        why="un texte écrit pour un public inconnu ne part à personne",
        source="audiences de config.yaml",
        remedy="corrigez le nom du fichier",
    ),
    Rule(
        code="past-event",
        why="on n'invite pas à un événement passé",
        source=_CHARTER,
        remedy="tapez la prochaine date, ou mettez enabled: false",
    ),
    Rule(
        code="subject-length",
        why="au-delà, les messageries coupent l'objet",
        source="longueurs affichées par les messageries",
        remedy="raccourcissez l'objet : moins de 60 caractères",
    ),
    Rule(
        code="preheader-length",
        why="trop courte, la messagerie y ajoute le début du texte ; trop longue, elle la coupe",
        source="longueurs affichées par les messageries",
        remedy="écrivez de 40 à 90 caractères",
    ),
    Rule(
        code="urgency",
        why="presser le lecteur est la méthode des fraudeurs",
        source=f"{_CHARTER} : ni peur, ni fausse urgence",
        remedy="dites simplement de quoi il s'agit",
    ),
    Rule(
        code="urgency-in-text",
        why="presser le lecteur est la méthode des fraudeurs ; les citer entre « … » est permis",
        source=f"{_CHARTER} : ni peur, ni fausse urgence",
        remedy="tournez la phrase autrement, ou mettez la citation entre « … »",
        severity=Severity.WARNING,
    ),
    Rule(
        code="shouting",
        why="les capitales et les points d'exclamation en série sont le ton des fraudeurs",
        source=_CHARTER,
        remedy="écrivez en minuscules, avec un point d'exclamation au plus",
    ),
    Rule(
        code="shouting-in-text",
        why="les capitales et les points d'exclamation en série sont le ton des fraudeurs",
        source=_CHARTER,
        remedy="écrivez en minuscules, avec un point d'exclamation au plus",
        severity=Severity.WARNING,
    ),
    Rule(
        code="day",
        why="le jour d'arrivée change selon le canal et le territoire",
        source=f"{_CHARTER} : « cette semaine », jamais « ce dimanche »",
        remedy="écrivez « cette semaine »",
    ),
    Rule(
        code="day-in-text",
        why="le jour d'arrivée change selon le canal et le territoire",
        source=f"{_CHARTER} : « cette semaine », jamais « ce dimanche »",
        remedy="vérifiez que la phrase reste vraie deux jours plus tard",
        severity=Severity.WARNING,
    ),
    Rule(
        code="link-domain",
        why="nos lecteurs apprennent à ne suivre que des adresses connues",
        source="liste des sites permis (organisation.link_domains et sites publics d'aide)",
        remedy="retirez ce lien, ou ajoutez son domaine à organisation.link_domains",
    ),
    Rule(
        code="link-text",
        why="un texte de lien qui montre un autre site que sa cible est le piège le plus courant",
        source=_CHARTER,
        remedy="montrez l'adresse où le lien mène vraiment",
    ),
    Rule(
        code="shortener",
        why="une adresse raccourcie cache où elle mène",
        source=_CHARTER,
        remedy="donnez l'adresse entière",
    ),
    Rule(
        code="image",
        why="un message ne porte pas d'image : elle ne se lit ni à l'oreille ni sans réseau",
        source="RGAA 4.1, critère 1.1 ; CNIL, délibération 2026-042",
        remedy="dites-le avec des mots",
    ),
    Rule(
        code="html",
        why="le HTML d'un texte est montré tel quel au lecteur",
        source="templates/README.md",
        remedy="employez les marques de templates/README.md",
    ),
    Rule(
        code="sms-length",
        why="un SMS qui déborde est facturé deux fois et arrive parfois en morceaux",
        source="3GPP TS 23.038",
        remedy="raccourcissez le texte",
    ),
    Rule(
        code="sms-alphabet",
        why="un seul signe hors de l'alphabet GSM-7 ramène le SMS de 160 à 70 caractères",
        source="3GPP TS 23.038",
        remedy="remplacez ce signe",
    ),
    Rule(
        code="sms-blank",
        why="une case sans longueur maximale peut faire déborder le SMS une fois remplie",
        source="3GPP TS 23.038",
        remedy="ajoutez max_length à la case dans message.yaml",
    ),
    Rule(
        code="sms-stop",
        why="Réflexe ajoute lui-même la façon d'arrêter ; un expéditeur à nom ne reçoit rien",
        source="charte AF2M ; CPCE, article L34-5",
        remedy="retirez cette mention",
    ),
    Rule(
        code="sms-link",
        why="un SMS ne cite que les sites publics d'aide",
        source=_CHARTER,
        remedy="retirez l'adresse, ou renvoyez vers « l'intranet » ou « le site officiel »",
    ),
    Rule(
        code="contrast",
        why="un texte pâle ne se lit pas",
        source="RGAA 4.1, critère 3.2 (4,5:1)",
        remedy="foncez le texte ou éclaircissez le fond",
    ),
    Rule(
        code="typography",
        why="l'apostrophe courbe et les espaces insécables rendent le texte plus net",
        source="usages de l'Imprimerie nationale",
        remedy="voyez « La typographie » dans templates/README.md",
        severity=Severity.WARNING,
    ),
)
RULES: Mapping[str, Rule] = {rule.code: rule for rule in _RULES}

_MARK = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{(?P<field>.*?)\}\}", re.DOTALL)
_NAME = re.compile(r"\s*([a-z_][a-z0-9_]*)")


def finding(code: str, file: str, line: int | None, message: str, remedy: str = "") -> Finding:
    rule = RULES[code]
    return Finding(
        file=file,
        line=line,
        rule=code,
        severity=rule.severity,
        message=message,
        remedy=remedy or rule.remedy,
    )


def with_examples(template: str, values: Mapping[str, str]) -> str:
    """``template`` with its fields filled and its conditions out, both branches kept.

    Lines keep their numbers. A field without a value is left out.
    """
    return _MARK.sub(lambda mark: _example(mark, values), template)


def _example(mark: re.Match[str], values: Mapping[str, str]) -> str:
    name = _NAME.match(mark["field"] or "")
    value = values.get(name[1], "") if name else ""
    return value + "\n" * mark[0].count("\n")
