"""Uploads for tests, and what lies in the folder of files."""

from django.core.files.base import ContentFile


def upload(content: bytes, name: str) -> ContentFile:
    """A file as it comes in, under the name that was sent."""
    return ContentFile(content, name=name)


def kept_in(folder) -> list[bytes]:
    """What every file in the folder holds."""
    return sorted(path.read_bytes() for path in folder.rglob("*") if path.is_file())
