"""A file that somebody names, and why it can't be read, in plain words."""

from pathlib import Path


def unreadable(file: Path, fault: OSError) -> str:
    """A sentence of the program for what opening ``file`` raised."""
    if isinstance(fault, FileNotFoundError):
        return f"there is no file {file}"
    if isinstance(fault, IsADirectoryError):
        return f"{file} is a folder: give a file that is in it"
    return f"{file} can't be read: {fault.strerror}"
