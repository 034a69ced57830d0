"""What mail programs leave out, for the HTML and CSS that our layout uses.

Who supports what comes from Can I email (https://www.caniemail.com), read in its data of 2019 to
2024; the sentences on what is seen are ours. Where its tests disagree with one another, or nothing
can be said of what the reader sees, there is no note. Its data is under the MIT licence:

    MIT License. Copyright (c) 2019 HTeuMeuLeu

    Permission is hereby granted, free of charge, to any person obtaining a copy of this software
    and associated documentation files (the "Software"), to deal in the Software without
    restriction, including without limitation the rights to use, copy, modify, merge, publish,
    distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the
    Software is furnished to do so, subject to the following conditions:

    The above copyright notice and this permission notice shall be included in all copies or
    substantial portions of the Software.

    THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING
    BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND
    NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM,
    DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
    OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
"""

import re
from collections.abc import Sequence

from scheduler.domain.values import frozen

_SOURCE = "https://www.caniemail.com/features/"
_OUTLOOK = "Outlook pour Windows (2007 à 2019)"
#: Inside a style attribute.
_STYLED = r"<{tag}\b[^<>]*\sstyle=\"[^\"]*{css}"


@frozen
class Note:
    """One feature; ``seen`` is read by writers, in French."""

    feature: str
    #: Found in the HTML of a message that uses it.
    pattern: re.Pattern[str]
    #: The programs that leave it out, or most of it.
    without: Sequence[str]
    seen: str
    #: Its page at Can I email.
    page: str
    #: Month of its last test, as 2023-03.
    tested: str

    @property
    def address(self) -> str:
        return f"{_SOURCE}{self.page}/"


NOTES: Sequence[Note] = (
    Note(
        feature="<style>",
        pattern=re.compile(r"<style\b", re.IGNORECASE),
        without=("Gmail sur téléphone avec un compte d'un autre service", "SFR sur téléphone"),
        seen="Le style écrit dans chaque élément reste. Il manque l'adaptation au téléphone et le "
        "mode sombre.",
        page="html-style",
        tested="2019-06",
    ),
    Note(
        feature="@media (max-width)",
        pattern=re.compile(r"@media[^{]*\(\s*max-width", re.IGNORECASE),
        without=(
            *(_OUTLOOK, "Courrier de Windows", "Gmail dans un navigateur de téléphone"),
            *("Gmail sur téléphone avec un compte d'un autre service", "SFR sur téléphone"),
            *("Samsung Email avec un compte Outlook", "Thunderbird"),
        ),
        seen="Sur un petit écran, les marges et les titres gardent leur taille d'ordinateur.",
        page="css-at-media",
        tested="2023-12",
    ),
    Note(
        feature="@media (prefers-color-scheme)",
        pattern=re.compile(r"@media[^{]*prefers-color-scheme", re.IGNORECASE),
        without=(
            *("Gmail", _OUTLOOK, "Yahoo", "AOL", "Proton Mail", "Thunderbird"),
            *("GMX et WEB.DE dans un navigateur", "Orange sur Android", "SFR sur téléphone"),
        ),
        seen="En mode sombre, le message garde ses couleurs claires, ou prend celles que le "
        "logiciel choisit.",
        page="css-at-media-prefers-color-scheme",
        tested="2023-03",
    ),
    Note(
        feature="!important",
        pattern=re.compile(r"!important"),
        without=("Orange", "GMX et WEB.DE dans un navigateur"),
        seen="Les réglages du téléphone et du mode sombre cèdent à ceux de l'ordinateur en clair.",
        page="css-important",
        tested="2021-11",
    ),
    Note(
        feature="background-color: #…",
        pattern=re.compile(r"background-color:\s*#", re.IGNORECASE),
        without=("Orange", "GMX et WEB.DE dans un navigateur"),
        seen="Seules les couleurs qui ont un nom sont gardées : les fonds peuvent disparaître.",
        page="css-background-color",
        tested="2022-06",
    ),
    Note(
        feature="border-radius",
        pattern=re.compile(r"border-radius:", re.IGNORECASE),
        without=(_OUTLOOK, "Courrier de Windows", "Orange", "GMX et WEB.DE dans un navigateur"),
        seen="Les coins sont droits.",
        page="css-border-radius",
        tested="2024-04",
    ),
    Note(
        feature="max-width",
        pattern=re.compile(_STYLED.format(tag="div", css=r"max-width:\s*[1-9]"), re.IGNORECASE),
        without=(_OUTLOOK, "Courrier de Windows"),
        seen="La largeur n'est tenue que par le tableau réservé à Outlook (« if mso »).",
        page="css-max-width",
        tested="2020-01",
    ),
    Note(
        feature="margin: auto",
        pattern=re.compile(r"style=\"[^\"]*margin:[^;\"]*\bauto\b", re.IGNORECASE),
        without=(_OUTLOOK,),
        seen="La marge ne centre rien : seul un attribut « align » centre.",
        page="css-margin",
        tested="2019-10",
    ),
    Note(
        feature="padding, hors d'une cellule de tableau",
        pattern=re.compile(
            _STYLED.format(tag="(?:a|p|div|ul|ol|li|span)", css=r"padding:\s*[1-9]")
        ),
        without=(_OUTLOOK, "Courrier de Windows"),
        seen="Le bouton est plus serré autour de son texte.",
        page="css-padding",
        tested="2020-01",
    ),
    Note(
        feature="display: inline-block",
        pattern=re.compile(r"display:\s*inline-block", re.IGNORECASE),
        without=(_OUTLOOK, "Courrier de Windows"),
        seen="Le bouton suit la ligne comme un lien ordinaire ; sa cellule garde sa couleur.",
        page="css-display",
        tested="2021-12",
    ),
    Note(
        feature="::marker",
        pattern=re.compile(r"::marker"),
        without=("Gmail", "Outlook", "Mail.ru", "Orange sur Android", "SFR sur téléphone"),
        seen="Les numéros d'une liste ont la taille du texte.",
        page="css-pseudo-element-marker",
        tested="2024-01",
    ),
    Note(
        feature='role="presentation"',
        pattern=re.compile(r"<table\b[^<>]*\srole=\"presentation\"", re.IGNORECASE),
        without=("Yahoo", "AOL"),
        seen="Un lecteur d'écran peut annoncer les tableaux qui ne servent qu'à la mise en page.",
        page="html-role",
        tested="2019-06",
    ),
    Note(
        feature="lang",
        pattern=re.compile(r"<(?:html|div)\b[^<>]*\slang=\"", re.IGNORECASE),
        without=("Orange dans un navigateur", "GMX et WEB.DE dans un navigateur", "HEY"),
        seen="Un lecteur d'écran peut lire le message avec la voix d'une autre langue.",
        page="html-lang",
        tested="2022-06",
    ),
)
