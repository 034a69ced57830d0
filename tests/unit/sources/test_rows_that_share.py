"""What is remembered of one row changes nothing of what another gives."""

from hypothesis import given
from hypothesis import strategies as st

from scheduler.domain.calendar.campaigns import Audience, AudienceField, ChannelTerms
from scheduler.domain.calendar.holidays import known_territory
from scheduler.sources.columns.matching import match_columns
from scheduler.sources.rows import RowReader

HEADER = ["reference", "prenom", "email", "telephone", "consent_date", "consent_how"]
HEADER += ["consent_wording"]
PATIENTS = Audience(
    name="patients",
    label="Usagers",
    source="patients",
    key="reference",
    channels={"email": ChannelTerms(basis="consent"), "sms": ChannelTerms(basis="consent")},
    fields=(AudienceField(name="prenom", label="Prénom"),),
)
CELLS = (
    st.sampled_from(["R-1", "00123", "’R-2", '="7"', "Ã©", "R\u200b3", ""]),
    st.sampled_from(["Zoé", "Anne", "N’Diaye", "ZoÃ©", "A\u00a0B", "'Zoé", '="Zoé"', "\x07", ""]),
    st.sampled_from(["a@example.org", "’a@example.org", "é@example.org", "a@exam\u200bple.org"]),
    st.sampled_from(["", "06 39 98 00 01", "'0639980001", "+33\u00a06 39 98 00 02", "33639980003"]),
    st.sampled_from(["2026-01-05", "45992", "hier", ""]),
    st.sampled_from(["formulaire", "page d’inscription", "l'accueil", ""]),
    st.sampled_from(["J’accepte.", "J'accepte", "dâ€™accord", "oui\u00a0!", ""]),
)


def reader(encoding: str) -> RowReader:
    columns = match_columns(
        HEADER, PATIENTS, where="x", line=1, samples=[], known_territory=known_territory
    )
    return RowReader(PATIENTS, columns, known_territory, encoding=encoding)


@given(st.lists(st.tuples(*CELLS), max_size=12), st.sampled_from(["", "cp1252"]))
def test_rows_read_after_others_are_read_as_if_alone(
    rows: list[tuple[str, ...]], encoding: str
) -> None:
    one = reader(encoding)

    together = [one.read(2, list(row)) for row in rows]

    assert together == [reader(encoding).read(2, list(row)) for row in rows]
