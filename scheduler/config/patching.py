"""config.yaml with other words for its campaigns, and everything else as its writers left it.

Only the lines of what changes are touched: comments, order and blank lines stay. Whether the result
says what it should is for the caller to read; what can't be patched is refused.
"""

from collections.abc import Mapping
from typing import Any

import yaml

#: Columns that a campaign's own keys stand further in than its name.
_STEP = 2


class CantPatch(ValueError):
    """This file isn't laid out so that it can be changed by lines; ``str()`` says why."""


def with_keys(text: str, campaign: str, keys: Mapping[str, Any]) -> str:
    """The same with these keys of a campaign. Raises CantPatch."""
    for name, value in keys.items():
        node = _campaign(text, campaign)
        if node is None:
            raise CantPatch(f"there is no campaign {campaign}")
        text = _set(text, node, name, value)
    return text


def with_campaign(text: str, campaign: str, keys: Mapping[str, Any]) -> str:
    """The same with a whole campaign, in place of the one of that name or after the last one.
    Raises CantPatch."""
    every = _campaigns(text)
    indent = every.value[0][0].start_mark.column
    block = _block(campaign, keys, indent)
    for key, value in every.value:
        if key.value == campaign:
            start, end = _line_start(text, key.start_mark.index), _line_end(text, _end(value))
            return text[:start] + block + text[end:]
    end = _line_end(text, _end(every.value[-1][1]))
    before = text[:end] if text[:end].endswith("\n") else text[:end] + "\n"
    return f"{before}\n{block}{text[end:]}"


def _campaigns(text: str) -> yaml.MappingNode:
    """Raises CantPatch."""
    root = _compose(text)
    found = _value(root, "campaigns") if isinstance(root, yaml.MappingNode) else None
    if not isinstance(found, yaml.MappingNode) or found.flow_style or not found.value:
        raise CantPatch("campaigns is not written line by line")
    return found


def _campaign(text: str, name: str) -> yaml.MappingNode | None:
    found = _value(_campaigns(text), name)
    return found if isinstance(found, yaml.MappingNode) else None


def _compose(text: str) -> Any:
    try:
        return yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as broken:
        raise CantPatch("is not valid YAML") from broken


def _value(node: yaml.MappingNode, name: str) -> Any:
    return next((value for key, value in node.value if key.value == name), None)


def _set(text: str, campaign: yaml.MappingNode, name: str, value: Any) -> str:
    told = _flow(value)
    there = _value(campaign, name)
    if there is not None:
        return _replace(text, campaign, name, there, told)
    first = campaign.value[0][0].start_mark
    if campaign.flow_style:
        return f"{text[: first.index]}{name}: {told}, {text[first.index :]}"
    # After its kind, which every campaign has, with what is said beside it.
    kind = _value(campaign, "kind")
    end = _line_end(text, _end(kind if kind is not None else campaign.value[0][1]))
    before = text[:end] if text[:end].endswith("\n") else text[:end] + "\n"
    return f"{before}{' ' * first.column}{name}: {told}\n{text[end:]}"


def _replace(text: str, campaign: yaml.MappingNode, name: str, there: Any, told: str) -> str:
    key = next(one for one, _ in campaign.value if one.value == name)
    colon = text.index(":", key.end_mark.index) + 1
    return f"{text[:colon]} {told}{text[max(_end(there), colon) :]}"


def _end(node: Any) -> int:
    """Where what a node says ends: a block's own mark lies behind the comments that follow it."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return _end(last[1] if isinstance(last, tuple) else last)
    return int(node.end_mark.index)


def _line_start(text: str, index: int) -> int:
    return text.rfind("\n", 0, index) + 1


def _line_end(text: str, index: int) -> int:
    """Behind the line's end, with the comment that may stand on it."""
    found = text.find("\n", index)
    return len(text) if found < 0 else found + 1


def _block(campaign: str, keys: Mapping[str, Any], indent: int) -> str:
    inner, deeper = " " * (indent + _STEP), " " * (indent + 2 * _STEP)
    lines = [f"{' ' * indent}{campaign}:"]
    for name, value in keys.items():
        if name == "episodes":
            lines.append(f"{inner}episodes:")
            lines += [f"{deeper}{episode}: {_flow(one)}" for episode, one in value.items()]
        else:
            lines.append(f"{inner}{name}: {_flow(value)}")
    return "\n".join(lines) + "\n"


def _flow(value: Any) -> str:
    """On one line."""
    told = yaml.safe_dump(
        value,
        default_flow_style=True,
        allow_unicode=True,
        width=float("inf"),
        sort_keys=False,
    )
    return told.removesuffix("...\n").strip()
