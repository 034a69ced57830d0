"""France's holidays by the ``holidays`` library, without the two hundred and fifty other countries.

Asked for one country by its name, the library loads them all: 0.1 s and 14 MB of each command that
knows a calendar. The module of one stands in its folder, and needs none of the others.
"""

from functools import lru_cache
from importlib.machinery import PathFinder
from importlib.util import module_from_spec
from typing import Any


def french_days(subdivision: str | None, year: int) -> Any:
    """Date -> name in French, of a year; ``subdivision`` in the library's words."""
    return _france()(subdiv=subdivision, years=year, language="fr")


@lru_cache(maxsize=1)
def _france() -> Any:
    import holidays  # late: see the calendar's docstring

    countries = [f"{folder}/countries" for folder in holidays.__path__]
    spec = PathFinder.find_spec("france", countries)
    if spec is None or spec.loader is None:  # untaken: the library has France
        raise ImportError(f"no module of France in {countries}")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.France
