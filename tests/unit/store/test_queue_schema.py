"""The queue's tables come by our own migrations, which must bring what Procrastinate ships."""

from importlib.resources import files

from scheduler.store.setup import MIGRATIONS

PACKAGE = files("procrastinate") / "sql"
#: The whole of it, as the newest version that our migrations bring has it.
CARRIED = MIGRATIONS / "procrastinate" / "3.10.0.sql"
#: How many migrations of its own that version ships, and the newest of them.
KNOWN = (38, "03.04.00_50_post_add_retry_failed_job_procedure.sql")
REMEDY = (
    "Procrastinate has changed its schema. Put the SQL of its new files under sql/migrations into "
    "scheduler/store/migrations/procrastinate/, and make them a migration of ours after the newest "
    "in versions/: the _pre_ files now, the _post_ files in a later release (docs/adr/0010). Then "
    "keep its whole schema.sql beside them for this test, and name here what it ships now."
)


def test_the_ledger_gets_the_tables_that_the_installed_procrastinate_works_on() -> None:
    shipped = (PACKAGE / "schema.sql").read_text(encoding="utf-8")

    licence, _, ours = CARRIED.read_text(encoding="utf-8").partition("-- Procrastinate Schema\n")

    assert f"-- Procrastinate Schema\n{ours}" == shipped, REMEDY
    assert all(line.startswith("--") for line in licence.splitlines())
    assert "MIT License" in licence


def test_procrastinate_has_no_migration_that_no_migration_of_ours_brings() -> None:
    shipped = sorted(
        file.name for file in (PACKAGE / "migrations").iterdir() if file.name.endswith(".sql")
    )

    assert (len(shipped), shipped[-1]) == KNOWN, REMEDY
