"""Who writes: the organisation, its sender names and its own addresses on the web."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Organisation:
    name: str
    #: Postal address, one line.
    address: str
    #: How a reader reaches a person: an e-mail address or a telephone number.
    contact: str
    #: The data-protection officer's e-mail address.
    dpo: str
    #: The organisation's own web site (https).
    site: str
    privacy_url: str
    #: Domains that messages may link to, beside the public help sites.
    link_domains: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Links:
    """The program's own public addresses; https always, no slash at the end."""

    public_url: str
    short_url: str

    @property
    def help_page(self) -> str:
        return f"{self.public_url}/aide"

    def optout(self, token: str) -> str:
        """The page behind an e-mail's opt-out link, and its one-click address (RFC 8058)."""
        return f"{self.public_url}/d/{token}"

    def short(self, token: str) -> str:
        """The page behind an SMS's short link (8 characters)."""
        return f"{self.short_url}/{token}"


@dataclass(frozen=True, kw_only=True, slots=True)
class EmailSender:
    """The one stable From of every e-mail, and where its answers go."""

    #: ``Name <address>`` or a bare address.
    sender: str
    reply_to: str
    #: Bounces and mailto opt-outs come to this domain.
    return_path_domain: str
    #: ``List-Id`` label; carries no audience word.
    list_name: str = "Réflexes cyber"
