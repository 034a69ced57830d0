"""The register of rules: what each key weakens, where it stands, and who decided."""

import re
import shutil
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path

import pytest

from scheduler.config.configuration import Configuration
from scheduler.config.hours import hours_of
from scheduler.config.loading import load
from scheduler.domain.errors import ConfigError, ContentError
from scheduler.domain.law.bodies import named_by_sender, named_by_words
from scheduler.domain.law.codes import LawRule, State
from scheduler.domain.law.quiet_words import audience_word, health_word
from scheduler.domain.law.register import RULES, as_markdown
from scheduler.domain.law.standing import Standing
from scheduler.flow.law.noting import note_law
from scheduler.flow.law.senders import check_sender
from scheduler.flow.law.standing import findings, law_of
from scheduler.flow.people.register import sheet
from scheduler.web.desk.french import typography
from tests.commands import reflexe
from tests.flow_world import open_world

ROOT = Path(__file__).parents[3]
CONFIG, STAFF, PATIENTS = "config.yaml", "audiences/staff.yaml", "audiences/patients.yaml"
LEAK = "templates/fuite-de-donnees/message.yaml"
REAL = {
    "REFLEXE_CHANNELS__EMAIL__PROVIDER": "smtp",
    "REFLEXE_CHANNELS__EMAIL__SMTP__HOST": "smtp.example.org",
}


@dataclass(frozen=True, kw_only=True)
class Case:
    """An edit, and how the rule stands after it."""

    rule: LawRule
    file: str = CONFIG
    old: str
    new: str
    state: State
    #: The key it is told by; its line is one of the new ones.
    key: str


RELAY = {
    "CHANNELS__EMAIL__PROVIDER": "smtp",
    "CHANNELS__EMAIL__SMTP__HOST": "smtp.example.org",
}
TWILIO = {
    "CHANNELS__SMS__TWILIO__ACCOUNT_SID": "AC" + "0" * 32,
    "CHANNELS__SMS__TWILIO__AUTH_TOKEN": "secret",
    "CHANNELS__SMS__TWILIO__MESSAGING_SERVICE_SID": "MG" + "0" * 32,
}
SHORT = {"CHANNELS__SMS__SENDER": "36123", "ORGANISATION__SMS_NAME": "CH Exemple"}
SENDER = "    sender: CHEXEMPLE"
PRICE = '    price_per_segment: "0.0798"\n'
FROM = "    from: Réflexes cyber <cyber@example.org>"
KEY = "key: reference"
EVENTS = "    topic: events\n    channels: [email]"
LOG = "log:\n  format: text\n"


def config(rule: LawRule, key: str, block: str, state: State) -> Case:
    """A section of its own, before the log's."""
    return Case(rule=rule, old=LOG, new=f"{block}{LOG}", state=state, key=key)


def line(rule: LawRule, key: str, old: str, new: str, state: State, file: str = CONFIG) -> Case:
    return Case(rule=rule, file=file, old=old, new=new, state=state, key=key)


def sms(rule: LawRule, key: str, given: str, state: State) -> Case:
    new = f"{PRICE}    {key}: {given}\n"
    return Case(rule=rule, old=PRICE, new=new, state=state, key=f"channels.sms.{key}")


R, F, A = LawRule, State.FAULT, State.ADVICE
CASES = [
    sms(R.SMS_CEILING, "weekdays", '["06:00", "23:00"]', F),
    sms(R.SMS_CEILING, "saturday", '["06:00", "23:00"]', F),
    sms(R.SMS_WEEKDAYS, "weekdays", '["08:00", "21:00"]', A),
    sms(R.SMS_SATURDAY, "saturday", '["09:00", "20:00"]', A),
    sms(R.SMS_TRAFFIC, "traffic", "service", A),
    config(
        R.SMS_HOLIDAYS,
        "holidays.removed.FR",
        "holidays:\n  removed:\n    FR: [2027-05-01]\n",
        A,
    ),
    *(
        line(R.SMS_SENDER, "channels.sms.sender", SENDER, f"    sender: {name}", F)
        for name in ("AMELI", "CPAM", "IMPOTS", "GOUV", "CPAM93", "ANTAI", "CAFINFO", "LaPoste")
    ),
    line(R.HEALTH_WORDS, "channels.sms.sender", SENDER, "    sender: DIALYSECHU", F),
    line(R.AUDIENCE_WORDS, "channels.sms.sender", SENDER, "    sender: CHUPATIENTS", A),
    line(
        R.SMS_CONSENT_PATIENTS,
        "channels.sms.basis",
        "  sms:\n    basis: consent",
        "  sms:\n    basis: public-task",
        A,
        PATIENTS,
    ),
    line(
        R.SMS_CONSENT_STAFF,
        "channels.sms.basis",
        "(texte exact accepté).\n    basis: consent",
        "(texte exact accepté).\n    basis: legitimate-interest",
        A,
        STAFF,
    ),
    line(
        R.MAIL_CONSENT_PATIENTS,
        "channels.email.basis",
        "  email:\n    basis: consent",
        "  email:\n    basis: public-task",
        A,
        PATIENTS,
    ),
    line(
        R.BASIS,
        "channels.email.basis",
        "    basis: legitimate-interest\n",
        "    basis: legal-obligation\n",
        A,
        STAFF,
    ),
    line(R.MAIL_FROM, "channels.email.from", FROM, "    from: Assurance Maladie <a@b.example>", F),
    line(
        R.MAIL_FROM,
        "organisation.name",
        "  name: Centre hospitalier de l’Exemple",
        "  name: Ministère de la Santé",
        F,
    ),
    line(R.MAIL_DOMAIN, "channels.email.from", FROM, "    from: Réflexes <cyber@gmail.com>", F),
    line(R.MAIL_DOMAIN, "channels.email.from", FROM, "    from: Réflexes <cyber@ameli.fr>", F),
    line(
        R.MAIL_DOMAIN,
        "channels.email.reply_to",
        "    reply_to: cyber@example.org",
        "    reply_to: cyber@orange.fr",
        A,
    ),
    line(
        R.HEALTH_WORDS,
        "channels.email.from",
        FROM,
        "    from: Service d’oncologie <cyber@example.org>",
        F,
    ),
    line(R.MAIL_HOURS, "channels.email.window", FROM, f'{FROM}\n    window: ["05:00", "23:00"]', A),
    line(
        R.SHORTENERS,
        "organisation.link_domains.0",
        "  link_domains: [example.org]",
        "  link_domains: [bit.ly]",
        F,
    ),
    line(
        R.LINK_DOMAINS,
        "organisation.link_domains.1",
        "  link_domains: [example.org]",
        "  link_domains: [example.org, partenaire.example]",
        A,
    ),
    line(
        R.LINK_DOMAINS,
        "organisation.link_domains.0",
        "  link_domains: [example.org]",
        "  link_domains: [fr]",
        F,
    ),
    line(
        R.SHORT_URL,
        "web.short_url",
        "  short_url: https://sms.example.org",
        "  short_url: https://tinyurl.com",
        F,
    ),
    line(
        R.ONE_CLICK,
        "web.public_url",
        "  public_url: https://cyber.example.org",
        "  public_url: https://reflexe.intranet",
        F,
    ),
    line(
        R.NOTICE,
        "organisation.privacy_url",
        "  privacy_url: https://www.example.org/confidentialite",
        "  privacy_url: https://www.example.org",
        A,
    ),
    line(R.NOTICE, "organisation.dpo", "  dpo: dpo@example.org", "  dpo: dpo.hopital@gmail.com", F),
    *(
        config(rule, f"retention.{key}", f"retention:\n  {key}: {value}\n", state)
        for rule, key, value, state in (
            (R.RETENTION_CONTACTS, "contacts_years", 30, F),
            (R.RETENTION_CONTACTS, "contacts_years", 4, A),
            (R.RETENTION_PROOFS, "proofs_years", 30, F),
            (R.RETENTION_PROOFS, "proofs_years", 1, A),
            (R.RETENTION_DELIVERIES, "deliveries_months", 360, F),
            (R.RETENTION_DELIVERIES, "deliveries_months", 24, A),
            (R.RETENTION_REPLIES, "replies_months", 24, A),
            (R.RETENTION_REHEARSALS, "rehearsal_days", 90, A),
            (R.LEAVERS, "leavers_days", 60, A),
            (R.LEAVERS, "leavers_days", 3650, F),
        )
    ),
    config(R.CAPS, "caps.week", "caps:\n  week: 0\n", A),
    config(R.CAPS, "caps.month", "caps:\n  month: 0\n", A),
    config(R.COMPLAINTS, "alarms.complaint_rate", 'alarms:\n  complaint_rate: "1"\n', F),
    config(R.ERASURE, "optout.keep_source_key", "optout:\n  keep_source_key: true\n", A),
    line(R.LEAK_APPROVAL, "approval", "approval: true\n", "", F, LEAK),
    line(R.LEAK_APPROVAL, "approval", "approval: true", "approval: false", F, LEAK),
    line(
        R.MINIMUM_AGE,
        "minimum_age",
        "key: reference",
        "key: reference\nminimum_age: 0",
        A,
        PATIENTS,
    ),
    line(
        R.PROOF,
        "consent_since",
        "key: reference",
        "key: reference\nconsent_since: 1990-01-01",
        A,
        PATIENTS,
    ),
    line(
        R.SEALED_FIELDS,
        "fields.nom.segment",
        "    label: Nom",
        "    label: Nom\n    segment: true",
        A,
        PATIENTS,
    ),
]


def installation(folder: Path, *edits: tuple[str, str, str]) -> Path:
    shutil.copy(ROOT / CONFIG, folder)
    shutil.copytree(ROOT / "audiences", folder / "audiences")
    if any(file == LEAK for file, _, _ in edits):
        shutil.copytree(ROOT / "templates", folder / "templates")
    else:
        (folder / "templates").symlink_to(ROOT / "templates")
    for file, old, new in edits:
        path = folder / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return folder / CONFIG


def standing_of(configuration: Configuration, rule: LawRule) -> Standing:
    return next(one for one in law_of(configuration) if one.rule.code is rule)


def test_every_rule_has_its_row_and_the_shipped_settings_weaken_none() -> None:
    found = law_of(load(ROOT / CONFIG, {}))

    assert set(RULES) == set(LawRule)
    assert {one.state for one in found} == {State.HELD}
    for rule in RULES.values():
        assert rule.keys
        assert re.search(r"\d{4}|notre choix|nos règles|code ", rule.source), rule.code


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule}-{case.key}-{case.state}")
def test_a_key_weakens_its_rule_and_is_told_at_its_line(case: Case, tmp_path: Path) -> None:
    path = installation(tmp_path, (case.file, case.old, case.new))

    found = standing_of(load(path, {}), case.rule)
    spot = next(one.spot for one in found.weakened if one.spot.key == case.key)

    assert found.state is case.state
    assert spot.file == case.file
    if case.new:
        lines = (tmp_path / case.file).read_text(encoding="utf-8").splitlines()
        assert spot.line is not None
        assert any(lines[spot.line - 1].startswith(one) for one in case.new.splitlines())


@pytest.mark.parametrize(
    ("rule", "environment", "what"),
    [
        (R.MAIL_DOMAIN, {"CHANNELS__EMAIL__RETURN_PATH_DOMAIN": "gmail.com"}, "grand public"),
        (R.NO_TRACKING, RELAY | {"CHANNELS__EMAIL__SMTP__HOST": "smtp.sendgrid.net"}, "suit les"),
        (R.SHORTENERS, {"ORGANISATION__SITE": "https://bit.ly"}, "raccourcisseur"),
        (R.NOTICE, {"ORGANISATION__PRIVACY_URL": "https://autre.example/p"}, "n’est pas le site"),
        (R.TLS, RELAY | {"CHANNELS__EMAIL__SMTP__SECURITY": "none"}, "none, vers"),
        (R.SMS_SENDER, {"ORGANISATION__SMS_NAME": "Assurance Maladie"}, "nomme"),
        (R.SMS_NUMBER, TWILIO, "choisit l’émetteur"),
        (R.SMS_STOP, TWILIO, "peut prendre un autre émetteur"),
        (R.SMS_STOP, TWILIO | SHORT | {"CHANNELS__SMS__INBOUND": "poll"}, "ne reçoivent pas"),
        (R.SHORT_URL, {"WEB__SHORT_URL": "https://192.0.2.7"}, "adresse IP"),
        (R.SHORT_URL, {"WEB__SHORT_URL": "https://reflexe.local"}, "ne s’ouvre pas"),
    ],
)
def test_a_setting_that_weakens_a_rule_says_how(
    tmp_path: Path, rule: LawRule, environment: dict[str, str], what: str
) -> None:
    given = {f"REFLEXE_{name}": one for name, one in environment.items()}

    found = standing_of(load(installation(tmp_path), given), rule)

    assert any(what in one.what for one in found.weakened), found.weakened


def test_ones_own_places_for_journal_and_keys_weaken_nothing(tmp_path: Path) -> None:
    apart = {
        "REFLEXE_OPTOUT__JOURNAL": str(tmp_path / "ailleurs" / "optouts.journal"),
        "REFLEXE_KEYS__FILE": str(tmp_path / "secrets" / "keys.json"),
    }
    configuration = load(installation(tmp_path), REAL | apart)

    assert standing_of(configuration, LawRule.JOURNAL).state is State.HELD
    assert standing_of(configuration, LawRule.KEYS).state is State.HELD


def test_a_promotion_by_service_sms_is_a_fault(tmp_path: Path) -> None:
    by_sms = (FAIR[0], FAIR[1], FAIR[2].replace("[email]", "[email, sms]"))
    service = (CONFIG, PRICE, f"{PRICE}    traffic: service\n")

    found = standing_of(load(installation(tmp_path, by_sms, service), {}), LawRule.SMS_TRAFFIC)

    assert found.state is State.FAULT


def test_a_holiday_list_that_removes_none_weakens_nothing(tmp_path: Path) -> None:
    none = (CONFIG, LOG, f"holidays:\n  removed:\n    FR: []\n{LOG}")

    found = standing_of(load(installation(tmp_path, none), {}), LawRule.SMS_HOLIDAYS)

    assert found.state is State.HELD


def test_people_of_whom_nothing_is_said_are_no_patients_by_mail(tmp_path: Path) -> None:
    more = (CONFIG, "audiences: [staff, patients]", "audiences: [staff, patients, autres, chefs]")
    path = installation(tmp_path, more)
    unasked = "channels: {email: {basis: public-task}}\n"
    for name, text in (("autres", "key: numero\n"), ("chefs", "of: staff\nkey: matricule\n")):
        file = tmp_path / "audiences" / f"{name}.yaml"
        file.write_text(f"label: {name}\n{text}{unasked}", encoding="utf-8")
    configuration = load(path, {})

    assert standing_of(configuration, LawRule.MAIL_CONSENT_PATIENTS).state is State.HELD
    # Of whom is chosen out of another file, that file's rules are asked.
    ages = standing_of(configuration, LawRule.MINIMUM_AGE).weakened
    assert not any("chefs" in one.what for one in ages)


@pytest.mark.parametrize("card", ["", "title: [\n", "é" * 70_000])
def test_a_card_that_cannot_be_read_is_nobodys_promotion(tmp_path: Path, card: str) -> None:
    path = installation(tmp_path, (LEAK, "approval: true\n", ""))
    assert standing_of(load(path, {}), LawRule.LEAK_APPROVAL).state is State.FAULT
    (tmp_path / LEAK).write_text(card, encoding="utf-8")
    if not card:
        (tmp_path / LEAK).unlink()

    assert standing_of(load(path, {}), LawRule.LEAK_APPROVAL).state is State.HELD


def test_a_service_message_that_is_no_leak_is_advice(tmp_path: Path) -> None:
    path = installation(tmp_path, (LEAK, "approval: true\n", "approval: true\n"))
    card = next((tmp_path / "templates" / "cybermois").glob("*/message.yaml"))
    text = card.read_text(encoding="utf-8")
    card.write_text(text.replace("class: awareness", "class: service"), encoding="utf-8")

    found = standing_of(load(path, {}), LawRule.SERVICE_CLASS)

    assert (found.state, found.weakened[0].spot.key) == (State.ADVICE, "class")


def test_while_a_file_is_edited_its_lines_are_not_told(tmp_path: Path) -> None:
    path = installation(tmp_path, LATE)
    configuration = load(path, {})
    path.write_text("organisation: [\n", encoding="utf-8")

    (one,) = standing_of(configuration, LawRule.SMS_SATURDAY).weakened

    assert (one.spot.key, one.spot.line) == ("channels.sms.saturday", None)


def test_check_is_silent_on_what_somebody_decided(tmp_path: Path) -> None:
    decided_on = findings(load(installation(tmp_path, LATE, decided(DECISION)), {}))
    assert [one.rule for one in decided_on] == []

    (tmp_path / "b").mkdir()
    word = DECISION.replace("sms-saturday", "mail-domain")
    both = {
        "REFLEXE_CHANNELS__EMAIL__FROM": "Réflexes <cyber@gmail.com>",
        "REFLEXE_CHANNELS__EMAIL__REPLY_TO": "cyber@orange.fr",
    }
    faulty = findings(load(installation(tmp_path / "b", decided(word)), both))
    # The fault is told, and the advice that was decided isn't.
    assert [one.rule for one in faulty] == ["law-fault"]


def test_a_sender_with_faults_of_its_own_is_no_borrowed_name(tmp_path: Path) -> None:
    path = installation(tmp_path)
    check_sender(load(path, {"REFLEXE_CHANNELS__EMAIL__REPLY_TO": "cyber@orange.fr"}), "email")
    check_sender(load(path, {}), "signal")
    with pytest.raises(ContentError, match="rien ne part sous le nom d'un autre"):
        check_sender(load(path, {"REFLEXE_CHANNELS__SMS__SENDER": "CPAM"}), "sms")


async def test_a_fault_calls_a_person_until_it_is_mended_and_advice_is_only_noted(
    tmp_path: Path,
) -> None:
    async with open_world(tmp_path / "home") as world:
        (tmp_path / "law").mkdir()
        path = installation(
            tmp_path / "law", LATE, decided(DECISION), (CONFIG, SENDER, "    sender: AMELI")
        )
        await note_law(load(path, {}), world.app.ledger, world.clock.now)
        await note_law(load(path, {}), world.app.ledger, world.clock.now)
        assert await world.alarms() == ["law-fault sms-sender"]

        path.write_text(path.read_text(encoding="utf-8").replace("AMELI", "CHEXEMPLE"))
        await note_law(load(path, {}), world.app.ledger, world.clock.now)
        assert await world.alarms() == []


@pytest.mark.parametrize(
    "name", ["CHEXEMPLE", "AMELIE", "CHGOUVIEUX", "CHUNANTES", "MSANTE", "36123"]
)
def test_a_hospitals_own_sender_names_nobody_else(name: str) -> None:
    assert named_by_sender(name, "example.org") == ""


def test_whose_name_it_is_may_bear_it() -> None:
    assert named_by_sender("CPAMNORD", "ameli.fr") == ""
    assert named_by_words("Assurance Maladie", "www.ameli.fr") == ""
    assert named_by_words("Réflexes cyber", "example.org") == ""
    assert named_by_words("Centre hospitalier de la Police-sur-Mer", "example.org") != ""


@pytest.mark.parametrize(
    "name", ["Centre de dialyse", "Maternité des Lilas", "CHU Oncologie", "CMP"]
)
def test_a_health_word_is_seen_in_a_name(name: str) -> None:
    assert health_word(name)


@pytest.mark.parametrize(
    "name", ["Centre hospitalier de l’Exemple", "CHU de Nantes", "Réflexes cyber"]
)
def test_a_hospitals_name_says_nothing_of_anybodys_health(name: str) -> None:
    assert not health_word(name)
    assert not audience_word(name)


def test_no_sms_leaves_outside_the_ceiling_whatever_the_key_says(tmp_path: Path) -> None:
    path = installation(tmp_path, (CONFIG, PRICE, f'{PRICE}    weekdays: ["06:00", "23:00"]\n'))

    window = hours_of(load(path, {}).settings).of("sms").weekdays

    assert window is not None
    assert (window.opens, window.closes) == (time(8), time(21, 30))


def test_hours_that_lie_wholly_outside_are_refused_at_their_line(tmp_path: Path) -> None:
    path = installation(tmp_path, (CONFIG, PRICE, f'{PRICE}    weekdays: ["21:30", "23:00"]\n'))

    with pytest.raises(ConfigError) as refused:
        load(path, {})

    assert [one.key for one in refused.value.faults if "charter" in one.what] == [
        "channels.sms.weekdays"
    ]
    assert all(one.line for one in refused.value.faults)


DECISION = "{rule: sms-saturday, by: A. Durand, on: 2026-09-01, why: permanence}"
LATE = (CONFIG, PRICE, f'{PRICE}    saturday: ["10:00", "20:00"]\n')


def decided(text: str) -> tuple[str, str, str]:
    return CONFIG, LOG, f"decisions:\n  - {text}\n{LOG}"


def test_a_decision_with_a_name_and_a_date_covers_advice(tmp_path: Path) -> None:
    path = installation(tmp_path, LATE, decided(DECISION))

    found = standing_of(load(path, {}), LawRule.SMS_SATURDAY)

    assert found.state is State.DECIDED
    assert str(found.decision) == "décidé par A. Durand le mardi 1er septembre 2026 : permanence"


def test_a_decision_covers_no_fault(tmp_path: Path) -> None:
    edit = (CONFIG, SENDER, "    sender: AMELI")
    path = installation(tmp_path, edit, decided(DECISION.replace("sms-saturday", "sms-sender")))

    assert standing_of(load(path, {}), LawRule.SMS_SENDER).state is State.FAULT


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("{rule: sms-samedi, by: A. Durand, on: 2026-09-01}", "decisions.0.rule"),
        ("{rule: sms-saturday, on: 2026-09-01}", "decisions.0.by"),
        ('{rule: sms-saturday, by: " ", on: 2026-09-01}', "decisions.0.by"),
        ("{rule: sms-saturday, by: A. Durand}", "decisions.0.on"),
    ],
)
def test_a_decision_without_rule_name_or_date_is_refused_at_its_line(
    text: str, key: str, tmp_path: Path
) -> None:
    path = installation(tmp_path, decided(text))

    with pytest.raises(ConfigError) as refused:
        load(path, {})

    fault = refused.value.faults[0]
    lines = path.read_text(encoding="utf-8").splitlines()
    assert fault.key == key
    assert fault.line is not None
    assert text in lines[fault.line - 1]


#: A trade fair, for patients too.
FAIR = (
    CONFIG,
    f"{EVENTS}\n    audiences: [staff]\n    # starts: YYYY",
    f"{EVENTS}\n    # starts: YYYY",
)


def test_a_promotion_to_patients_wants_their_agreement_by_e_mail(tmp_path: Path) -> None:
    basis = (PATIENTS, "  email:\n    basis: consent", "  email:\n    basis: public-task")
    path = installation(tmp_path, basis, FAIR)
    found = standing_of(load(path, {}), LawRule.PROMOTION)

    assert found.state is State.FAULT
    assert found.weakened[0].spot.file == PATIENTS


def test_an_sms_to_patients_without_their_agreement_is_a_fault_for_a_promotion(
    tmp_path: Path,
) -> None:
    basis = (PATIENTS, "  sms:\n    basis: consent", "  sms:\n    basis: public-task")
    by_sms = (FAIR[0], FAIR[1], FAIR[2].replace("[email]", "[email, sms]"))
    path = installation(tmp_path, basis, by_sms)

    assert standing_of(load(path, {}), LawRule.SMS_CONSENT_PATIENTS).state is State.FAULT


def test_a_key_of_the_environment_is_told_by_its_variable(tmp_path: Path) -> None:
    path = installation(tmp_path)

    found = standing_of(load(path, {"REFLEXE_CHANNELS__SMS__SENDER": "CPAM"}), LawRule.SMS_SENDER)

    assert str(found.weakened[0].spot) == "REFLEXE_CHANNELS__SMS__SENDER (environnement)"


def test_with_a_real_provider_journal_and_keys_lie_apart(tmp_path: Path) -> None:
    path = installation(tmp_path)

    assert standing_of(load(path, REAL), LawRule.JOURNAL).state is State.ADVICE
    assert standing_of(load(path, REAL), LawRule.KEYS).state is State.ADVICE
    assert standing_of(load(path, {}), LawRule.JOURNAL).state is State.HELD


def test_check_says_it_with_file_line_source_and_remedy(tmp_path: Path) -> None:
    path = installation(tmp_path, LATE, (CONFIG, SENDER, "    sender: AMELI"))

    answer = reflexe(path, "check")

    assert answer.code == 1
    assert re.search(r"FAUTE config.yaml, ligne \d+ : channels.sms.sender affaiblit", answer.out)
    assert re.search(r"conseil config.yaml, ligne \d+ : channels.sms.saturday", answer.out)
    assert "charte AF2M" in answer.out
    assert "decisions: [{rule: sms-saturday, by: …" in answer.out


def test_the_registers_sheet_shows_each_rule(tmp_path: Path) -> None:
    path = installation(tmp_path, LATE, decided(DECISION), (CONFIG, SENDER, "    sender: AMELI"))
    configuration = load(path, {})

    text = sheet(configuration, date(2026, 9, 2))

    assert "1 à corriger, 1 affaiblie par décision" in text
    assert "décidé par A. Durand le mardi 1er septembre 2026" in text
    assert "enfreinte : à corriger — channels.sms.sender (config.yaml:" in text
    assert all(rule.what in text for rule in RULES.values())


def test_the_page_of_the_law_holds_the_table() -> None:
    page = (ROOT / "docs" / "fr" / "droit.md").read_text(encoding="utf-8")

    assert page.endswith(typography(as_markdown()))


# SMS on Sundays, and who signs them

SIGNED = "{rule: tolerated, by: A. Durand, on: 2026-09-01}"


def tolerated(text: str, file: str = PATIENTS, key: str = KEY) -> tuple[str, str, str]:
    return file, key, f"{key}\nsunday: {text}"


def test_a_sunday_is_tolerated_for_patients_by_somebody_named(tmp_path: Path) -> None:
    configuration = load(installation(tmp_path, tolerated(SIGNED)), {})

    hours = hours_of(configuration.settings, configuration.audiences)
    found = standing_of(configuration, LawRule.SMS_SUNDAY)

    sunday = hours.for_audience("patients").on("sms", date(2027, 10, 3), "FR")
    holiday = hours.for_audience("patients").on("sms", date(2027, 11, 1), "FR")
    assert str(sunday) == str(holiday) == "10h00–18h00"
    assert hours.for_audience("staff").on("sms", date(2027, 10, 3), "FR") is None
    assert found.state is State.DECIDED
    assert str(found.decision) == "décidé par A. Durand le mardi 1er septembre 2026 (Usagers)"


def test_a_word_will_do_where_config_yaml_says_who_decided(tmp_path: Path) -> None:
    signed = decided("{rule: sms-sunday, by: A. Durand, on: 2026-09-01}")
    configuration = load(installation(tmp_path, tolerated("tolerated"), signed), {})

    assert standing_of(configuration, LawRule.SMS_SUNDAY).state is State.DECIDED


@pytest.mark.parametrize(
    "edit",
    [
        tolerated("tolerated"),
        tolerated("{rule: tolerated, by: A. Durand}"),
        tolerated("{rule: tolerated, on: 2026-09-01}"),
        tolerated(SIGNED, STAFF, "key: matricule"),
        (PATIENTS, "  sms: monday", "  sms: sunday"),
    ],
)
def test_a_sunday_without_a_name_or_for_the_staff_is_refused_at_its_line(
    edit: tuple[str, str, str], tmp_path: Path
) -> None:
    path = installation(tmp_path, edit)

    with pytest.raises(ConfigError) as refused:
        load(path, {})

    assert refused.value.faults[0].where.endswith(edit[0])
    assert refused.value.faults[0].line


def test_an_sms_from_a_short_code_begins_with_who_signs(tmp_path: Path) -> None:
    code = (CONFIG, SENDER, "    sender: 36123")
    name = (CONFIG, "organisation:\n", "organisation:\n  sms_name: CH Exemple\n")
    path = installation(tmp_path, code, name)
    words = ("--audience", "staff", "--channel", "sms", "--language", "fr")

    answer = reflexe(path, "preview", "cybermois/1-fermer-sa-porte", *words)

    assert "\nCH Exemple : Cybermois 1/4. Poste quitté" in answer.out
    assert "STOP au 36123" in answer.out
    assert standing_of(load(path, {}), LawRule.SMS_NAMED).state is State.HELD


def test_a_short_code_that_names_nobody_is_told(tmp_path: Path) -> None:
    path = installation(tmp_path, (CONFIG, SENDER, "    sender: 36123"))

    assert standing_of(load(path, {}), LawRule.SMS_NAMED).state is State.FAULT


@pytest.mark.parametrize("name", ["Centre de dialyse", "Maternité", "CH « Exemple »", "C"])
def test_a_name_that_tells_of_health_or_costs_too_much_is_refused(
    name: str, tmp_path: Path
) -> None:
    path = installation(
        tmp_path, (CONFIG, "organisation:\n", f"organisation:\n  sms_name: {name}\n")
    )

    with pytest.raises(ConfigError) as refused:
        load(path, {})

    assert [one.key for one in refused.value.faults] == ["organisation.sms_name"]
