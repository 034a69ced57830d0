"""A ledger of a hundred thousand people, made by the database itself in a second or two.

Nobody can be written to: what is sealed opens with no key. What is in it lies as in a ledger that
has sent for a year: most deliveries are sent, few wait, a few in a hundred people have refused.
"""

from sqlalchemy import Connection, text

from scheduler.store.schema.types import to_milliseconds
from tests.samples.ledger import DUE, MADE

PEOPLE = 100_000
#: Occurrences, each sent to everybody of one audience.
OCCURRENCES = 4
_NUMBERS = {
    "postgresql": """(
        SELECT g AS n, convert_to(lpad(g::text, 32, '0'), 'UTF8') AS own
        FROM generate_series(1, {people}) AS g) AS numbers""",
    "sqlite": """(
        SELECT n, CAST(printf('%032d', n) AS BLOB) AS own FROM (WITH RECURSIVE each(n) AS
        (SELECT 1 UNION ALL SELECT n + 1 FROM each WHERE n < {people}) SELECT n FROM each)
        ) AS numbers""",
}
_PEOPLE = """
INSERT INTO import (id, audience, file_hash, origin, basis, mode, at, finished_at, counts)
VALUES (1, 'staff', '', '', 'consent', 'add', {made}, {made}, '{{}}'),
       (2, 'patients', '', '', 'consent', 'add', {made}, {made}, '{{}}');
INSERT INTO address (id, kind, digest, key_id, sealed, fictional, destination, domain)
SELECT 2 * n, 'email', own, 'a', own, 0,
       CASE n % 4 WHEN 0 THEN 'orange' WHEN 1 THEN 'free' ELSE '' END, CAST(n % 500 AS TEXT)
FROM {numbers};
INSERT INTO address (id, kind, digest, key_id, sealed)
SELECT 2 * n + 1, 'phone', own, 'a', own FROM {numbers};
INSERT INTO contact (id, audience, source_key, email_id, phone_id, token, language, zone,
                     territory, active, segment, sealed, imported_at, import_id)
SELECT n, CASE n % 2 WHEN 0 THEN 'staff' ELSE 'patients' END, own, 2 * n, 2 * n + 1,
       CAST(n AS TEXT), 'fr', 'Europe/Paris', 'FR', CASE n % 50 WHEN 0 THEN 0 ELSE 1 END,
       '{{}}', own, {made}, 1 + n % 2
FROM {numbers};
INSERT INTO consent (contact_id, address_id, channel, act, wording, how, at, recorded_at,
                     import_id)
SELECT n, 2 * n + 1, 'sms', 'given', 'oui', 'papier', {made}, {made}, 1 FROM {numbers};
INSERT INTO suppression (address_id, contact_id, channel, scope, reason, route, at)
SELECT 2 * n, n, 'email', 'topics', 'opted-out', 'page', {made} FROM {numbers} WHERE n % 40 = 0;
INSERT INTO suppression (address_id, channel, scope, reason, route, at)
SELECT 2 * n, 'email', 'everything', 'bounced', 'provider', {made}
FROM {numbers} WHERE n % 100 = 0
"""
_SENT = """
INSERT INTO occurrence (id, campaign, episode, season, local_date, state)
VALUES ({one}, 'cybermois', 'e{one}', '2026', '2026-10-04', 'running');
INSERT INTO slot (id, occurrence_id, channel, audience, zone, territory, topic, due_at,
                  not_after, planned_at, state)
VALUES ({one}, {one}, 'email', 'staff', 'Europe/Paris', 'FR', 'october', {due}, {due}, {due},
        'planned');
INSERT INTO content (id, occurrence_id, channel, audience, variant, fingerprint, source)
VALUES ({one}, {one}, 'email', 'staff', 'fr', 'f{one}', '{{}}');
INSERT INTO delivery (occurrence_id, contact_id, channel, slot_id, batch, address_id,
                      content_id, basis, state, reason, at)
SELECT {one}, n, 'email', {one}, 1 + n / 1000, 2 * n, {one}, 'consent',
       CASE WHEN n % 40 = 0 THEN 'left-out' WHEN {one} = 4 AND n > 90000 THEN 'waiting'
            WHEN n % 1000 = 1 THEN 'uncertain' ELSE 'sent' END,
       CASE n % 40 WHEN 0 THEN 'opted-out' ELSE '' END, {due}
FROM {numbers};
INSERT INTO batch (slot_id, number, state, ready_at)
SELECT {one}, n, CASE WHEN {one} = 4 AND n > 90 THEN 'open' ELSE 'done' END, {due}
FROM {numbers} WHERE n <= 101
"""
_HEARD = """
INSERT INTO event (delivery_id, kind, at)
SELECT n, 'bounced', {due} FROM {numbers} WHERE n % 50 = 1
"""


def fill(connection: Connection, *, people: int = PEOPLE) -> None:
    """Into an empty ledger; the caller's transaction."""
    values = {
        "numbers": _NUMBERS[connection.dialect.name].format(people=people),
        "made": to_milliseconds(MADE),
        "due": to_milliseconds(DUE),
    }
    texts = [_PEOPLE, *(_SENT.replace("{one}", str(n + 1)) for n in range(OCCURRENCES)), _HEARD]
    for text_of in texts:
        for statement in text_of.format(**values).split(";"):
            connection.execute(text(statement))
