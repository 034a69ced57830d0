"""The invented contacts shipped beside an audience, to preview messages for."""

from scheduler.config.configuration import Configuration
from scheduler.domain.calendar.campaigns import Audience, Place
from scheduler.domain.calendar.holidays import known_territory
from scheduler.domain.errors import ImportRefused
from scheduler.domain.people.contacts import Row
from scheduler.domain.showing.desk import Reader
from scheduler.sources.contact_file import read


def sample_people(configuration: Configuration, audience: Audience) -> list[Reader]:
    """By name; nobody when there is no such file, or when it can't be taken in."""
    file = configuration.root / "audiences" / "samples" / f"{audience.source}.csv"
    if not file.is_file():
        return []
    try:
        batches = list(read(file, audience, known_territory=known_territory))
    except ImportRefused:
        return []
    rows = [row for batch in batches for row in batch if isinstance(row, Row)]
    return sorted((_reader(row) for row in rows), key=full_name)


def full_name(reader: Reader) -> str:
    """First name and name, as far as there are any; else what the file knows them by."""
    known = (reader.fields.get("prenom", ""), reader.fields.get("nom", ""))
    return " ".join(filter(None, known)) or reader.name


def _reader(row: Row) -> Reader:
    addresses = {"email": row.email.send_to if row.email else "", "phone": row.phone or ""}
    known = {name: address for name, address in addresses.items() if address}
    place = Place(zone=row.zone, territory=row.territory)
    return Reader(name=row.key, fields=row.fields, place=place, **known)
