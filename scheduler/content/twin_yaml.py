"""The ``twin:`` block of message.yaml: what its twins say, for whom, in which language.

    twin:
      staff:
        fr:
          points: ["…", "…", "…"]
          post: "…"

``all`` stands for the audiences that have no block of their own. What is too long, or shouldn't be
on a wall, is for ``check`` to say: no reader waits for it.
"""

import re

from scheduler.content.folder import TwinText
from scheduler.content.wording import one_line
from scheduler.content.yaml_text import Mapping
from scheduler.domain.twins import MOST_POINTS

#: Every key, and what an editor says of it.
KEYS = {
    "points": "Trois points, ou quatre, lus de loin ; sans eux, ceux du texte",
    "post": "La première ligne d’une publication",
}
_AUDIENCE = re.compile("[a-z0-9_-]+")
_VARIANT = re.compile("[a-z]{2}(?:-falc)?")


def twins(block: Mapping) -> dict[tuple[str, str], TwinText]:
    """(audience or ``all``, variant) -> what was chosen. Raises ContentError."""
    found = {}
    for audience in block.entries:
        line, _ = block.entries[audience]
        if not _AUDIENCE.fullmatch(audience):
            raise block.fault(
                f"« {audience} » n'est pas un public", "écrivez staff:, ou all:", line
            )
        by_language = block.mapping(audience)
        for variant in by_language.entries:
            line, _ = by_language.entries[variant]
            if not _VARIANT.fullmatch(variant):
                raise block.fault(f"« {variant} » n'est pas une langue", "écrivez fr:", line)
            found[audience, variant] = _text(by_language.mapping(variant))
    return found


def _text(one: Mapping) -> TwinText:
    one.only(*KEYS)
    points = one.words("points") if "points" in one.entries else ()
    if len(points) > MOST_POINTS:
        line, _ = one.entries["points"]
        raise one.fault(f"il y a {len(points)} points", f"gardez-en {MOST_POINTS}", line)
    return TwinText(
        points=tuple(one_line(point).strip() for point in points),
        post=one_line(one.text("post", "")),
        line=one.line,
    )
