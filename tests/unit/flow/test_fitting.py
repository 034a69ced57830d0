"""Whether a text may leave, where the process that judges is away, at its end, or overtaken."""

import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from scheduler.config.loading import load
from scheduler.content.composing.content import Content
from scheduler.content.proving import prove
from scheduler.domain.checking.passing import Pass
from scheduler.domain.errors import ContentError
from scheduler.domain.quizzes.counted import Chosen
from scheduler.flow import fit
from scheduler.flow.agenda import Agenda
from scheduler.flow.texts import faults_ahead
from scheduler.flow.writing import judging
from scheduler.flow.writing.judging import Judge
from tests.flow_world import MESSAGES, SERIES, write_installation

NOW = datetime(2026, 9, 1, 8, tzinfo=UTC)
#: Ends while it reads the letter.
ENDS = """
import sys
sys.stdin.buffer.read(int.from_bytes(sys.stdin.buffer.read(8), "big"))
print('{"at": "templates/essai/email.fr.md"}', flush=True)
sys.exit(1)
"""
LETTER = "essai/email.fr.md"


class Ledger:
    """Nobody let anything pass, or answered a quiz."""

    async def passes(self, message: str) -> list[Pass]:
        return []

    async def answers(self) -> Mapping[Chosen, int]:
        return {}


def agenda_of(folder: Path, messages: Mapping[str, str] | None = None) -> Agenda:
    return Agenda(load(write_installation(folder, SERIES, messages), {}))


async def fitted(agenda: Agenda) -> Content:
    campaign = agenda.configuration.campaign("cybermois")
    folder, audience = agenda.library.load("essai"), agenda.audiences["staff"]
    source = folder.pick("email", "staff", "fr", easy_to_read=False)
    assert source is not None
    return await fit.fit_text(
        agenda, Ledger(), campaign, campaign.episodes[0], folder, source, audience, NOW
    )


async def ahead(agenda: Agenda) -> list[str]:
    campaign = agenda.configuration.campaign("cybermois")
    return await faults_ahead(agenda, Ledger(), campaign, campaign.episodes[0], NOW)


@pytest.mark.parametrize(
    ("program", "why"),
    [("import sys; sys.exit(1)", "n'a pas pu être relu"), (ENDS, "demande trop de temps")],
)
async def test_what_nobody_could_judge_does_not_leave(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str, why: str
) -> None:
    judge = Judge(command=(sys.executable, "-c", program))
    monkeypatch.setattr(judging, "_JUDGE", judge)

    with pytest.raises(ContentError, match=why):
        await fitted(agenda_of(tmp_path))
    judge.close()


@pytest.mark.parametrize("edits", [1, 3])
async def test_what_is_composed_is_what_was_judged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, edits: int
) -> None:
    agenda, said = agenda_of(tmp_path), list[str]()

    async def edited_meanwhile(content: Content, kept: Path) -> None:
        if len(said) < edits:
            said.append(f"Un essai, {len(said) + 2} fois.")
            text = MESSAGES[LETTER].replace("Un essai.", said[-1])
            (tmp_path / "templates" / LETTER).write_text(text, encoding="utf-8")
        await prove(content, kept)

    monkeypatch.setattr(fit, "prove", edited_meanwhile)
    if edits == 1:
        assert "Un essai, 2 fois." in (await fitted(agenda)).body
    else:
        with pytest.raises(ContentError, match="change en ce moment"):
            await fitted(agenda)


async def test_what_would_hold_everybody_is_told_ahead(tmp_path: Path) -> None:
    head = MESSAGES["essai/message.yaml"]
    service = {"essai/message.yaml": head.replace("awareness", "service")}
    unread = {"essai/message.yaml": "title: ["}
    english = {"essai/email.fr.md": "", "essai/email.en.md": MESSAGES[LETTER]}

    assert await ahead(agenda_of(tmp_path / "a")) == []
    (apart,) = await ahead(agenda_of(tmp_path / "b", service))
    assert "ne vont pas ensemble" in apart
    (broken,) = await ahead(agenda_of(tmp_path / "c", unread))
    assert "message.yaml" in broken
    lacking = await ahead(agenda_of(tmp_path / "d", english))
    assert any("aucun texte email pour Personnel" in one for one in lacking)
