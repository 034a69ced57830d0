"""``folder``: a folder on this machine, which files are dropped into."""

from pathlib import Path

from pydantic import Field

from scheduler.config.sections.source_kinds.file import FileSettings


class FolderSettings(FileSettings):
    path: Path = Field(description="The folder that is looked at.")
    files: str = Field(default="*", min_length=1, description="Which files in it (with * and ?).")
    quiet: int = Field(
        default=30,
        ge=0,
        le=86_400,
        description="Seconds without a change after which a file is taken to be whole; 0 where "
        "each is renamed in when it is.",
    )
    done: Path | None = Field(
        default=None,
        description="Folder that a file is moved to once it is taken in; absent: it stays, and "
        "isn't read again.",
    )
