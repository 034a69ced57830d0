"""What ``message.yaml`` says of a message, checked key by key."""

import re
from collections.abc import Collection
from dataclasses import replace
from datetime import date

from scheduler.content.folder import (
    CalendarFile,
    Image,
    Kicker,
    MessageFolder,
    Placeholder,
    Source,
)
from scheduler.content.kickers import LONGEST as LONGEST_KICKER
from scheduler.content.twin_yaml import twins
from scheduler.content.wording import did_you_mean, one_line
from scheduler.content.yaml_text import Mapping
from scheduler.domain.addressees import Addressees
from scheduler.domain.channels import kind_of, known_kinds
from scheduler.domain.message import MessageClass, OnWeb

FIELD = re.compile(r"[a-z][a-z0-9_]*")
#: Every key, and what an editor says of it (``scheduler.content.schemas``).
KEYS = {
    "title": "Le titre du message, pour vous et pour le calendrier",
    "class": "Ce que le message est en droit : accord, oppositions et pied de page en dépendent",
    "credit": "À qui appartient l’idée ou le titre ; affiché en bas du courriel",
    "owner": "Qui, chez vous, s’occupe de ce texte",
    "reviewed_by": "Les personnes concernées qui ont relu la version facile à lire",
    "review_by": "Jusqu’à quand ces textes sont à jour (2027-09-01) ; passé ce jour, un conseil",
    "sourced": "true : ne part qu’avec l’adresse où son chiffre ou son actualité a été lu, sa date "
    "et son dernier jour (reference: dans config.yaml)",
    "channels": "Les canaux du message : email, sms",
    "placeholders": "Les cases à remplir dans la campagne",
    "calendar": "Le fichier d’agenda (.ics) que porte le message d’un événement",
    "approval": "true : une autre personne doit permettre chaque envoi",
    "web": "La version en ligne : listed (dans la liste publique), unlisted (à son adresse "
    "seulement), none (aucune page)",
    "image": "Le dessin du message : un fichier de _images, et les mots qui le disent dans chaque "
    "langue",
    "slogan": "Le slogan de la campagne, au-dessus du titre, et à qui il est",
    "kicker": "Une ligne à vous au-dessus du titre, dans chaque langue",
    "twin": "Ce que disent l’affiche, l’écran et la publication : trois points et une ligne, par "
    "public et par langue",
    "recipients": "À qui va chaque envoi : list (une liste donnée à l’envoi) ou audience",
}
REQUIRED = ("title", "class", "channels")
PLACEHOLDER_KEYS = {
    "label": "Ce qu’est la case, pour qui la remplit",
    "example": "Montré dans les aperçus",
    "default": "La remplit quand personne ne l’a fait",
    "required": "false : la case peut rester vide",
    "max_length": "Caractères, au plus : nécessaire dans un SMS",
}
PLACEHOLDER_REQUIRED = ("label", "example")
CALENDAR_KEYS = {
    "method": "publish met ou déplace le rendez-vous, cancel le retire",
    "summary": "Ce que montre l’agenda",
}
IMAGE_KEYS = {
    "file": "Le nom du dessin dans _images, sans .png",
    "fr": "Ce qu’il montre, pour qui ne le voit pas",
    "fr-falc": "La même chose, facile à lire ; sinon, les mots de fr",
    "en": "La même chose en anglais",
    "en-falc": "La même chose en anglais, facile à lire ; sinon, les mots de en",
}
SLOGAN_KEYS = {
    "text": "Le slogan, en français, tel que son auteur le dit",
    "credit": "À qui il est ; affiché en bas du courriel",
    "fr-falc": "Pour le facile à lire ; sinon, text",
    "en": "Pour l’anglais ; sans cette clé, l’anglais ne l’a pas",
    "en-falc": "Pour l’anglais facile à lire ; sinon, les mots de en",
}
KICKER_KEYS = {
    "fr": "Les mots, en français",
    "fr-falc": "Les mêmes, faciles à lire ; sinon, ceux de fr",
    "en": "Les mêmes en anglais ; sans cette clé, l’anglais n’en a pas",
    "en-falc": "Les mêmes en anglais, faciles à lire ; sinon, ceux de en",
}
#: Of a drawing's file, and the most that its words may hold (characters).
_IMAGE_NAME = re.compile(r"[a-z0-9-]{1,60}")
_LONGEST_WORDS = 200
METHODS = ("publish", "cancel")


def folder(message: str, head: Mapping, sources: tuple[Source, ...]) -> MessageFolder:
    """The folder of ``message``. Raises ContentError at the first fault of ``head``.

    Texts of a channel that it doesn't name stay aside; ``check_channels`` speaks of them.
    """
    head.only(*KEYS)
    found = MessageFolder(
        path=message,
        title=head.text("title"),
        message_class=_message_class(head),
        credit=head.text("credit", ""),
        owner=head.text("owner", ""),
        reviewed_by=head.text("reviewed_by", ""),
        review_by=_date(head, "review_by"),
        sourced=_yes_or_no(head, "sourced", default=False),
        channels=head.words("channels"),
        placeholders=_placeholders(head.mapping("placeholders")),
        sources=sources,
        calendar=_calendar(head.mapping("calendar")),
        image=_image(head.mapping("image")),
        kicker=_kicker(head),
        twins=twins(head.mapping("twin")),
        approval=_yes_or_no(head, "approval", default=False),
        recipients=_recipients(head),
        web=_web(head),
    )
    return replace(found, sources=tuple(one for one in sources if one.channel in found.channels))


def _message_class(head: Mapping) -> MessageClass:
    name = head.text("class")
    if name not in set(MessageClass):
        line, _ = head.entries["class"]
        raise head.fault(
            f"« {name} » n'est pas une classe", f"choisissez {', '.join(MessageClass)}", line
        )
    return MessageClass(name)


def _date(head: Mapping, name: str) -> date | None:
    written = head.text(name, "")
    if not written:
        return None
    try:
        return date.fromisoformat(written)
    except ValueError:
        line, _ = head.entries[name]
        raise head.fault(
            f"« {written} » n'est pas une date", f"écrivez {name}: 2027-09-01", line
        ) from None


def _web(head: Mapping) -> OnWeb:
    word = head.text("web", "")
    if word not in list(OnWeb):
        line, _ = head.entries["web"]
        raise head.fault(
            f"« {word} » ne dit pas où se lit la version en ligne",
            "choisissez listed, unlisted ou none",
            line,
        )
    return OnWeb(word)


def _recipients(head: Mapping) -> Addressees:
    word = head.text("recipients", "")
    if word not in list(Addressees):
        line, _ = head.entries["recipients"]
        raise head.fault(
            f"« {word} » ne dit pas à qui va le message", "choisissez list ou audience", line
        )
    return Addressees(word)


def _placeholders(head: Mapping) -> dict[str, Placeholder]:
    return {name: _placeholder(name, head) for name in head.entries}


def _placeholder(name: str, head: Mapping) -> Placeholder:
    line, _ = head.entries[name]
    if not FIELD.fullmatch(name):
        raise head.fault(
            f"« {name} » ne peut pas nommer un champ", "écrivez-le en a-z, 0-9 et _", line
        )
    one = head.mapping(name)
    one.only(*PLACEHOLDER_KEYS)
    length = one.text("max_length", "0")
    if not length.isascii() or not length.isdigit():
        raise one.fault("« max_length » attend un nombre", "écrivez max_length: 12")
    default = one.text("default", "")
    return Placeholder(
        name=name,
        label=one.text("label"),
        example=one.text("example"),
        default=default,
        required=_yes_or_no(one, "required", default="default" not in one.entries),
        max_length=int(length) or None,
    )


def _calendar(one: Mapping) -> CalendarFile | None:
    if not one.entries:
        return None
    one.only(*CALENDAR_KEYS)
    method = one.text("method")
    if method not in METHODS:
        raise one.fault(
            f"« {method} » ne dit pas ce que devient l'agenda", "choisissez publish ou cancel"
        )
    return CalendarFile(cancels=method == "cancel", summary=one.text("summary"))


def _image(one: Mapping) -> Image | None:
    if not one.entries:
        return None
    one.only(*IMAGE_KEYS)
    name = one.text("file")
    if not _IMAGE_NAME.fullmatch(name):
        raise one.fault(
            f"« {name} » ne nomme pas un dessin", "écrivez son nom sans .png, en a-z, 0-9 et -"
        )
    words = {key: one_line(one.text(key, "")) for key in IMAGE_KEYS if key != "file"}
    if long := next((key for key, said in words.items() if len(said) > _LONGEST_WORDS), ""):
        raise one.fault(
            f"les mots du dessin en « {long} » font {len(words[long])} caractères",
            f"restez à {_LONGEST_WORDS} au plus",
        )
    return Image(file=name, words={key: said for key, said in words.items() if said})


def _kicker(head: Mapping) -> Kicker | None:
    slogan, own = head.mapping("slogan"), head.mapping("kicker")
    if slogan.entries and own.entries:
        line, _ = head.entries["kicker"]
        raise head.fault(
            "une seule ligne se lit au-dessus du titre", "gardez slogan: ou kicker:", line
        )
    if slogan.entries:
        slogan.only(*SLOGAN_KEYS)
        others = {key: slogan.text(key, "") for key in SLOGAN_KEYS if key not in ("text", "credit")}
        words = {"fr": slogan.text("text"), **others}
        return Kicker(words=_short(slogan, words), credit=one_line(slogan.text("credit")))
    if own.entries:
        own.only(*KICKER_KEYS)
        return Kicker(words=_short(own, {key: own.text(key, "") for key in KICKER_KEYS}))
    return None


def _short(one: Mapping, words: dict[str, str]) -> dict[str, str]:
    said = {key: one_line(text).strip() for key, text in words.items()}
    if long := next((key for key, text in said.items() if len(text) > LONGEST_KICKER), ""):
        raise one.fault(
            f"la ligne au-dessus du titre en « {long} » fait {len(said[long])} caractères",
            f"restez à {LONGEST_KICKER} au plus",
        )
    return {key: text for key, text in said.items() if text}


def _yes_or_no(one: Mapping, name: str, *, default: bool) -> bool:
    word = one.text(name, "")
    if word not in ("", "true", "false"):
        raise one.fault(f"« {name} » attend true ou false", f"écrivez {name}: true")
    return word == "true" if word else default


def check_channels(folder: MessageFolder, head: Mapping, sources: Collection[Source]) -> None:
    """Raises ContentError where ``channels`` and the texts that are there don't agree.

    That keeps no other text from leaving: the readers of what is missing wait for it.
    """
    line, _ = head.entries["channels"]
    mediums = {*folder.channels, *(one.name for one in known_kinds())}
    written = {source.channel for source in sources} & mediums
    alone, left_out = set(folder.channels) - written, written - set(folder.channels)
    for channel in sorted(alone if left_out else ()):
        # « mail » for « email »: the name is at fault, and its text is there.
        if (meant := did_you_mean(channel, left_out)).startswith("vouliez"):
            raise head.fault(f"« {channel} » est dans channels mais n'a pas de texte", meant, line)
    for channel in sorted(alone | left_out):
        if channel in written:
            raise head.fault(
                f"« {channel} » a un texte mais n'est pas dans channels", f"ajoutez {channel}", line
            )
        raise head.fault(
            f"« {channel} » est dans channels mais n'a pas de texte",
            f"écrivez {channel}.fr.{kind_of(channel).ending}",
            line,
        )
