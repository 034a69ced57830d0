"""The rooms that are open in this process. They are in memory alone: a restart forgets them, and
another replica doesn't know them.

The desk opens and leads them, the public server's pages play in them; each asks on its own.
"""

import json
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime

from scheduler.domain.names.tokens import typable
from scheduler.domain.quizzes.battle import Battle
from scheduler.domain.quizzes.room import Room, until

#: Open at once.
MOST_ROOMS = 5
#: Letters and digits of a code: typed from a wall, and guessed by nobody in a round.
CODE_LENGTH = 6
#: Codes of rooms that were closed here, kept so that their pages stop asking.
MOST_CLOSED = 100
#: The writers' texts and what fills their fields.
Texts = tuple[Sequence[Battle], Mapping[str, str]]


class Rooms:
    def __init__(self) -> None:
        self._rooms: dict[str, Room] = {}
        self._said: dict[str, tuple[int, bytes]] = {}
        self._texts: dict[str, Texts] = {}
        self._closed: dict[str, None] = {}

    def open(
        self, rounds: int, hours: int, now: datetime, texts: Texts | None = None
    ) -> Room | None:
        """A new one; None: there are as many as there may be.

        It is played to its end with the ``texts`` of its opening, however the file is edited.
        """
        if len(self.all(now)) >= MOST_ROOMS:
            return None
        room = Room(code=self._code(), rounds=rounds, ends_at=until(now, hours))
        self._rooms[room.code] = room
        if texts is not None:
            self._texts[room.code] = texts
        return room

    def texts(self, room: Room) -> Texts | None:
        """Those that it was opened with."""
        return self._texts.get(room.code)

    def was_closed(self, code: str) -> bool:
        """Whether a room with this code was closed, or its time ended, in this process."""
        return code.lower() in self._closed

    def find(self, code: str, now: datetime) -> Room | None:
        """Capitals are no difference; None: no room, or its time is over."""
        self.all(now)
        return self._rooms.get(code.lower())

    def all(self, now: datetime) -> list[Room]:
        """In the order in which they were opened; those whose time is over are forgotten."""
        for room in list(self._rooms.values()):
            if now >= room.ends_at:
                self.close(room.code)
        return list(self._rooms.values())

    def close(self, code: str) -> bool:
        """Forget it, with all that was played."""
        self._said.pop(code, None)
        self._texts.pop(code, None)
        if self._rooms.pop(code, None) is None:
            return False
        self._remember(code)
        return True

    def renew(self, code: str) -> Room | None:
        """The same room without a team, behind another code."""
        if (room := self._rooms.pop(code, None)) is None:
            return None
        self._said.pop(code, None)
        self._remember(code)
        room.empty()
        room.code = self._code()
        self._rooms[room.code] = room
        if (texts := self._texts.pop(code, None)) is not None:
            self._texts[room.code] = texts
        return room

    def state(self, room: Room) -> bytes:
        """Made once a change, however many ask."""
        known, said = self._said.get(room.code, (-1, b""))
        if known != room.version:
            known, said = room.version, written(room.state())
            self._said[room.code] = known, said
        return said

    def _remember(self, code: str) -> None:
        """Nothing but the code, and the oldest goes."""
        self._closed[code] = None
        if len(self._closed) > MOST_CLOSED:
            del self._closed[next(iter(self._closed))]

    def _code(self) -> str:
        while True:
            code = typable(secrets.token_bytes(8))[:CODE_LENGTH]
            if code not in self._rooms and code not in self._closed:
                return code


def written(value: Mapping[str, object]) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
