"""« Réglages et droit » on the desk, and what the daemon notes at its start."""

from scheduler.bootstrap import App, app_on
from scheduler.config.loading import load
from scheduler.domain.alarms.kinds import AlarmKind
from scheduler.domain.law.register import RULES
from scheduler.flow.law.noting import note_law
from tests.samples.desk import desk_of, visiting, words

SENDER = "    sender: CHESSAI"
#: A fault, advice, and advice that somebody decided on.
WEAKENED = """    sender: AMELI
    saturday: ["10:00", "20:00"]
    weekdays: ["08:00", "21:00"]
decisions:
  - {rule: sms-weekdays, by: A. <b>Durand</b>, on: 2026-09-01, why: équipes du soir}
"""


def edited(app: App, old: str, new: str) -> App:
    path = app.configuration.root / app.configuration.file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    return app_on(load(path, {}), app.ledger, app.clock)


async def test_the_page_shows_each_rule_what_weakens_it_and_who_decided(app: App) -> None:
    weak = edited(app, f"{SENDER}\n", WEAKENED)

    async with visiting(desk_of(weak)) as visitor:
        page = await visitor.page("/law")

    told = words(page)
    assert "1 à corriger, 1 à décider, 1 affaiblie par décision" in told.replace("\xa0", " ")
    assert "channels.sms.sender (config.yaml:" in told
    assert "décidé par A. <b>Durand</b> le mardi 1er septembre 2026" in told.replace("\xa0", " ")
    assert "<b>Durand</b>" not in page
    assert page.index('id="sms-sender"') < page.index('id="sms-saturday"')
    assert page.index('id="sms-saturday"') < page.index('id="sms-weekdays"')
    assert "decisions: [{rule: sms-saturday" in told
    # Files and keys of the register are in French sentences: « audiences/*.yaml : … ».
    assert "audiences/*.yaml\u00a0: " in page
    assert "audiences/*.yaml : " not in page
    assert page.count("<tr>") == 1 + len(RULES) - 3


async def test_where_nothing_is_weakened_it_says_so(app: App) -> None:
    async with visiting(desk_of(app)) as visitor:
        page = await visitor.page("/law")

    assert "Aucun réglage n’affaiblit une règle." in words(page)


async def test_a_fault_has_an_alarm_until_it_is_mended(app: App) -> None:
    weak = edited(app, f"{SENDER}\n", WEAKENED)

    await note_law(weak.configuration, app.ledger, app.clock())
    await note_law(weak.configuration, app.ledger, app.clock())
    alarms = await app.ledger.open_alarms()
    mended = edited(app, WEAKENED, f"{SENDER}\n")
    await note_law(mended.configuration, app.ledger, app.clock())

    assert [(one.kind, one.subject) for one in alarms] == [(AlarmKind.LAW_FAULT, "sms-sender")]
    assert "channels.sms.sender (config.yaml:" in alarms[0].detail
    assert not await app.ledger.open_alarms()
