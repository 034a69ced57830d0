"""What columns of a file may mean, in words, and what somebody chose on a form."""

from collections.abc import Mapping, Sequence
from typing import Any

from scheduler.domain.calendar.campaigns import Audience
from scheduler.domain.channels import channel_label
from scheduler.web.desk import texts

#: Keys that somebody settles at once, and letters of one.
_MOST, _LONGEST = 200, 200


def column_words(meanings: Sequence[str], audience: Audience) -> list[tuple[str, str]]:
    """Meaning -> its words, in the order of the words."""
    labels = {audience.key: audience.key}
    labels |= {field.name: field.label for field in audience.fields}
    found = []
    for one in meanings:
        words = labels.get(one) or texts.MEANINGS.get(one, one)
        if one.startswith("consent_"):
            *channel, part = one.removeprefix("consent_").split("_")
            words = texts.PROOF_MEANINGS[part]
            if channel:
                words += f" ({channel_label('_'.join(channel))})"
        found.append((one, words))
    return sorted(found, key=lambda pair: pair[1].lower())


def settled(
    fields: Mapping[str, str],
    columns: Sequence[Mapping[str, Any]],
    before: Mapping[str, str],
    known: Sequence[str],
) -> dict[str, str] | None:
    """Meaning -> column, where somebody chose otherwise than the file was read; with what they had
    chosen before. None for what is no meaning.

    Raises ValueError, with the second field, where two columns would mean the same.
    """
    read: dict[str, list[int]] = {}
    wanted: dict[str, list[int]] = {}
    for one in columns:
        number, meaning = one["number"], fields.get(f"column-{one['number']}", one["meaning"])
        if meaning and meaning not in known:
            return None
        read.setdefault(one["meaning"], []).append(number)
        wanted.setdefault(meaning, []).append(number)
    chosen = dict(before)
    for meaning in {*read, *wanted} - {""}:
        now = wanted.get(meaning, [])
        if now == read.get(meaning):
            continue
        if len(now) > 1:
            raise ValueError(f"column-{now[-1]}")
        chosen[meaning] = f"#{now[0]}" if now else ""
    return chosen


def keys_of(typed: str) -> tuple[str, ...]:
    """A key a line."""
    lines = (line.strip()[:_LONGEST] for line in typed.splitlines())
    return tuple(dict.fromkeys(line for line in lines if line))[:_MOST]
