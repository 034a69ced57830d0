"""The browser keeps its own promise: else a page without faults proves nothing."""

from pathlib import Path

from playwright.sync_api import Browser

from tests.parts.browser import page, page_faults


def test_axe_finds_a_picture_without_words_and_nothing_in_a_sound_page(
    browser: Browser, tmp_path: Path
) -> None:
    sound = tmp_path / "sound.html"
    sound.write_text(
        "<!doctype html><html lang=fr><title>Bureau</title><main><h1>Bureau</h1></main>"
    )
    faulty = tmp_path / "faulty.html"
    faulty.write_text(sound.read_text() + "<img src=x.png>")

    with page(browser, sound.as_uri()) as opened:
        assert page_faults(opened) == []
    with page(browser, faulty.as_uri()) as opened:
        assert [fault.partition(":")[0] for fault in page_faults(opened)] == ["image-alt"]
