"""What goes through a file by the million makes no cycles: they are looked for less often."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

#: Objects made between two looks at the young ones, and looks between two at the older ones.
#: Python's own 700 and 10 take a tenth of an import.
_RARELY = (50_000, 20, 50)


@contextmanager
def few_collections() -> Iterator[None]:
    before = gc.get_threshold()
    gc.set_threshold(*_RARELY)
    try:
        yield
    finally:
        gc.set_threshold(*before)
