"""Is this file what its name says, and harmless? Read by content, without any door or row."""

from tracker.files.errors import NotTaken
from tracker.files.inspect import Inspected, inspect_file
from tracker.files.kinds import ACCEPTED, MEDIA_TYPES

__all__ = ["ACCEPTED", "MEDIA_TYPES", "Inspected", "NotTaken", "inspect_file"]
