"""Pages from the templates beside this module: escaped, and strict about what they name."""

from pathlib import Path
from types import CodeType

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket

STATIC = Path(__file__).parent / "static"
_PAGES = Path(__file__).parent / "pages"


class Compiled(BytecodeCache):
    """What each page came to in Python, worked out once a process and not once a server: with a
    desk, a public site and a page or two that are made alone, each had its own."""

    def __init__(self) -> None:
        #: Page -> the digest of its text, and its code.
        self._kept: dict[str, tuple[str, CodeType]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        digest, code = self._kept.get(bucket.key, ("", None))
        bucket.code = code if digest == bucket.checksum else None

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            self._kept[bucket.key] = bucket.checksum, bucket.code


_COMPILED = Compiled()


def make_pages() -> Environment:
    """The pages of both servers, by path: ``public/way_out.html``, ``desk/…``."""
    return Environment(
        loader=FileSystemLoader(_PAGES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=_COMPILED,
    )
