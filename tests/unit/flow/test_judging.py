"""The process that judges texts: what is known is told at once, and what isn't is never guessed."""

import sys
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

from scheduler.config.loading import load
from scheduler.flow.writing import judging
from scheduler.flow.writing.judging import Judge, JudgeAway
from tests.flow_world import EVENT, MESSAGES, SERIES, edit, write_installation

NOW = datetime(2026, 9, 1, 8, tzinfo=UTC)
#: Ends at its first file, but for the second time that it is asked in a process of this folder.
ONCE = """
import json, sys
from pathlib import Path
sys.stdin.buffer.read(int.from_bytes(sys.stdin.buffer.read(8), "big"))
print(json.dumps({"at": "templates/essai/email.fr.md"}), flush=True)
mark = Path(sys.argv[1])
if not mark.exists():
    mark.touch()
    sys.exit(1)
print(json.dumps({"findings": []}), flush=True)
sys.stdin.buffer.read()
"""
#: Finds nothing, whatever it is asked.
NOTHING = """
import sys
while size := sys.stdin.buffer.read(8):
    sys.stdin.buffer.read(int.from_bytes(size, "big"))
    print('{"findings": []}', flush=True)
"""


def test_a_process_that_was_killed_once_blames_no_text(tmp_path: Path) -> None:
    config = load(write_installation(tmp_path / "home", SERIES), {})
    judge = Judge(command=(sys.executable, "-c", ONCE, str(tmp_path / "mark")))

    assert list(judge.of_message(config, "essai", NOW)) == []
    judge.close()


def test_a_process_that_ends_before_its_first_file_has_judged_nothing(tmp_path: Path) -> None:
    config = load(write_installation(tmp_path, SERIES), {})
    judge = Judge(command=(sys.executable, "-c", "import sys; sys.exit(1)"))

    with pytest.raises(JudgeAway):
        judge.of_message(config, "essai", NOW)
    judge.close()


def test_while_config_yaml_is_broken_nothing_is_found_clean(tmp_path: Path) -> None:
    event = EVENT.replace("starts:", "values: {lien: 'https://bit.ly/x'}\n    starts:")
    blank = "placeholders:\n  lien: {label: Lien, example: 'https://www.example.org/a'}\n"
    text = MESSAGES["essai/email.fr.md"] + "\nRendez-vous : {{ lien }}.\n"
    head = MESSAGES["essai/message.yaml"].replace("email, sms", "email") + blank
    file = write_installation(
        tmp_path,
        event,
        {"essai/message.yaml": head, "essai/email.fr.md": text, "essai/sms.fr.txt": ""},
    )
    config, use = load(file, {}), ("webinaire", "invitation")
    judge = Judge()

    edit(file, "campaigns:", "campaigns: [")
    with pytest.raises(JudgeAway):
        judge.of_message(config, "essai", NOW, use)
    edit(file, "campaigns: [", "campaigns:")

    rules = {one.rule for one in judge.of_message(load(file, {}), "essai", NOW, use)}
    judge.close()
    assert "shortener" in rules


def test_what_is_known_is_told_while_another_text_is_judged(tmp_path: Path) -> None:
    config = load(write_installation(tmp_path, SERIES), {})
    judge = Judge()
    known = judge.of_message(config, "essai", NOW)

    told: list[object] = []
    with judge._lock:  # another thread judges
        asking = threading.Thread(
            target=lambda: told.append(judge.of_message(config, "essai", NOW)), daemon=True
        )
        asking.start()
        asking.join(timeout=20)

    judge.close()
    assert told == [known]


def test_what_another_thread_found_meanwhile_is_not_asked_again(tmp_path: Path) -> None:
    config = load(write_installation(tmp_path, SERIES), {})
    first = Judge()
    known = first.of_message(config, "essai", NOW)
    first.close()
    nobody = Judge(command=(sys.executable, "-c", "import sys; sys.exit(1)"), believes=False)

    class Waiting:
        """Whoever had the lock before has found it."""

        def __enter__(self) -> None:
            nobody._known.update(first._known)

        def __exit__(self, *_: object) -> None: ...

    with pytest.raises(JudgeAway):
        nobody.of_message(config, "essai", NOW)
    nobody._lock = Waiting()  # type: ignore[assignment]
    assert nobody.of_message(config, "essai", NOW) == known


def test_the_oldest_answer_is_forgotten_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = load(write_installation(tmp_path, SERIES), {})
    monkeypatch.setattr(judging, "KEPT", 1)
    judge = Judge(command=(sys.executable, "-c", NOTHING))

    judge.of_message(config, "essai", NOW)
    judge.of_message(config, "", NOW)
    judge.close()

    assert judge.known(config, "essai", NOW) is None
    assert judge.known(config, "", NOW) == []


def test_a_process_that_keeps_silent_is_not_waited_for(tmp_path: Path) -> None:
    config = load(write_installation(tmp_path, SERIES), {})
    judge = Judge(command=(sys.executable, "-c", "import time; time.sleep(60)"), patience=0.05)

    with pytest.raises(JudgeAway, match="no answer in time"):
        judge.of_message(config, "essai", NOW)

    assert judge._child is None


def test_a_process_that_cannot_be_started_is_said_to_be_away(tmp_path: Path) -> None:
    config = load(write_installation(tmp_path, SERIES), {})
    judge = Judge(command=(str(tmp_path / "nobody"),))

    with pytest.raises(JudgeAway, match="No such file"):
        judge.of_message(config, "essai", NOW)


def test_check_may_be_asked_to_judge_anew(tmp_path: Path) -> None:
    config = load(write_installation(tmp_path, SERIES), {})
    begs = next(one for one in Path(config.templates).glob("essai/email.fr.md"))
    clean = judging.everything(config, NOW, ["essai"])
    begs.write_text(begs.read_text(encoding="utf-8") + "\nhttps://bit.ly/x\n", encoding="utf-8")
    faulty = judging.everything(config, NOW, ["essai"])
    digest = judging._JUDGE._marks.of(config, "essai", NOW.date(), None).digest
    judging._JUDGE._known[digest] = clean  # what an older program, say, found

    assert judging.everything(config, NOW, ["essai"]) != faulty
    assert judging.everything(config, NOW, ["essai"], anew=True) == faulty
