"""Identity numbers at rest: authenticated encryption, and a keyed hash for exact look-up.

The key never stands in the database. It is a file of the data folder (`settings.KEY_FILE`) or comes from the
environment. Each ciphertext names its key, so a later key can take over while old values still open.
"""

import base64
import hashlib
import hmac
import json
import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import models

NONCE_BYTES = 12


class EncryptionError(RuntimeError):
    """A value cannot be opened: the key is missing or the value was altered."""


@dataclass(frozen=True)
class KeyRing:
    """The office's keys: the current one encrypts, all of them decrypt; one more key only hashes."""

    current: str
    keys: dict[str, AESGCM]
    lookup_key: bytes

    def encrypt(self, text: str, context: str) -> str:
        """`keyid:base64(nonce + ciphertext + tag)`; `context` binds the value to its column."""
        nonce = os.urandom(NONCE_BYTES)
        sealed = self.keys[self.current].encrypt(nonce, text.encode(), context.encode())
        return f"{self.current}:{base64.b64encode(nonce + sealed).decode()}"

    def decrypt(self, stored: str, context: str) -> str:
        """The text again. Raises EncryptionError when the key is unknown or the value was altered or moved."""
        key_id, _, body = stored.partition(":")
        key = self.keys.get(key_id)
        if key is None:
            raise EncryptionError(f"The key {key_id!r} that closed this value is not in the key file.")
        raw = base64.b64decode(body)
        try:
            return key.decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], context.encode()).decode()
        except InvalidTag as error:
            raise EncryptionError(
                f"A stored value of {context} was altered or moved and cannot be opened."
            ) from error

    def lookup(self, text: str, purpose: str) -> str:
        """Keyed hash (HMAC-SHA-256, hex) under which an exact value is found without opening any."""
        return hmac.new(self.lookup_key, f"{purpose}\0{text}".encode(), hashlib.sha256).hexdigest()


def new_key_file(path: Path) -> None:
    """Write fresh random keys, readable by the owner only. Never replaces an existing file."""
    content = {
        "current": "k1",
        "keys": {"k1": _random_key(32)},
        "lookup": _random_key(32),
        "signing": _random_key(48),
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(content, file, indent=1)


def _random_key(size: int) -> str:
    return base64.b64encode(os.urandom(size)).decode()


def signing_key(path: Path) -> str:
    """The secret that signs sessions; a passing one before the office has a key file (`sasando init` writes it)."""
    if not path.exists():
        return _random_key(48)
    return json.loads(path.read_text(encoding="utf-8"))["signing"]


@cache
def _load(path: Path | str) -> KeyRing:
    try:
        content = json.loads(Path(path).read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise EncryptionError(
            f"The key file {path} is missing. Without it no identity number can be read; restore it from its backup."
        ) from error
    keys = {key_id: AESGCM(base64.b64decode(raw)) for key_id, raw in content["keys"].items()}
    return KeyRing(content["current"], keys, base64.b64decode(content["lookup"]))


def key_ring() -> KeyRing:
    """The keys of this office."""
    return _load(settings.KEY_FILE)


class EncryptedField(models.TextField):
    """Text stored encrypted. It cannot be searched or ordered; a `lookup hash` beside it finds exact values."""

    def contribute_to_class(self, cls, name, private_only=False):
        super().contribute_to_class(cls, name, private_only)
        self.context = f"{cls._meta.label_lower}.{name}"

    def from_db_value(self, value, expression, connection):
        return None if value is None else key_ring().decrypt(value, self.context)

    def get_prep_value(self, value):
        return None if value is None else key_ring().encrypt(str(value), self.context)

    def get_lookup(self, lookup_name):
        return super().get_lookup(lookup_name) if lookup_name == "isnull" else None


class LookupHashField(models.CharField):
    """The keyed hash of an encrypted value: equal values have equal hashes, nothing else can be told from it."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_length", 64)
        super().__init__(*args, **kwargs)
