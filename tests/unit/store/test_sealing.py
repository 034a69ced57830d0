"""Keys and sealed values: what opens, for whom, and what is refused in words."""

import base64
import hmac
import json
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.domain.errors import KeysError
from scheduler.store.keys.sealing import (
    Keys,
    Secret,
    make_keys,
    open_fields,
    read_keys,
    replace_keys,
    seal_fields,
    with_new_key,
    write_keys,
)

LONG = base64.b64encode(b"k" * 32).decode()
FIELDS = {"prenom": "Zoé", "": "K1"}
KEYS = Keys([Secret(id="a", value=b"k" * 32)])


@pytest.fixture
def keys() -> Keys:
    return Keys([Secret(id="a", value=b"k" * 32)])


def rotated(keys: Keys) -> Keys:
    return Keys([Secret(id="b", value=b"n" * 32), *keys.ring])


def test_what_is_sealed_opens_whole_and_shows_nothing(keys: Keys) -> None:
    sealed = seal_fields(keys, "staff", FIELDS, b"row")

    assert open_fields(keys, "staff", sealed, b"row") == FIELDS
    assert "Zoé".encode() not in sealed
    assert sealed != seal_fields(keys, "staff", FIELDS, b"row")


@pytest.mark.parametrize(("audience", "row"), [("patients", b"row"), ("staff", b"other")])
def test_it_opens_for_no_other_audience_or_row(keys: Keys, audience: str, row: bytes) -> None:
    sealed = seal_fields(keys, "staff", FIELDS, b"row")

    with pytest.raises(KeysError, match=r"doesn't open with the keys of keys\.file"):
        open_fields(keys, audience, sealed, row)


@pytest.mark.parametrize("position", [1, 13, -1])
def test_a_changed_byte_is_noticed(keys: Keys, position: int) -> None:
    sealed = bytearray(keys.seal("address", b"zoe@example.org", b"digest"))
    sealed[position] ^= 1

    with pytest.raises(KeysError):
        keys.open("address", bytes(sealed), b"digest")


def test_other_keys_open_nothing(keys: Keys) -> None:
    sealed = keys.seal("address", b"zoe@example.org", b"digest")

    with pytest.raises(KeysError, match="doesn't open"):
        Keys([Secret(id="a", value=b"x" * 32)]).open("address", sealed, b"digest")
    with pytest.raises(KeysError, match="put the older key back"):
        Keys([Secret(id="b", value=b"k" * 32)]).open("address", sealed, b"digest")


def test_a_new_key_in_front_seals_and_the_older_one_still_opens(keys: Keys) -> None:
    old = keys.seal("address", b"zoe@example.org", b"digest")
    both = rotated(keys)
    new = both.seal("address", b"zoe@example.org", b"digest")

    assert (old[:1], new[:1]) == (b"a", b"b")
    assert both.open("address", old, b"digest") == both.open("address", new, b"digest")


def test_a_new_key_in_front_finds_everyone_again(keys: Keys) -> None:
    both = rotated(keys)

    old, new = keys.digest("email", "zoe@example.org"), both.digest("email", "zoe@example.org")
    assert both.digests("email", "zoe@example.org") == [new, old]
    assert old != new
    assert both.check_value == keys.check_value


def test_a_ring_grows_by_its_front_and_stays_one_ledger_s(tmp_path: Path, keys: Keys) -> None:
    path = tmp_path / "keys.json"
    write_keys(keys, path)

    for _ in range(3):
        replace_keys(with_new_key(read_keys(path)), path)

    ring = read_keys(path)
    assert [secret.id for secret in ring.ring] == ["d", "c", "b", "a"]
    assert ring.oldest == keys.oldest
    assert ring.check_value == keys.check_value
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [one.name for one in tmp_path.iterdir()] == ["keys.json"]


def test_a_full_ring_takes_no_more() -> None:
    letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
    full = Keys([Secret(id=letter, value=b"k" * 32) for letter in letters])

    with pytest.raises(KeysError, match="no room"):
        with_new_key(full)


def test_a_digest_tells_kinds_and_values_and_ledgers_apart(keys: Keys) -> None:
    other = Keys([Secret(id="a", value=b"x" * 32)])
    digests = {
        keys.digest("email", "a"),
        keys.digest("phone", "a"),
        keys.digest("email", "b"),
        other.digest("email", "a"),
    }

    assert len(digests) == 4
    assert {len(digest) for digest in digests} == {32}
    assert other.check_value != keys.check_value


def test_keys_are_written_for_their_owner_alone_and_read_again(tmp_path: Path) -> None:
    path = tmp_path / "new" / "keys.json"
    keys = make_keys()

    write_keys(keys, path)

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert read_keys(path).ring == keys.ring
    assert make_keys().ring != keys.ring
    with pytest.raises(FileExistsError):
        write_keys(make_keys(), path)
    assert read_keys(path).ring == keys.ring


def test_a_secret_does_not_show_in_a_log() -> None:
    secret = Secret(id="a", value=b"never-shown")

    assert "never-shown" not in repr(secret) + repr(Keys([secret]))


@pytest.mark.parametrize(
    "ring",
    [
        [],
        [{"id": "a"}],
        [{"id": "a", "secret": "not base64!"}],
        [{"id": "a", "secret": ""}],
        [{"id": "a", "secret": LONG[:8]}],
        [{"id": "ab", "secret": LONG}],
        [{"id": "é", "secret": LONG}],
        [{"id": 1, "secret": LONG}],
        [{"id": "a", "secret": LONG}] * 2,
    ],
)
def test_keys_that_can_not_be_used_are_refused_in_words(
    tmp_path: Path, ring: list[dict[str, object]]
) -> None:
    path = tmp_path / "keys.json"
    path.write_text(json.dumps({"keys": ring}), encoding="utf-8")

    with pytest.raises(KeysError, match=r"restore it from its backup"):
        read_keys(path)


def test_a_file_that_is_not_there_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(KeysError, match=r"can't be read.*restore it"):
        read_keys(tmp_path / "none.json")


#: Whatever can be written in UTF-8.
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@given(TEXT, st.sampled_from(["email", "phone", "source"]))
def test_a_digest_is_hmac_by_the_derived_key(value: str, kind: str) -> None:
    for secret in rotated(KEYS).ring:
        keys = Keys([secret])

        key = keys.key("digest", secret.id)
        said = hmac.digest(key, f"{kind}\0{value}".encode(), "sha256")

        assert keys.digest(kind, value) == said


@given(st.dictionaries(TEXT, TEXT, max_size=5))
def test_fields_are_sealed_as_json_would_write_them(fields: dict[str, str]) -> None:
    sealed = seal_fields(KEYS, "staff", fields, b"row")

    plain = json.dumps(fields, ensure_ascii=False, separators=(",", ":"))
    assert KEYS.open("staff", sealed, b"row").decode() == plain
