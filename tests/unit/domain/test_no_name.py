"""Cells under a name's column that name nobody, and names that only look odd."""

import pytest

from scheduler.domain.people.no_name import is_no_name


@pytest.mark.parametrize(
    "cell",
    [
        *("Fran?oise", "Ren?", "H?l?ne", "Fran├ºoise", "Fran√ßoise", "Ren‚", "H‚lŠne"),
        *("Fran&ccedil;oise", "Zo&#233;", "Fran=C3=A7oise", "Fran%C3%A7oise", "Fran\\u00e7oise"),
        *(
            "{{ prenom }}",
            "{{contact.prenom}}",
            "${prenom}",
            "«PRENOM»",
            "<Prénom>",
            "[[first name]]",
        ),
        *("#REF!", "#N/A", "#VALEUR!", "N/A", "n.c.", "-", "--", ".", "***", "s/o"),
        *("NULL", "null", "None", "NaN", "undefined", "(vide)", "xxx", "Prénom", "Inconnu(e)"),
        *("non renseigné", "Non communiqué", "SANS PRÉNOM", "Néant", "unknown", "[vide]"),
    ],
)
def test_no_name(cell: str) -> None:
    assert is_no_name("prenom", cell)


@pytest.mark.parametrize(
    "cell",
    [
        *("Zoé", "ZOE", "J.-P.", 'Jean "Jeannot"', "Marie-Noëlle", "d’Aubigné", "D'ORNANO", "Na"),
        *("Anne & Paul", "Jean (Jeannot)", "Ng", "O", "Лена", "ليلى", "美玲", "Nan Nan", "Zoé 2"),
        # Odd, hostile perhaps, and somebody's all the same: they come out inert.
        *("<b>Zoé</b>", "{{ 7*7 }}", "<script>alert(1)</script>", "Zoé\\nPetit", "=1+1", "a&lt;b"),
        *(
            "<img src=x onerror=document.title=`pwned`>",
            "{% raw %}",
            "%3Cscript%3E",
            "#Zoé",
            "**Zoé**",
        ),
        *("Xavier", "Nova", "Vidéline", "Testa", "Ana-Ïs", "Jean/Paul", "Loïc « Lolo »", "Nil-Can"),
    ],
)
def test_a_name(cell: str) -> None:
    assert not is_no_name("prenom", cell)


@pytest.mark.parametrize("family", ["Null", "NAN", "Vide", "Test", "None"])
def test_families_are_called_so(family: str) -> None:
    assert not is_no_name("nom", family)
