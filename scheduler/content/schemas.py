"""JSON Schemas (2020-12) that give an editor completion and a first check of writers' files.

Made from the tables that the readers check with: what an editor accepts, ``check`` reads.
"""

import json
from collections.abc import Mapping
from typing import Any

from scheduler.content import library, message_yaml, twin_yaml
from scheduler.domain.message import MessageClass, OnWeb
from scheduler.domain.twins import MOST_POINTS

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
#: As YAML has it: ``2026`` and ``oui`` are words to our reader.
_WORDS = {"type": ["string", "number", "boolean"]}
_WORDS_OR_NOTHING = {"type": ["string", "number", "boolean", "null"]}
_YES_OR_NO = {"type": "boolean"}


def message() -> Mapping[str, Any]:
    """Of message.yaml."""
    special = {
        "class": {"enum": [one.value for one in MessageClass]},
        "channels": {"type": "array", "items": {"type": "string"}, "minItems": 1},
        "placeholders": {
            "type": ["object", "null"],
            "propertyNames": {"pattern": f"^{message_yaml.FIELD.pattern}$"},
            "additionalProperties": _object(
                message_yaml.PLACEHOLDER_KEYS,
                required=message_yaml.PLACEHOLDER_REQUIRED,
                special={
                    "required": _YES_OR_NO,
                    "max_length": {"type": "integer", "minimum": 0},
                },
            ),
        },
        "calendar": _object(
            message_yaml.CALENDAR_KEYS,
            required=tuple(message_yaml.CALENDAR_KEYS),
            special={"method": {"enum": [*message_yaml.METHODS]}},
        ),
        "image": _object(message_yaml.IMAGE_KEYS, required=("file",), special={}),
        "slogan": _object(message_yaml.SLOGAN_KEYS, required=("text", "credit"), special={}),
        "kicker": _object(message_yaml.KICKER_KEYS, required=(), special={}),
        "twin": _twin(),
        "sourced": _YES_OR_NO,
        "approval": _YES_OR_NO,
        "recipients": {"enum": ["list", "audience"]},
        "web": {"enum": [one.value for one in OnWeb if one]},
    }
    keys = _object(message_yaml.KEYS, required=message_yaml.REQUIRED, special=special)
    return {"$schema": _DIALECT, "title": "message.yaml", **keys}


def _twin() -> Mapping[str, Any]:
    """Audience -> language -> what its twins say."""
    points = {"type": "array", "items": {"type": "string"}, "maxItems": MOST_POINTS}
    said = _object(twin_yaml.KEYS, required=(), special={"points": points})
    by_language = {"type": "object", "additionalProperties": said}
    return {"type": "object", "additionalProperties": by_language}


def front_matter() -> Mapping[str, Any]:
    """Of an e-mail's first lines."""
    keys = _object(library.HEAD_KEYS, required=tuple(library.HEAD_KEYS), special={})
    return {"$schema": _DIALECT, "title": "Objet et pré-en-tête", **keys}


def text_of(name: str) -> str:
    """``message`` or ``front-matter``, as the file in docs/schemas has it."""
    schema = message() if name == "message" else front_matter()
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def _object(
    keys: Mapping[str, str], *, required: tuple[str, ...], special: Mapping[str, Any]
) -> dict[str, Any]:
    def of(name: str) -> Any:
        words: Mapping[str, Any] = _WORDS if name in required else _WORDS_OR_NOTHING
        return special.get(name, words)

    return {
        "type": "object",
        "additionalProperties": False,
        "required": [*required],
        "properties": {name: {"description": text, **of(name)} for name, text in keys.items()},
    }
