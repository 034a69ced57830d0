"""Reading audiences/*.yaml: who can be written to, on what grounds, on which channels."""

import re
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints, ValidationError

from scheduler.config import faults, sundays
from scheduler.config.audience_people import people_of
from scheduler.config.checks import ZoneName
from scheduler.config.sections.section import FormerNames, Name, Section
from scheduler.config.settings import Settings
from scheduler.config.sundays import SundayFile, sunday_as_typed
from scheduler.config.yaml_lines import Document, read_yaml
from scheduler.domain.calendar.campaigns import Audience, AudienceField, People
from scheduler.domain.calendar.holidays import known_territory
from scheduler.domain.consent.grounds import Basis
from scheduler.domain.errors import ConfigError, Fault

FieldName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
_SHIFT = re.compile(r"none|(monday|saturday|sunday)(-([01]\d|2[0-3]):[0-5]\d)?")


def _shift_rule(value: str) -> str:
    if not _SHIFT.fullmatch(value):
        raise ValueError("no such rule — write none, monday, saturday, sunday, or monday-08:30")
    return value


ShiftRule = Annotated[str, AfterValidator(_shift_rule)]
#: Columns every audience's file may have; no field may take their names.
RESERVED_FIELDS = frozenset(
    {"email", "phone", "language", "easy_to_read", "zone", "territory", "organisation", "site"}
    | {"contact", "audience", "page_aide", "snippet", "assistance", "aide_patients"}
    | {"hote"}
)


class ChannelTermsFile(Section):
    basis: Basis = Field(description="Legal ground for writing on this channel.")


class AudienceFieldFile(Section):
    label: str = Field(description="Name of the field in French, for people.")
    type: Literal["text", "date", "yes-no"] = Field(default="text", description="What it holds.")
    segment: bool = Field(default=False, description="Kept in clear, so that a rule can use it.")
    person_name: bool | None = Field(
        default=None,
        description="Part of a person's name, by which an import knows that a key was given to "
        "somebody else; absent: where the field's own name or label says so (nom, prenom).",
    )


class AudienceFile(Section):
    label: str = Field(description="Name of the audience in French.")
    of: Name | None = Field(default=None, description="Select from this audience's contacts.")
    was: FormerNames | None = Field(
        default=None,
        description="Its former name, or names, the oldest first: its contacts stay its own; [] "
        "says that it is a new one.",
    )
    people: Literal["staff", "patients"] | None = Field(
        default=None,
        description="Who they are, for the rules that tell them apart: staff or patients; absent: "
        "that of its source, else by its name (personnel, usagers…).",
    )
    key: FieldName = Field(default="email", description="Column that identifies a person.")
    channels: dict[Name, ChannelTermsFile] = Field(description="Media, with the legal ground.")
    shift: dict[Name, ShiftRule] = Field(
        default_factory=lambda: {"sms": "monday"},
        description="Where a Sunday's messages go, by channel: none, monday, saturday, with a "
        "local time if wanted (monday-08:30). For SMS, none means no SMS.",
    )
    sunday: Annotated[SundayFile | None, BeforeValidator(sunday_as_typed)] = Field(
        default=None,
        description="Patients alone: tolerated lets their SMS leave on Sundays and holidays, from "
        "10:00 to 18:00, with the name and the date of who decided; absent or never: closed.",
    )
    fields: dict[FieldName, AudienceFieldFile] = Field(
        default_factory=dict, description="Columns that messages and rules may use."
    )
    language: str = Field(default="fr", pattern=r"^[a-z]{2}$", description="Default language.")
    zone: ZoneName = Field(default="Europe/Paris", description="Default time zone.")
    territory: str = Field(default="FR", description="Default territory, for public holidays.")
    minimum_age: int = Field(
        default=15,
        ge=0,
        le=120,
        description="A row whose date of birth says that the person is younger is left aside; 0: "
        "none for their age. Your DPO decides.",
    )
    consent_since: date = Field(
        default=date(2004, 6, 21),
        description="No agreement is older: a date of consent before it, or after today, is no "
        "proof. Your organisation's founding, say.",
    )
    rule: dict[FieldName, list[str]] = Field(
        default_factory=dict, description="Segment field and its accepted values; all must hold."
    )


def load_audiences(
    folder: Path, settings: Settings, config: Document
) -> tuple[list[Audience], list[Fault]]:
    """The audiences named by config.yaml, in its order, and everything wrong with them."""
    read: dict[str, tuple[AudienceFile, Document]] = {}
    found: list[Fault] = []
    for position, name in enumerate(settings.audiences):
        path = folder / f"{name}.yaml"
        if not path.is_file():
            key = ("audiences", str(position))
            what = f"there is no audience {name!r}"
            found.append(faults.at(config, key, what, f"write {path}, or remove the name"))
            continue
        try:
            document = read_yaml(path)
            read[name] = AudienceFile.model_validate(document.data), document
        except ConfigError as broken:
            found += broken.faults
        except ValidationError as invalid:
            found += faults.from_validation(invalid, document, {}, model=AudienceFile)
    for name, (file, document) in read.items():
        found += _between_keys(
            name, file, document, {other: one for other, (one, _) in read.items()}
        )
        found += sundays.check_hours(file, document, settings)
        found += sundays.check(file, document, _people(name, file, read), settings)
    return [_audience(name, file, read, settings) for name, (file, _) in read.items()], found


def _between_keys(
    name: str, file: AudienceFile, document: Document, all_files: dict[str, AudienceFile]
) -> list[Fault]:
    found = []
    source = all_files.get(file.of) if file.of else file
    if source is None or (file.of and source.of):
        remedy = "name an audience of config.yaml that has contacts of its own"
        found.append(faults.at(document, ("of",), f"{file.of!r} has no contacts", remedy))
        source = file
    for field in file.rule:
        declared = source.fields.get(field)
        if declared is None or not declared.segment:
            what = f"{field!r} is no segment field of {file.of or name!r}"
            remedy = "declare it under fields with segment: true"
            found.append(faults.at(document, ("rule", field), what, remedy))
    for field in RESERVED_FIELDS & set(file.fields):
        remedy = "choose another name; this one is the program's own"
        found.append(faults.at(document, ("fields", field), "is a reserved name", remedy))
    if not known_territory(file.territory):
        remedy = "use FR, a department such as 57, or 971 to 976, BL, MF, NC, PF, WF"
        found.append(faults.at(document, ("territory",), "is no known territory", remedy))
    if file.shift.get("email", "none").startswith("saturday"):
        what = "e-mail shifts to monday or not at all"
        found.append(faults.at(document, ("shift", "email"), what, "use none or monday"))
    return found


def _audience(
    name: str,
    file: AudienceFile,
    read: dict[str, tuple[AudienceFile, Document]],
    settings: Settings,
) -> Audience:
    source = read[file.of][0] if file.of in read else file
    return Audience(
        name=name,
        label=file.label,
        # Contacts are sealed under the name they came in by: that one is theirs for good.
        source=source.was[0] if source.was else file.of or name,
        was=tuple(file.was or ()),
        is_new=file.was is not None and not file.was,
        key=source.key,
        channels={
            channel: sundays.terms_of(terms.basis, sundays.shift_of(file, channel))
            for channel, terms in file.channels.items()
        },
        fields=tuple(
            AudienceField(
                name=field,
                label=one.label,
                type=one.type,
                segment=one.segment,
                person_name=one.person_name,
            )
            for field, one in source.fields.items()
        ),
        language=source.language,
        zone=source.zone,
        territory=source.territory,
        minimum_age=source.minimum_age,
        consent_since=source.consent_since,
        rule={field: tuple(values) for field, values in file.rule.items()},
        people=_people(name, file, read),
        sunday=sundays.word_of(file.sunday, settings),
    )


def _people(
    name: str, file: AudienceFile, read: dict[str, tuple[AudienceFile, Document]]
) -> People:
    source = read[file.of][0] if file.of in read else file
    names = (name, file.of or "", *(file.was or ()), *(source.was or ()))
    return people_of(file.people or source.people, names)
