"""Checks of single values that several kinds of source share."""

from typing import Any
from urllib.parse import urlsplit


def with_port(value: str) -> str:
    """An address as it is; its port, if it names one, is one that there can be."""
    try:
        port = urlsplit(value).port
    except ValueError:
        port = 0
    if port == 0:
        raise ValueError("has no such port: give one from 1 to 65535")
    return value


def one_or_more(value: Any) -> Any:
    """One text is a list of one."""
    return [value] if isinstance(value, str) else value
