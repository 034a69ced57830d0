"""The peers of the send path, on the same sink: what they push in a second.

``smtp-source -d`` only pushes octets. EmailMessage with aiosmtplib composes each message and sends
it over as many connections. nodemailer (pooled, composing) where ``NODEMAILER`` names a folder that
it is installed in: ``npm install --prefix FOLDER nodemailer``.
"""

import asyncio
import os
import subprocess
import time
from email.message import EmailMessage
from email.policy import SMTP as POLICY
from pathlib import Path

import aiosmtplib

NODE = """
const n = require(process.argv[1] + '/node_modules/nodemailer');
const [port, count, size, connections] = process.argv.slice(2).map(Number);
const t = n.createTransport({host: '127.0.0.1', port, pool: true, maxConnections: connections,
  maxMessages: 100000, ignoreTLS: true});
const line = 'Une ligne du message, et encore une autre, pour chacun la sienne.\\n';
const html = '<p>' + line.repeat(Math.ceil(size / line.length / 2)) + '</p>';
const text = line.repeat(Math.ceil(size / line.length / 2));
const start = process.hrtime.bigint();
const all = [];
for (let i = 0; i < count; i++) all.push(t.sendMail({from: 'cyber@example.org',
  to: `patient${i}@example.org`, subject: 'Essai', text: `Bonjour ${i}\\n` + text,
  html: `<p>Bonjour ${i}</p>` + html}));
Promise.all(all).then(() => {
  console.log(count / (Number(process.hrtime.bigint() - start) / 1e9)); t.close(); process.exit(0);
});
"""


def smtp_source(port: int, messages: int, sessions: int, size: int) -> tuple[float, float]:
    """Messages a second, and its processor seconds a thousand."""
    command = ["smtp-source", "-d", "-s", str(sessions), "-m", str(messages), "-l", str(size)]
    addresses = ["-f", "retour@example.org", "-t", "personne@example.org"]
    before, began = os.times(), time.perf_counter()
    subprocess.run([*command, *addresses, f"127.0.0.1:{port}"], check=True)
    seconds, after = time.perf_counter() - began, os.times()
    spent = after.children_user + after.children_system
    spent -= before.children_user + before.children_system
    return messages / seconds, spent / messages * 1000


async def aiosmtplib_rate(port: int, messages: int, connections: int, size: int) -> float:
    """Messages a second of EmailMessage and aiosmtplib, one task a connection."""
    numbers = iter(range(messages))
    line = "Une ligne du message, et encore une autre, pour chacun la sienne.\n"
    body = line * (size // len(line) // 2)

    async def work() -> None:
        client = aiosmtplib.SMTP(hostname="127.0.0.1", port=port, use_tls=False, start_tls=False)
        await client.connect()
        for number in numbers:
            message = EmailMessage(policy=POLICY)
            message["From"], message["Subject"] = "cyber@example.org", "Essai"
            message["To"] = f"patient{number}@example.org"
            message.set_content(f"Bonjour {number}\n{body}")
            message.add_alternative(f"<p>Bonjour {number}</p><p>{body}</p>", subtype="html")
            await client.send_message(message)
        await client.quit()

    began = time.perf_counter()
    await asyncio.gather(*(work() for _ in range(connections)))
    return messages / (time.perf_counter() - began)


def nodemailer(port: int, messages: int, connections: int, size: int) -> float | None:
    """Messages a second; None where it isn't installed."""
    folder = os.environ.get("NODEMAILER", "")
    if not folder or not (Path(folder) / "node_modules" / "nodemailer").is_dir():
        return None
    numbers = [str(one) for one in (port, messages, size, connections)]
    found = subprocess.run(
        ["node", "-e", NODE, folder, *numbers], check=True, capture_output=True, text=True
    )
    return float(found.stdout)
