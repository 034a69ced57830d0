"""The password battle in rooms: the desk of a host and the public site of telephones."""

from collections.abc import Iterator
from contextlib import contextmanager

from scheduler.bootstrap import App
from scheduler.domain.roles import Person, Role
from scheduler.web.battle.rooms import Rooms
from scheduler.web.public import make_public
from tests.samples.desk import desk_of
from tests.serving import serving

#: What a world's environment says where the battle is played.
ON = {"REFLEXE_WEB__BATTLE": "true"}
HOST = Person(name="Camille Moreau", roles=frozenset({Role.WRITE}))


@contextmanager
def hall_of(app: App, rooms: Rooms) -> Iterator[tuple[str, str]]:
    """The addresses of the desk and of the public site: both know the same ``rooms``."""
    public = make_public(lambda: app, dict, ready=lambda: True, rooms=rooms)
    with serving(desk_of(app, local=HOST, rooms=rooms)) as desk, serving(public) as site:
        yield desk, site
