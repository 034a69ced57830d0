"""deploy/proxies/nginx.conf before the real public server: what passes, what is never logged."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import aiohttp

from scheduler.web.public import make_public
from tests.parts.certificates import issue
from tests.parts.presence import PROGRAM_PATH, need_programs
from tests.parts.processes import free_port, listens, stop, wait_until
from tests.samples.public import Visitor
from tests.serving import serving
from tests.worlds import make_world

SHIPPED = Path(__file__).parents[2] / "deploy" / "proxies" / "nginx.conf"


@contextmanager
def nginx(folder: Path, public_port: int) -> Iterator[int]:
    """The shipped file but for ports and places, in a folder of its own; gives its HTTPS port."""
    need_programs(nginx="nginx-light")
    certificates = issue(folder, "cyber.example.org")
    port = free_port()
    text = SHIPPED.read_text(encoding="utf-8")
    for old, new in (
        ("listen 443 ssl", f"listen 127.0.0.1:{port} ssl"),
        ("listen 80", f"listen 127.0.0.1:{free_port()}"),
        ("127.0.0.1:8081", f"127.0.0.1:{public_port}"),
        ("/etc/ssl/cyber.example.org.pem", str(certificates.certificate)),
        ("/etc/ssl/cyber.example.org.key", str(certificates.key)),
        ("/var/log/nginx", str(folder)),
    ):
        assert old in text
        text = text.replace(old, new)
    (folder / "site.conf").write_text(text, encoding="utf-8")
    temporary = "\n".join(
        f"{name}_temp_path {folder}/{name};"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(
        f"user root; daemon off; pid {folder}/pid; error_log {folder}/start.log;\n"
        f"events {{}}\nhttp {{\n{temporary}\ninclude {folder}/site.conf;\n}}\n"
    )
    program = shutil.which("nginx", path=PROGRAM_PATH) or "nginx"
    process = subprocess.Popen([program, "-p", folder, "-c", folder / "nginx.conf"])
    try:
        wait_until(lambda: listens(port), "nginx listens")
        yield port
    finally:
        stop(process)


async def test_a_click_passes_and_no_log_has_its_token_even_when_the_daemon_is_away(
    tmp_path: Path,
) -> None:
    app = await make_world(tmp_path)
    gone = free_port()
    (tmp_path / "nginx").mkdir()
    (tmp_path / "away").mkdir()
    with serving(make_public(lambda: app, dict, ready=lambda: True)) as address:
        target = int(address.rpartition(":")[2])
        with (
            nginx(tmp_path / "nginx", target) as port,
            nginx(tmp_path / "away", gone) as away,
        ):
            async with aiohttp.ClientSession() as session:
                link = await Visitor(app=app, session=session).email_link("A1")
                found = [
                    await click(session, f"https://127.0.0.1:{one}{link}") for one in (port, away)
                ]
                opted_out = await app.people.opt_outs()
    await app.close()
    logs = {
        file.name: file.read_text()
        for name in ("nginx", "away")
        for file in (tmp_path / name).glob("*.log")
    }

    assert found == [200, 502]
    assert [one.route for one in opted_out] == ["one-click"]
    assert "POST 200" in (tmp_path / "nginx" / "reflexe.log").read_text()
    assert not any(link.removeprefix("/d/") in text for text in logs.values())


async def click(session: aiohttp.ClientSession, url: str) -> int:
    body = {"List-Unsubscribe": "One-Click"}
    async with session.post(
        url, data=body, headers={"Host": "cyber.example.org"}, ssl=False, allow_redirects=False
    ) as answer:
        return answer.status
