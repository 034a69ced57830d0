"""A DNS server of the tests' own, over UDP and TCP: what it publishes is a dictionary."""

import socketserver
import struct
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from threading import Thread
from typing import Any

import dns.exception
import dns.flags
import dns.message
import dns.rcode
import dns.rdatatype
import dns.rrset

#: Ports of UDP asked for, before it is given up to find one that is free by TCP too.
TRIES = 20

#: (kind, name) -> values, as a zone file has them; TXT without its quotes.
Published = Mapping[tuple[str, str], Sequence[str]]


class FakeNames:
    """Answers what is published; ``failing`` names get SERVFAIL, ``silent`` ones nothing."""

    def __init__(self, published: Published) -> None:
        self.published = dict(published)
        self.failing: set[str] = set()
        self.silent: set[str] = set()
        #: "udp" and "tcp" -> questions.
        self.asked: Counter[str] = Counter()
        self.address, self.port = "127.0.0.1", 0

    def answer(self, wire: bytes, by: str) -> bytes | None:
        self.asked[by] += 1
        question = dns.message.from_wire(wire)
        name = question.question[0].name.to_text().rstrip(".").lower()
        if name in self.silent:
            return None
        reply = dns.message.make_response(question)
        if name in self.failing:
            reply.set_rcode(dns.rcode.SERVFAIL)
            return reply.to_wire()
        self._fill(reply, name, dns.rdatatype.to_text(question.question[0].rdtype))
        limit = 512 if by == "udp" else 65535
        try:
            return reply.to_wire(max_size=limit)
        except dns.exception.TooBig:
            reply.answer.clear()
            reply.flags |= dns.flags.TC
            return reply.to_wire()

    def _fill(self, reply: dns.message.Message, name: str, kind: str) -> None:
        values = self.published.get((kind, name), ())
        if values:
            texts = [_quoted(one) for one in values] if kind == "TXT" else list(values)
            reply.answer.append(dns.rrset.from_text_list(f"{name}.", 60, "IN", kind, texts))
        elif not any(one == name or one.endswith(f".{name}") for _, one in self.published):
            reply.set_rcode(dns.rcode.NXDOMAIN)

    @contextmanager
    def serving(self) -> Iterator["FakeNames"]:
        """On one free port, by UDP and TCP."""
        names = self

        class Udp(socketserver.BaseRequestHandler):
            def handle(self) -> None:
                wire, socket = self.request
                if (told := names.answer(wire, "udp")) is not None:
                    socket.sendto(told, self.client_address)

        class Tcp(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                (length,) = struct.unpack(">H", self.rfile.read(2))
                if (told := names.answer(self.rfile.read(length), "tcp")) is not None:
                    self.wfile.write(struct.pack(">H", len(told)) + told)

        with ExitStack() as stack:
            for _try in range(TRIES):
                udp = socketserver.ThreadingUDPServer((self.address, 0), Udp)
                self.port = int(udp.server_address[1])
                try:
                    tcp = socketserver.ThreadingTCPServer((self.address, self.port), Tcp)
                except OSError:  # a port of UDP that somebody has by TCP
                    udp.server_close()
                    continue
                stack.enter_context(udp)
                stack.enter_context(tcp)
                break
            else:
                raise OSError(f"no port is free by UDP and by TCP, of {TRIES}")
            threads = [Thread(target=one.serve_forever, args=(0.05,)) for one in (udp, tcp)]
            _each(threads, "start")
            try:
                yield self
            finally:
                udp.shutdown()
                tcp.shutdown()
                _each(threads, "join")


def _each(those: Sequence[Any], act: str) -> None:
    for one in those:
        getattr(one, act)()


def _quoted(text: str) -> str:
    return " ".join(f'"{text[start : start + 255]}"' for start in range(0, len(text), 255))
