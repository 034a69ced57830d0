"""What ``check`` says of whom readers may call: nothing set, or a text that can't do without.

Advice alone: an installation that was set up before these keys goes on as it was. What will be a
fault says so.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from scheduler.config.configuration import Configuration
from scheduler.config.yaml_lines import read_yaml
from scheduler.content.fields import SUPPORT
from scheduler.content.folder import MessageFolder, Source
from scheduler.content.rules import calls
from scheduler.content.rules.passage import Passage, finding
from scheduler.domain.calendar.campaigns import People
from scheduler.domain.checking.findings import Finding
from scheduler.domain.drawings import WITHIN_THE_HOUR
from scheduler.domain.organisation import Organisation, in_language
from scheduler.flow.writing.ground import Ground

#: As config.yaml is shipped: nobody answers there.
SAMPLES = ("poste 4242, jour et nuit", "06 39 98 00 00, de 9 h à 17 h")
_IN_ENGLISH = ("extension 4242, day and night", "06 39 98 00 00, 9 am to 5 pm")
_SUPPORT_REMEDY = f'écrivez organisation.support: {{default: "{SAMPLES[0]}"}}'
_HELP_REMEDY = f'écrivez organisation.help: "{SAMPLES[1]}"'


@dataclass(frozen=True, kw_only=True)
class CallChecks:
    configuration: Configuration
    config_file: Path
    organisation: Organisation

    def settings(self) -> Iterator[Finding]:
        """What config.yaml doesn't say, and somebody would need to be told."""
        if not self.organisation.support.longest and self._writes_to(People.STAFF):
            yield self._missing(
                "organisation.support",
                "le personnel ne lit nulle part qui appeler, le jour et la nuit",
                _SUPPORT_REMEDY,
            )
        if not self.organisation.help and self._writes_to(People.PATIENTS):
            yield self._missing(
                "organisation.help", "les usagers ne lisent nulle part qui appeler", _HELP_REMEDY
            )
        yield from self._samples()
        yield from self._unknown_field()

    def english(self) -> Iterator[Finding]:
        """Lines that readers of English are told cut short, or in French."""
        ours = self.organisation
        lines = (
            ("support", ours.support.default, ours.support_en.default, "support: {default: %s}"),
            ("help", ours.help, ours.help_en, "help: %s"),
        )
        for (key, line, typed, keys), sample in zip(lines, _IN_ENGLISH, strict=True):
            told = in_language(line, "en")
            if typed or told == line:
                continue
            what = f"de « {line} », qui lit l'anglais ne lira que {told}"
            if line in told:
                what = f"qui lit l'anglais lira « {line} » tel quel, en français"
            remedy = "écrivez organisation.en: {" + keys % f'"{sample}"' + "}"
            yield self._missing(f"organisation.{key}", what, remedy)

    def _samples(self) -> Iterator[Finding]:
        """With a real provider, somebody would call them."""
        said = {
            "organisation.support": self.organisation.support.default,
            "organisation.help": self.organisation.help,
            "organisation.en.support": self.organisation.support_en.default,
            "organisation.en.help": self.organisation.help_en,
        }
        for key, line in said.items() if self._sends_really() else ():
            if line in (*SAMPLES, *_IN_ENGLISH):
                yield self._missing(
                    key, f"« {line} » est l'exemple livré, personne n'y répond", "donnez le vôtre"
                )

    def _unknown_field(self) -> Iterator[Finding]:
        """Lines by a field that nobody's file has are never read."""
        chosen = self.configuration.settings.organisation.support.by.etablissement
        audiences = [one for one in self.configuration.audiences if one.people is People.STAFF]
        known = any(field.name == "etablissement" for one in audiences for field in one.fields)
        if chosen and not known:
            yield self._missing(
                "organisation.support.by.etablissement",
                "aucun fichier du personnel n'a de champ etablissement : nul ne lira ces lignes",
                "déclarez le champ dans audiences/*.yaml, ou retirez ces lignes",
            )

    def _missing(self, key: str, what: str, remedy: str) -> Finding:
        document = read_yaml(self.config_file)
        path = tuple(key.split("."))
        line = document.line(path) or document.line(path[:1])
        return finding("help-line", self.config_file.name, line, f"{key} : {what}", remedy)

    def _writes_to(self, people: People) -> bool:
        return any(one.people is people for one in self.configuration.audiences)

    def _sends_really(self) -> bool:
        return self.configuration.settings.channels.reach_people


def without_number(ground: Ground, folder: MessageFolder, where: str) -> Iterator[Finding]:
    """« Dans l'heure » without a number."""
    if folder.path != WITHIN_THE_HOUR or ground.organisation.support.longest:
        return
    if ground.reaches_people or any(map(_needs_it, folder.sources)):
        yield finding(
            "help-line",
            where,
            None,
            "« dans l'heure » ne donne aucun numéro à appeler : organisation.support est vide. "
            "C'est un conseil dans cette version ; ce sera une faute dans la suivante",
            _SUPPORT_REMEDY,
        )


def _needs_it(source: Source) -> bool:
    passage = Passage(file=source.path, text=source.body)
    return any(name == SUPPORT for name, _ in calls.bare(passage))
