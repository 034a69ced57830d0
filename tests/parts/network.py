"""Small networks inside this machine: a host each for several daemons, cut off when a test says.

A host is a network namespace with a cable to a bridge. What a test serves, it serves on the
bridge's address; what a host must not reach any more is dropped there, without a word to either
end, as by a broken switch. The machine's own network and firewall are untouched.
"""

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from .installation import Installation
from .presence import lacking, need_programs, need_root
from .processes import stop

#: Nobody's, and another for each process of tests.
SUBNET = f"10.{100 + os.getpid() % 100}.{os.getpid() // 100 % 256}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Host:
    """One network namespace."""

    name: str

    @contextmanager
    def daemon(self, home: Installation) -> Iterator[subprocess.Popen[bytes]]:
        """The daemon of an installation, living here."""
        environment = {
            **os.environ,
            "REFLEXE_CONFIG": str(home.config),
            **home.environment,
            **home.clock.environment(),
        }
        with home.log_file.open("ab") as log:
            process = subprocess.Popen(
                ["ip", "netns", "exec", self.name, sys.executable, "-m", "scheduler", "run"],
                env=environment,
                stdout=log,
                stderr=log,
            )
        try:
            yield process
        finally:
            stop(process, seconds=35)

    @contextmanager
    def cut_off(self, port: int) -> Iterator[None]:
        """From whatever listens on that port; what was being said hangs."""
        for chain, which in (("OUTPUT", "--dport"), ("INPUT", "--sport")):
            self._say("iptables", "-A", chain, "-p", "tcp", which, str(port), "-j", "DROP")
        try:
            yield
        finally:
            self._say("iptables", "-F")

    def _say(self, *words: str) -> None:
        _say("ip", "netns", "exec", self.name, *words)


@dataclass(frozen=True, kw_only=True, slots=True)
class Network:
    #: Of the machine, as the hosts see it.
    address: str
    hosts: Sequence[Host]


@contextmanager
def network(hosts: int) -> Iterator[Network]:
    """So many hosts on a bridge of their own; skips where namespaces can't be made."""
    need_programs(ip="iproute2", iptables="iptables")
    need_root("network namespaces")
    bridge = f"rfx{os.getpid()}"
    try:
        _say("ip", "link", "add", bridge, "type", "bridge")
    except subprocess.CalledProcessError as refused:
        lacking(f"needs network namespaces: {refused.stderr!r}")
    names = [f"{bridge}{letter}" for letter in "abcdefgh"[:hosts]]
    try:
        _say("ip", "address", "add", f"{SUBNET}.1/24", "dev", bridge)
        _say("ip", "link", "set", bridge, "up")
        for number, name in enumerate(names, 2):
            _plug_in(bridge, name, f"{SUBNET}.{number}")
        yield Network(address=f"{SUBNET}.1", hosts=[Host(name=name) for name in names])
    finally:
        for name in names:
            # Its end of the cable goes with it, and the other end with that.
            subprocess.run(["ip", "netns", "delete", name], capture_output=True, check=False)
        _say("ip", "link", "delete", bridge)


def _plug_in(bridge: str, name: str, address: str) -> None:
    _say("ip", "netns", "add", name)
    _say("ip", "link", "add", name, "type", "veth", "peer", "name", "eth0", "netns", name)
    _say("ip", "link", "set", name, "master", bridge, "up")
    inside = ["ip", "-netns", name]
    _say(*inside, "address", "add", f"{address}/24", "dev", "eth0")
    _say(*inside, "link", "set", "eth0", "up")
    _say(*inside, "link", "set", "lo", "up")


def _say(*words: str) -> None:
    subprocess.run(words, check=True, capture_output=True)
