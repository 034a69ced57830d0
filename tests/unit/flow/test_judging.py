"""The process that judges texts: what is known is told at once, and what isn't is never guessed."""

import sys
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

from scheduler.config.loading import load
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
