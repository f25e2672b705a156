"""Texts that nobody may read in the file itself: sealed with AES-GCM for one place in it, and opened again.

A sealed text is bound to its workspace, table, column and row: copied anywhere else it does not open. It begins with the
id of its key, so that it is known which key is needed. The newest key seals; all of them open.
"""

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from secrets import token_bytes

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bot.errors import BatonError, Refused
from bot.text import _

KEY_BYTES = 32
NONCE_BYTES = 12
ID_BYTES = 8
NO_KEY = _(
    "Coaching notes are kept encrypted, and there is no key for that yet. Whoever runs Baton sets ENCRYPTION_KEYS; "
    "then this works."
)


class NotAKey(ValueError):
    """What was given is no key. The message says what one looks like."""


class CannotOpen(BatonError):
    """A sealed text does not open: its key is missing, or it was changed, or moved to another place."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sealed text stands. `row` is the row's own id."""

    workspace_id: str
    table: str
    column: str
    row: str

    @property
    def bound(self) -> bytes:
        """Each part with its length, so that no two places are bound to the same bytes."""
        return _column(self.workspace_id, self.table, self.column) + _sized(self.row)


class Keys:
    """The keys of one Baton, the newest first. With none, nothing can be sealed."""

    def __init__(self, *keys: bytes) -> None:
        self._ciphers = {key_id(key): AESGCM(key) for key in keys}
        self.ids: Sequence[str] = [one.hex() for one in self._ciphers]
        """As they are kept and shown; they tell nothing about the keys."""

    def __bool__(self) -> bool:
        return bool(self._ciphers)

    @property
    def newest(self) -> bytes:
        """The id with which everything that is sealed now begins. Raises Refused if there is no key."""
        if not self._ciphers:
            raise Refused(NO_KEY)
        return next(iter(self._ciphers))

    def seal(self, text: str, place: Place) -> bytes:
        """Raises Refused, with what the operator must do, if there is no key."""
        newest, nonce = self.newest, token_bytes(NONCE_BYTES)
        return newest + nonce + self._ciphers[newest].encrypt(nonce, text.encode(), place.bound)

    def open(self, sealed: bytes, place: Place) -> str:
        """Raises CannotOpen."""
        cipher = self._ciphers.get(sealed[:ID_BYTES])
        if cipher is None:
            raise CannotOpen(f"Nobody gave the key {sealed[:ID_BYTES].hex()}.")
        nonce, words = sealed[ID_BYTES:][:NONCE_BYTES], sealed[ID_BYTES + NONCE_BYTES :]
        try:
            return cipher.decrypt(nonce, words, place.bound).decode()
        except (InvalidTag, ValueError):  # the other if hardly anything of it is left
            raise CannotOpen(
                f"A text in {place.table} was changed, or is not in its place."
            ) from None


@lru_cache(maxsize=1000)  # a file of notes asks for the same few a hundred thousand times
def _column(workspace_id: str, table: str, column: str) -> bytes:
    return _sized(workspace_id) + _sized(table) + _sized(column)


def _sized(part: str) -> bytes:
    encoded = part.encode()
    return len(encoded).to_bytes(4, "big") + encoded


def key_id(key: bytes) -> bytes:
    return sha256(b"baton key id\0" + key).digest()[:ID_BYTES]


def new_key() -> str:
    """A fresh key as it is written in the settings."""
    return base64.urlsafe_b64encode(token_bytes(KEY_BYTES)).decode()


def read_keys(written: str) -> Keys:
    """Keys as the settings hold them: one or more, the newest first, with commas between. Raises NotAKey."""
    return Keys(*(_read(one.strip()) for one in written.split(",") if one.strip()))


def _read(written: str) -> bytes:
    try:
        key = base64.b64decode(written, altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != KEY_BYTES:
        raise NotAKey("a key is 44 letters, digits and signs, as `baton new-key` prints it")
    return key
