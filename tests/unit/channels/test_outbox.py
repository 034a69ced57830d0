from pathlib import Path

import pytest

from scheduler.channels.outbox import Failure, Options, Provider
from scheduler.domain.errors import Permanent, Temporary, Uncertain
from scheduler.domain.message import Message


def a_message(
    to: str = "marie@example.org", body: bytes = b"Bonjour\r\n", reference: str = "ab12_-Z"
) -> Message:
    return Message(delivery=7, to=to, sender="", body=body, reference=reference, segments=2)


def ignore(delivery: int) -> None:
    """A journal nobody reads."""


async def test_an_e_mail_is_a_file_that_a_mail_program_opens(tmp_path: Path) -> None:
    receipt = await Provider(Options(path=tmp_path)).send(a_message(), ignore)

    assert receipt.provider_id == "ab/ab12_-Z.eml"
    assert (tmp_path / receipt.provider_id).read_bytes() == b"Bonjour\r\n"


async def test_an_sms_is_a_text_and_its_parts_are_counted(tmp_path: Path) -> None:
    receipt = await Provider(Options(path=tmp_path)).send(
        a_message(to="+33639980001", body="Été".encode()), ignore
    )

    assert receipt.segments == 2
    assert (tmp_path / "ab" / "ab12_-Z.txt").read_text(encoding="utf-8") == "Été"


async def test_a_second_hand_over_replaces_the_first_and_leaves_no_draft(tmp_path: Path) -> None:
    provider = Provider(Options(path=tmp_path))

    await provider.send(a_message(body=b"un"), ignore)
    await provider.send(a_message(body=b"deux"), ignore)

    assert [path.read_bytes() for path in tmp_path.rglob("*.*")] == [b"deux"]


async def test_messages_are_spread_over_folders(tmp_path: Path) -> None:
    provider = Provider(Options(path=tmp_path))

    for reference in ("aa1", "aa2", "bb1"):
        await provider.send(a_message(reference=reference), ignore)

    assert sorted(folder.name for folder in tmp_path.iterdir()) == ["aa", "bb"]


@pytest.mark.parametrize("reference", ["", "../../etc/x", "a/b", "a.b", "é", "a\0", "a" * 129])
async def test_a_reference_that_is_a_path_is_refused(tmp_path: Path, reference: str) -> None:
    with pytest.raises(Permanent):
        await Provider(Options(path=tmp_path)).send(a_message(reference=reference), ignore)

    assert list(tmp_path.iterdir()) == []


async def test_what_isnt_kept_is_accepted_and_not_written(tmp_path: Path) -> None:
    provider = Provider(Options(path=tmp_path, keep=lambda message: message.to.startswith("a")))
    told: list[int] = []

    receipt = await provider.send(a_message(), told.append)

    assert receipt.provider_id == ""
    assert told == [7]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("outcome", "expected", "told_of"),
    [("temporary", Temporary, []), ("permanent", Permanent, []), ("uncertain", Uncertain, [7])],
)
async def test_it_fails_when_told_to(
    tmp_path: Path, outcome: Failure, expected: type[Exception], told_of: list[int]
) -> None:
    provider = Provider(Options(path=tmp_path, fail={outcome: ["*@nowhere.example.org"]}))
    told: list[int] = []

    with pytest.raises(expected):
        await provider.send(a_message(to="paul@nowhere.example.org"), told.append)
    await provider.send(a_message(), ignore)

    assert told == told_of
    assert len(list(tmp_path.rglob("*.eml"))) == 1


async def test_a_folder_that_cant_be_written_is_temporary(tmp_path: Path) -> None:
    occupied = tmp_path / "outbox"
    occupied.write_text("not a folder")

    with pytest.raises(Temporary):
        await Provider(Options(path=occupied)).send(a_message(), ignore)
