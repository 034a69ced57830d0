"""Makes the PNG of each drawing of templates/_images from its SVG: ``make images``.

The library is locked, and the drawings hold no letters: the same octets on every machine.
"""

import sys
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "templates" / "_images"


def rendered(drawing: Path) -> bytes:
    """The PNG of an SVG file, in its own size."""
    import resvg_py

    return bytes(resvg_py.svg_to_bytes(svg_path=str(drawing), skip_system_fonts=True))


def main() -> None:
    for drawing in sorted(FOLDER.glob("*.svg")):
        picture = rendered(drawing)
        drawing.with_suffix(".png").write_bytes(picture)
        sys.stdout.write(f"{drawing.stem}.png {len(picture)}\n")


if __name__ == "__main__":
    main()
