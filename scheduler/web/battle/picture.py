"""A QR code, drawn where the page stands: nothing of it is fetched."""

from markupsafe import Markup


def drawn(address: str) -> Markup:
    from segno import make_qr

    made = make_qr(address, error="m")
    picture = made.svg_inline(scale=8, border=4, light="#fff", dark="#000", omitsize=True)
    return Markup(picture)  # noqa: S704 - segno's shapes alone
