"""The secret that signs session cookies: made at first use, readable by its owner only."""

import os
import secrets
from pathlib import Path


def kept_in(path: str) -> str:
    """Return the secret kept in `path`, made now if there is none."""
    file = Path(path)
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_text("ascii").strip()
    made = secrets.token_hex(32)
    with os.fdopen(handle, "w", encoding="ascii") as stream:
        stream.write(made)
    return made
