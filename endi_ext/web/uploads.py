"""Uploaded files kept between two pages: what was checked is what its sender imports."""

import os
import secrets
import tempfile
import time
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO

KEPT_SECONDS = 24 * 3600


def most_bytes(request: Any) -> int:
    """Return how large an uploaded file may be."""
    return int(request.registry.endi_ext_settings["endi_ext.upload_limit_bytes"])


def keep(stream: BinaryIO, owner_key: str) -> str:
    """Keep a copy of `stream` for a day; return the token that leads back to it."""
    _forget_old_ones()
    token = secrets.token_urlsafe(24)
    path = _path(token, owner_key)
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as copy:
            stream.seek(0)
            while block := stream.read(1 << 20):
                copy.write(block)
    except OSError:
        path.unlink(missing_ok=True)  # on a full disk half a copy would take the room that is left
        raise
    return token


def reopen(token: str, owner_key: str) -> Any:
    """Return the file kept for `owner_key` under `token`, or None when it is gone or somebody else's."""
    path = _path(token, owner_key)
    return path.open("rb") if path.exists() else None


def forget(token: str, owner_key: str) -> None:
    """Remove a kept file."""
    _path(token, owner_key).unlink(missing_ok=True)


def _folder() -> Path:
    folder = Path(tempfile.gettempdir()) / f"endi_ext-uploads-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    status = folder.stat(follow_symlinks=False)
    if status.st_uid != os.getuid() or status.st_mode & 0o077:
        raise PermissionError(f"{folder} belongs to someone else")
    return folder


def _path(token: str, owner_key: str) -> Path:
    # The name is a digest: nothing of what the browser sends becomes a path.
    return _folder() / sha256(f"{owner_key}\n{token}".encode()).hexdigest()


def _forget_old_ones() -> None:
    oldest = time.time() - KEPT_SECONDS
    for path in _folder().iterdir():
        if path.stat().st_mtime < oldest:
            path.unlink(missing_ok=True)
