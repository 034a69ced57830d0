"""The choices of ``check``; apart from what prints them, so that ``--help`` stays quick."""

from enum import StrEnum


class Format(StrEnum):
    TEXT = "text"
    JSON = "json"
    #: SARIF 2.1.0 (OASIS), which code scanners read.
    SARIF = "sarif"
    #: A line a finding, which a GitHub workflow shows beside the file.
    GITHUB = "github"


class Schema(StrEnum):
    #: Of message.yaml.
    MESSAGE = "message"
    #: Of the lines between --- at the head of an e-mail.
    FRONT_MATTER = "front-matter"
