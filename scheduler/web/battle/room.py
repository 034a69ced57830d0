"""Makes the pages of a room: a telephone's, the projector's, and where a code is typed."""

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from scheduler.domain.quizzes.battle import Battle
from scheduler.web.battle.page import JUDGE, POLICY, as_json, data_of, labels_of
from scheduler.web.battle.words import WORDS
from scheduler.web.templating import make_pages

#: These pages also ask their own room how things stand.
ROOM_POLICY = {**POLICY, "connect-src": "'self'"}
_PHONE = ("show.js", "room.js", "phone.js")
_SCREEN = ("show.js", "room.js", "screen.js")


def room_page(
    battles: Sequence[Battle],
    values: Mapping[str, str],
    *,
    base: str,
    code: str,
    address: str,
    picture: Markup | None = None,
) -> str:
    """A room's page: a telephone's, or with the ``picture`` of its ``address`` the projector's.

    ``base``: of the battle's files. A telephone loads what judges by itself, one file at a time.
    """
    spoken, data = data_of(battles, values)
    judge = [f"{base}/{name}" for name in JUDGE]
    return (
        make_pages()
        .get_template("battle_room.html")
        .render(
            battles=spoken,
            words={language: labels_of(language) for language in WORDS},
            data=as_json({**data, "judge": judge}),
            scripts=[f"{base}/{name}" for name in (_SCREEN if picture else _PHONE)],
            base=base,
            code=code,
            address=address,
            picture=picture,
        )
    )


def door_page(
    battles: Sequence[Battle], values: Mapping[str, str], *, base: str, fault: str = ""
) -> str:
    """Where a code is typed; without a script. ``fault``: a key of the words, said first."""
    spoken, _ = data_of(battles, values)
    return (
        make_pages()
        .get_template("battle_door.html")
        .render(
            battles=spoken,
            words={language: labels_of(language) for language in WORDS},
            base=base,
            fault=fault,
        )
    )
