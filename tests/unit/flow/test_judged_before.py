"""What a judgement depends on, and what it doesn't: a kept answer is never another text's."""

import sys
from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from importlib.metadata import packages_distributions
from pathlib import Path
from subprocess import run
from typing import Any

import pytest

from scheduler.config.loading import load
from scheduler.content import judging_code
from scheduler.content.rules.table import RULES
from scheduler.domain.calendar.channel_hours import SMS_HOURS
from scheduler.domain.channels import ChannelKind, know
from scheduler.domain.checking.findings import Finding, Hold
from scheduler.domain.message import AddressKind
from scheduler.domain.organisation import File
from scheduler.flow.writing import judging, marks
from scheduler.flow.writing.ground import Ground, Grounds
from scheduler.flow.writing.judging import Judge, JudgeAway
from scheduler.flow.writing.marks import NO_USE, Marks
from tests.checking_world import judged_here
from tests.flow_world import EVENT, MESSAGES, SERIES, edit, write_installation
from tests.shipped import ROOT

NOW = datetime(2026, 9, 1, 8, tzinfo=UTC)
#: Nobody answers: only what is kept can be told.
NOBODY = (sys.executable, "-c", "import sys; sys.exit(1)")
LETTER = "essai/email.fr.md"
SHORTENED = MESSAGES[LETTER] + "\nVoyez https://bit.ly/x.\n"


def _mark(
    config: Path, environment: Mapping[str, str] | None = None, message: str = "essai"
) -> str:
    return Marks().of(load(config, environment or {}), message, NOW.date(), None).digest


@pytest.fixture
def judge() -> Iterator[Judge]:
    made = Judge()
    yield made
    made.close()


@pytest.fixture
def after_a_start() -> Judge:
    """Another process's, which finds nobody who judges."""
    return Judge(command=NOBODY)


def test_a_fault_that_holds_is_told_again_after_a_start(
    tmp_path: Path, judge: Judge, after_a_start: Judge
) -> None:
    config = load(write_installation(tmp_path, SERIES, {LETTER: SHORTENED}), {})
    found = judge.of_message(config, "essai", NOW)
    leaving = judge.of_message(config, "essai", NOW, ("cybermois", "un"))
    shared = judge.of_message(config, "", NOW, NO_USE)

    assert {one.hold for one in found} - {Hold.NO}
    assert after_a_start.of_message(config, "essai", NOW) == found
    assert after_a_start.of_message(config, "essai", NOW, ("cybermois", "un")) == leaving
    assert after_a_start.of_message(config, "", NOW, NO_USE) == shared


def test_a_folder_with_a_name_serves_several_installations(
    tmp_path: Path, judge: Judge, after_a_start: Judge
) -> None:
    environment = {"REFLEXE_CHECK__FOLDER": str(tmp_path / "found")}
    here, there = (
        load(write_installation(tmp_path / name, SERIES, {LETTER: SHORTENED}), environment)
        for name in ("here", "there")
    )

    found = judge.of_message(here, "essai", NOW)

    assert found
    assert after_a_start.of_message(there, "essai", NOW) == found
    assert not (tmp_path / "here" / "var").exists()


def test_what_was_found_may_be_disbelieved(tmp_path: Path, judge: Judge) -> None:
    config = load(write_installation(tmp_path, SERIES), {})
    judge.of_message(config, "essai", NOW)

    with pytest.raises(JudgeAway):
        Judge(command=NOBODY, believes=False).of_message(config, "essai", NOW)


@pytest.mark.parametrize(
    "path",
    ["essai/email.fr.md", "essai/message.yaml", "_snippets/pied.fr.md", "_layouts/email.html"],
)
def test_an_edit_is_judged_anew(tmp_path: Path, path: str) -> None:
    config = write_installation(tmp_path, SERIES)
    before = _mark(config)
    file = tmp_path / "templates" / path
    file.write_text(file.read_text(encoding="utf-8") + "\n", encoding="utf-8")

    assert _mark(config) != before


def test_a_file_more_or_less_is_judged_anew(tmp_path: Path) -> None:
    config = write_installation(tmp_path, SERIES)
    before = _mark(config)
    (tmp_path / "templates/essai/sms.fr.txt").rename(tmp_path / "templates/essai/sms.en.txt")

    assert _mark(config) != before


def test_a_file_that_cannot_be_read_is_no_empty_one(tmp_path: Path) -> None:
    config = write_installation(tmp_path, SERIES)
    text = tmp_path / "templates/essai/sms.fr.txt"
    text.write_bytes(b"")
    before = _mark(config)
    text.unlink()
    text.symlink_to("/proc/self/mem")  # opens, and can't be read from its beginning

    assert _mark(config) != before


#: Every key that a judgement reads, each by another value than its own.
READ: Mapping[str, Mapping[str, str]] = {
    "organisation.name": {"ORGANISATION__NAME": "Autre"},
    "organisation.address": {"ORGANISATION__ADDRESS": "2 rue"},
    "organisation.contact": {"ORGANISATION__CONTACT": "autre@example.org"},
    "organisation.dpo": {"ORGANISATION__DPO": "autre@example.org"},
    "organisation.site": {"ORGANISATION__SITE": "https://autre.example.org"},
    "organisation.privacy_url": {"ORGANISATION__PRIVACY_URL": "https://www.example.org/p"},
    "organisation.link_domains": {"ORGANISATION__LINK_DOMAINS": '["autre.example.org"]'},
    "organisation.images": {"ORGANISATION__IMAGES": "false"},
    "organisation.help": {"ORGANISATION__HELP": "poste 1"},
    "organisation.support": {"ORGANISATION__SUPPORT__DEFAULT": "poste 2"},
    "organisation.support.by": {"ORGANISATION__SUPPORT__BY__ETABLISSEMENT": '{"A": "poste 3"}'},
    "organisation.en.help": {"ORGANISATION__EN__HELP": "extension 1"},
    "organisation.en.support": {"ORGANISATION__EN__SUPPORT__DEFAULT": "extension 2"},
    "organisation.sms_name": {"ORGANISATION__SMS_NAME": "CH Essai"},
    "retention.contacts_years": {"RETENTION__CONTACTS_YEARS": "2"},
    "organisation.notice": {"ORGANISATION__NOTICE": "full"},
    "organisation.notice_version": {"ORGANISATION__NOTICE_VERSION": "2026-09"},
    "host.name": {"HOST__NAME": "Autre Hote"},
    "host.credit": {"HOST__CREDIT": "Autre"},
    "web.public_url": {"WEB__PUBLIC_URL": "https://autre.example.org"},
    "web.short_url": {"WEB__SHORT_URL": "https://s.example.org"},
    "time_zone": {"TIME_ZONE": "Indian/Reunion"},
    "channels.email.from": {"CHANNELS__EMAIL__FROM": "Autre <autre@example.org>"},
    "channels.email.reply_to": {"CHANNELS__EMAIL__REPLY_TO": "autre@example.org"},
    "channels.email.return_path_domain": {"CHANNELS__EMAIL__RETURN_PATH_DOMAIN": "a.example.org"},
    "channels.email.provider": {
        "CHANNELS__EMAIL__PROVIDER": "smtp",
        "CHANNELS__EMAIL__SMTP__HOST": "smtp.example.org",
    },
    "channels.sms.sender": {"CHANNELS__SMS__SENDER": "AUTRE"},
    "audiences": {"AUDIENCES": '["staff"]'},
}


@pytest.mark.parametrize("key", READ)
def test_each_setting_that_texts_are_judged_on_counts(tmp_path: Path, key: str) -> None:
    config = write_installation(tmp_path, SERIES)
    environment = {f"REFLEXE_{name}": value for name, value in READ[key].items()}

    assert _mark(config, environment) != _mark(config)


#: What is everybody's own.
NOT_READ = {
    "DATABASE__URL": "postgresql+psycopg://u:secret@db/name",
    "KEYS__FILE": "elsewhere/keys.json",
    "WEB__PUBLIC_BIND": "127.0.0.1:9999",
    "WEB__DESK_BIND": "127.0.0.1:9998",
    "WEB__DESK_TOKEN": "a-secret-that-is-long-enough-for-a-desk",
    "OUTBOX__PATH": "elsewhere",
    "OPTOUT__JOURNAL": "elsewhere/journal",
    "DAEMON__GRACE_SECONDS": "3",
    "ALARMS__MAIL_TO": "operateur@example.org",
    "LOG__FORMAT": "json",
    "CHECK__FOLDER": "elsewhere/found",
}


@pytest.mark.parametrize("name", NOT_READ)
def test_what_no_text_is_judged_on_does_not_count(tmp_path: Path, name: str) -> None:
    config = write_installation(tmp_path, SERIES)

    assert _mark(config, {f"REFLEXE_{name}": NOT_READ[name]}) == _mark(config)


def test_where_and_when_the_files_lie_does_not_count(tmp_path: Path) -> None:
    here, there = (write_installation(tmp_path / name, EVENT) for name in ("here", "there"))
    edit(there, "audiences:", "log: {format: json}\naudiences:")
    edit(there, "log: {format: json}\n", "")

    assert _mark(here) == _mark(there)


def test_every_value_that_is_handed_over_is_in_the_digest(tmp_path: Path) -> None:
    """Whatever the process that judges is given: nothing else of a configuration reaches it."""
    configuration = load(write_installation(tmp_path, EVENT), {})
    ground = Grounds.of(configuration).of_message("essai")
    assert ground.lines is not None
    other: dict[str, Any] = {
        "file": "autre.yaml",
        "organisation": replace(ground.organisation, name="Autre"),
        "links": replace(ground.links, joining=True),
        "email_sender": replace(ground.email_sender, sender="Autre <a@example.org>"),
        "sms_sender": "AUTRE",
        "sms_name": "Autre",
        "host": replace(ground.host, name="Autre"),
        "notice_version": "2026-09",
        "reaches_people": True,
        "time_zone": "Indian/Reunion",
        "audiences": ground.audiences[:1],
        "campaigns": (replace(ground.campaigns[0], place="Salle 1"),),
        "parents": {"service": "staff"},
        "channels": (ChannelKind(name="papier", address_kind=AddressKind.EMAIL, hours=SMS_HOURS),),
        "lines": replace(ground.lines, at={**ground.lines.at, ("campaigns",): 99}),
    }

    assert {one.name for one in fields(Ground)} == set(other)
    for name, value in other.items():
        assert replace(ground, **{name: value}).digest() != ground.digest(), name


def test_a_logo_counts_by_its_octets(tmp_path: Path) -> None:
    ground = Grounds.of(load(write_installation(tmp_path), {})).of_message("essai")

    def with_logo(body: bytes) -> bytes:
        logo = File(content_type="image/png", name="logo.png", body=body)
        return replace(ground, organisation=replace(ground.organisation, logo=logo)).digest()

    assert with_logo(b"a") == with_logo(b"a")
    assert len({ground.digest(), with_logo(b"a"), with_logo(b"b")}) == 3


def test_what_has_no_digest_is_refused(tmp_path: Path) -> None:
    """A value that another process would print otherwise must not pass for the same."""
    ground = Grounds.of(load(write_installation(tmp_path), {})).of_message("essai")
    unordered: Any = {"staff", "patients"}

    with pytest.raises(TypeError, match="set has no digest"):
        replace(ground, parents=unordered).digest()


def test_a_campaign_counts_for_its_own_messages(tmp_path: Path) -> None:
    other = {
        path.replace("essai/", "autre/"): text for path, text in MESSAGES.items() if "essai" in path
    }
    config = write_installation(tmp_path, EVENT, other)
    before = _mark(config), _mark(config, message="autre"), _mark(config, message="")

    edit(config, "topic: events", "topic: events\n    place: Salle 1")
    after = _mark(config), _mark(config, message="autre"), _mark(config, message="")

    assert [one == other for one, other in zip(before, after, strict=True)] == [False, True, True]


def test_the_lines_of_a_campaign_count(tmp_path: Path) -> None:
    config = write_installation(tmp_path, EVENT)
    before = _mark(config)
    edit(config, "campaigns:\n", "campaigns:\n# moved down\n")

    assert _mark(config) != before


def test_the_day_counts_for_advice_alone(tmp_path: Path) -> None:
    configuration = load(write_installation(tmp_path, SERIES), {})
    of, today = Marks().of, NOW.date()

    def mark(day: date | None) -> str:
        return of(configuration, "essai", day, None).digest

    assert mark(today) != mark(today + timedelta(days=1))
    assert RULES["expired-date"].hold is Hold.NO


def test_only_dates_ask_for_the_day(tmp_path: Path) -> None:
    """Whatever holds a shipped text holds it on any day."""
    text = MESSAGES[LETTER] + "\nLe 5 mars 2026, lundi prochain, voyez https://bit.ly/x.\n"
    config = write_installation(tmp_path, SERIES, {LETTER: text})
    then, later = (_held(config, NOW + timedelta(days=days)) for days in (0, 4_000))

    assert then
    assert then == later


def test_another_program_judges_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = write_installation(tmp_path, SERIES)
    before = _mark(config)
    monkeypatch.setattr(judging_code, "digest", lambda: "another")

    assert _mark(config) != before


def test_the_program_is_its_files_and_its_libraries() -> None:
    """Whatever the process that judges has loaded is in its digest."""
    code = "import sys; import scheduler.flow.writing.judging_child; print(*sys.modules)"
    told = run([sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True)
    loaded = told.stdout.split()
    ours = {name.split(".")[1] for name in loaded if name.startswith("scheduler.")}
    known = packages_distributions()
    libraries = {
        one
        for name in loaded
        if "." not in name and name not in sys.stdlib_module_names
        for one in known.get(name, [])
    }
    # These read config.yaml: what they made of it is in the digest of its values. Or they are
    # there for how Python starts, or for what types say.
    beside = {"pydantic", "pydantic_core", "annotated-types", "typing-inspection", "six"}
    beside |= {"setuptools", "typing_extensions"}

    assert ours - {"log"} <= set(judging_code._ROOMS)
    assert libraries - beside <= set(judging_code.LIBRARIES)
    assert judging_code.digest()


def test_no_other_file_is_read_than_those_that_count(tmp_path: Path) -> None:
    """Every shipped text, and a faulty one, judged under an audit hook."""
    write_installation(tmp_path, SERIES, {LETTER: SHORTENED})
    code = f"""
import sys
opened = set()
def heard(event, args):
    if event in ("open", "os.listdir", "os.scandir") and isinstance(args[0], (str, bytes)):
        opened.add(str(args[0]))
sys.addaudithook(heard)
from pathlib import Path
from datetime import date
from dataclasses import replace
from scheduler.config.loading import load
from scheduler.content.proving_child import compose
from scheduler.flow.writing.checking import Checker
from scheduler.flow.writing.ground import Grounds
from scheduler.flow.writing.passages import with_passages
for root, some in (({str(tmp_path)!r}, ("essai",)), ({str(ROOT)!r}, {SOME!r})):
    configuration = load(Path(root) / "config.yaml", {{}})
    grounds = Grounds.of(configuration)
    for message in ("", *some):
        ground = grounds.of_message(message)
        checker = Checker(ground=ground, templates=configuration.templates,
                          today=date(2026, 9, 1), prove=compose)
        opened.clear()
        found = checker.message(message) if message else checker.shared()
        with_passages(found, configuration.root, {{"config.yaml": ground.lines.text()}})
        for one in opened:
            if one.startswith(root):
                print(message, one.removeprefix(root + "/"))
"""
    told = run([sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True)
    read = [line.partition(" ")[::2] for line in told.stdout.splitlines()]

    assert len({message for message, _ in read}) == 1 + len({"essai", *SOME})
    for message, path in read:
        folder = path.removeprefix("templates/").rpartition("/")[0]
        whole = path.removeprefix("templates/")
        allowed = {*marks._SHARED, message} if message else {*marks._SHARED}
        assert folder in allowed or whole in allowed, (message, path)


SOME = ("cybermois/annonce", "rappels/12-dans-l-heure", "evenements/webinaire/invitation")


@pytest.mark.parametrize(
    ("ending", "kept"), [("", True), ("touch", False), ("away and back", False)]
)
def test_what_is_edited_while_it_is_judged_is_not_kept(
    tmp_path: Path, judge: Judge, ending: str, kept: bool
) -> None:
    """Of which words the answer is, nobody can tell."""
    config = load(write_installation(tmp_path, SERIES), {})
    text = tmp_path / "templates" / LETTER

    class Slow(Judge):
        __slots__ = ()

        def _ask(self, request: bytes) -> tuple[dict[str, Any] | None, str]:
            answer, was = judge._ask(request), text.read_bytes()
            if ending:
                text.write_bytes(was + (b"" if ending == "touch" else b"!"))
            if ending == "away and back":
                text.write_bytes(was)
            return answer

    Slow().of_message(config, "essai", NOW)

    assert config.kept_findings.exists() is kept


def test_a_text_that_costs_too_much_is_tried_again_after_a_start(tmp_path: Path) -> None:
    config = load(write_installation(tmp_path, SERIES), {})
    # It has heard what it is asked: a pipe that breaks before is no text's fault.
    hears = "sys.stdin.buffer.read(int.from_bytes(sys.stdin.buffer.read(8), 'big'))"
    at = '{"at": "templates/essai/email.fr.md"}'
    ends = f"import sys; {hears}; print({at!r}, flush=True); sys.exit(1)"
    judge = Judge(command=(sys.executable, "-c", ends))

    found = judge.of_message(config, "essai", NOW)

    assert judging.COSTLY in {one.rule for one in found}
    assert not config.kept_findings.exists()


def test_an_answer_of_another_program_is_not_kept(tmp_path: Path) -> None:
    """A child that was started from newer files than its parent."""
    config = load(write_installation(tmp_path, SERIES), {})
    newer = (
        "import sys; n = int.from_bytes(sys.stdin.buffer.read(8), 'big')\n"
        "sys.stdin.buffer.read(n)\n"
        'print(\'{"findings": [], "by": "newer"}\', flush=True); sys.stdin.buffer.read()'
    )
    judge = Judge(command=(sys.executable, "-c", newer))

    assert list(judge.of_message(config, "essai", NOW)) == []
    judge.close()
    assert not config.kept_findings.exists()


def test_a_channel_of_ones_own_is_known_to_who_judges(tmp_path: Path, judge: Judge) -> None:
    """Its letters are letters there too."""
    know([ChannelKind(name="papier", address_kind=AddressKind.EMAIL, ending="md", suffix=False)])
    head = MESSAGES["essai/message.yaml"].replace("email, sms", "email, sms, papier")
    config = write_installation(
        tmp_path,
        SERIES,
        {"essai/message.yaml": head, "essai/papier.fr.md": MESSAGES[LETTER]},
    )

    found = judge.of_message(load(config, {}), "essai", NOW)

    assert {(one.file, one.message) for one in found if "papier" in one.file} == {
        (one.file, one.message) for one in judged_here(config, "essai", {}) if "papier" in one.file
    }
    assert not [one for one in found if one.rule == "stray"]


def _held(config: Path, now: datetime) -> set[Finding]:
    judge = Judge(believes=False)
    found = judge.of_message(load(config, {}), "essai", now)
    judge.close()
    return {one for one in found if one.hold is not Hold.NO}
