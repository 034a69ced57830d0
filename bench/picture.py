"""The ratios of a run beside their goals, as a small drawing for light and dark screens.

A bar is a ratio in parts of its goal, whose mark is the same for all; beyond one and a half goals
it is cut.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

_WIDTH, _ROW, _TOP, _LEFT = 860, 34, 64, 430
#: Pixels of a whole goal, and goals that there is room for.
_GOAL, _MOST = 200, 1.5
_STYLE = """
  .ground { fill: #f7f5f0 }
  .met { fill: #0b4f5c }
  .below { fill: #a4531b }
  .goal { stroke: #1d282c; stroke-width: 2; stroke-dasharray: 5 4 }
  text { font: 16px system-ui, -apple-system, "Segoe UI", Roboto, Arial, sans-serif; fill: #1d282c }
  .title { font-weight: 600; font-size: 18px }
  @media (prefers-color-scheme: dark) {
    .ground { fill: #11181b }
    .met { fill: #93d7dd }
    .below { fill: #f0a870 }
    .goal { stroke: #edf1f1 }
    text { fill: #edf1f1 }
  }
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Ratio:
    """Of ours to a peer's, in one run; more is better."""

    name: str
    found: float
    goal: float


def draw(ratios: Sequence[Ratio], title: str, file: Path) -> None:
    """Write the drawing: the same figures make the same octets."""
    file.write_text(drawn(ratios, title), encoding="utf-8")


def drawn(ratios: Sequence[Ratio], title: str) -> str:
    height = _TOP + _ROW * len(ratios) + 16
    said = "; ".join(f"{one.name}: {one.found:.2f}, goal {one.goal:g}" for one in ratios)
    mark = _LEFT + _GOAL
    rows = [line for number, one in enumerate(ratios) for line in _row(one, _TOP + _ROW * number)]
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}"',
            f' width="{_WIDTH}" height="{height}" role="img" aria-labelledby="title desc">',
            f'<title id="title">{escape(title)}</title>',
            f'<desc id="desc">{escape(said)}.</desc>',
            f"<style>{_STYLE}</style>",
            f'<rect class="ground" width="{_WIDTH}" height="{height}" rx="12"/>',
            f'<text class="title" x="24" y="34">{escape(title)}</text>',
            f'<text x="{mark}" y="54" text-anchor="middle">goal</text>',
            *rows,
            f'<path class="goal" d="M{mark} 58V{height - 12}"/>',
            "</svg>\n",
        )
    )


def _row(one: Ratio, y: int) -> Sequence[str]:
    part = one.found / one.goal
    length = round(min(part, _MOST) * _GOAL)
    kind = "met" if part >= 1 else "below"
    middle = y + 19
    figure = f"{one.found:.2f} of {one.goal:g}"
    return (
        f'<text x="24" y="{middle}">{escape(one.name)}</text>',
        f'<rect class="{kind}" x="{_LEFT}" y="{y + 4}" width="{length}" height="20" rx="3"/>',
        f'<text x="{_LEFT + max(length, _GOAL) + 10}" y="{middle}">{figure}</text>',
    )
