"""The answer to a complaint as plain text, or as a page that prints on one sheet."""

from html import escape

from scheduler.domain.words.complaint import Page
from scheduler.web.desk.french import typography

_STYLE = "body{font:1rem/1.4 sans-serif;max-width:42rem;margin:2rem auto;overflow-wrap:anywhere}"


def as_text(page: Page) -> str:
    lines = [page.title]
    for title, sentences in page.sections():
        lines += ["", title, *(f"  - {one}" for one in sentences)]
    return typography("\n".join(lines) + "\n")


def as_html(page: Page) -> str:
    """By itself: nothing is fetched from anywhere."""
    title = _text(page.title)
    parts = [
        "<!doctype html>",
        f'<html lang="fr"><head><meta charset="utf-8"><title>{title}</title>',
        f"<style>{_STYLE}</style></head><body><h1>{title}</h1>",
    ]
    for name, sentences in page.sections():
        entries = "".join(f"<li>{_text(one)}</li>" for one in sentences)
        parts.append(f"<h2>{_text(name)}</h2><ul>{entries}</ul>")
    return "\n".join([*parts, "</body></html>", ""])


def _text(sentence: str) -> str:
    return escape(typography(sentence))
