"""Whatever lies in the folder: a page of the desk answers at once, and all that is beside too."""

import asyncio
import time
from pathlib import Path

from scheduler.config.loading import load
from scheduler.flow.writing.judging import Judge
from tests.checking_world import NOW, check
from tests.flow_world import MESSAGES, open_world, write_installation
from tests.samples.desk import desk_of, visiting

HEAD = MESSAGES["essai/message.yaml"]
MAIL = MESSAGES["essai/email.fr.md"]
#: Over a limit: one finding, and no more of that file.
TOO_LONG = {
    "body": ("email.fr.md", MAIL + "[a](" * 20_000),
    "head": ("email.fr.md", f"---\nsubject: {'<' * 80_000}\npreheader: Non.\n---\nBonjour\n"),
    "sms": ("sms.fr.txt", "«" * 80_000),
    "yaml": ("message.yaml", HEAD + "x: " + "[" * 80_000),
    "paragraph": ("email.fr.md", MAIL + "a@" * 4_500),
}
#: Within the limits, and slow for a reader of marks.
SLOW = {f"slow{n}": MAIL + "\n\n".join(["![" * 3_500] * 6) + "x" * n for n in range(6)}


def messages() -> dict[str, str]:
    found: dict[str, str] = {}
    for name, (file, text) in TOO_LONG.items():
        found |= {f"{name}/message.yaml": HEAD, f"{name}/email.fr.md": MAIL}
        found |= {f"{name}/sms.fr.txt": "Un essai.", f"{name}/{file}": text}
    for name, text in SLOW.items():
        found |= {f"{name}/message.yaml": HEAD, f"{name}/sms.fr.txt": "Un essai."}
        found[f"{name}/email.fr.md"] = text
    return found


def test_a_file_over_its_limit_is_told_once(tmp_path: Path) -> None:
    texts = {path: text for path, text in messages().items() if not path.startswith("slow")}
    config = write_installation(tmp_path, messages=texts)

    found = check(config, list(TOO_LONG))

    told = sorted(one.file for one in found if one.severity.value == "fault")
    assert told == sorted(f"templates/{name}/{file}" for name, (file, _) in TOO_LONG.items())
    assert all(one.remedy for one in found)


async def test_a_page_answers_while_texts_are_read_apart(tmp_path: Path) -> None:
    async with (
        open_world(tmp_path, messages=messages()) as world,
        visiting(desk_of(world.app)) as visitor,
    ):
        late = [0.0]

        async def beat() -> None:
            """How late something beside the pages, such as an opt-out, would be heard."""
            while True:
                before = time.monotonic()
                await asyncio.sleep(0.02)
                late[0] = max(late[0], time.monotonic() - before)

        beating = asyncio.ensure_future(beat())
        took = []
        for page in ("/messages", "/messages/slow1", "/messages/body", "/messages/yaml"):
            before = time.monotonic()
            assert (await visitor.at_once(page)).status == 200
            took.append(time.monotonic() - before)
        beating.cancel()

    # The machine may be busy with other tests: twice their due is held against the pages and
    # what waits beside them; a text read in this process would hold both for half a minute.
    assert max(took) < 4, took
    assert late[0] < 2, late


def test_a_text_that_ends_the_child_is_named_and_the_others_are_judged(tmp_path: Path) -> None:
    config = write_installation(tmp_path, messages=messages())
    judge = Judge()

    found = judge.of_message(load(config, {}), "slow0", NOW)
    other = judge.of_message(load(config, {}), "essai", NOW)
    child = judge._child
    judge.close()

    assert [one.file for one in found if one.rule == "costly"] == ["templates/slow0/email.fr.md"]
    assert not any(one.severity.value == "fault" for one in other)
    assert child is not None
    assert child.returncode is not None
