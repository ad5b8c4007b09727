"""How a content is named, and when a job's worker is given up."""

import hashlib
from datetime import timedelta
from pathlib import PurePath
from typing import BinaryIO

BLOCK = 1024 * 1024

SILENCE = timedelta(seconds=60)
"""After this long without a sign of life a job's worker is taken for dead."""


def digest_of(content: bytes) -> str:
    """The SHA-256 of a content, in hex."""
    return hashlib.sha256(content).hexdigest()


def digest_of_stream(stream: BinaryIO) -> str:
    """The SHA-256 of what a stream holds from its start; leaves the stream at its start."""
    total = hashlib.sha256()
    stream.seek(0)
    while block := stream.read(BLOCK):
        total.update(block)
    stream.seek(0)
    return total.hexdigest()


def place_of(digest: str) -> PurePath:
    """Where a content lies below the folder of contents: `ab/cd/abcd…`; two levels keep each folder small."""
    return PurePath(digest[:2], digest[2:4], digest)
