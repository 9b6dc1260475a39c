"""What our templates get beside their view's values, and the static files they ask for."""

import hashlib
from pathlib import Path
from typing import Any

from pyramid.events import BeforeRender

from . import paging
from .i18n import language_of
from .speech import Speech

STATIC = Path(__file__).parent / "static"


def includeme(config: Any) -> None:
    """Serve our static files and give our templates their filters."""
    config.registry.endi_ext_assets = _digest()
    config.add_static_view("endi_ext-static", "endi_ext:web/static", cache_max_age=30 * 24 * 3600)
    config.add_request_method(_speech_of, "endi_ext", reify=True)
    config.add_subscriber(_give_filters, BeforeRender)


def _speech_of(request: Any) -> Speech:
    return Speech(language_of(request))


def _digest() -> str:
    """Return a name for the present content of the static files: an address changes when a file does."""
    contents = b"".join(path.read_bytes() for path in sorted(STATIC.rglob("*")) if path.is_file())
    return hashlib.sha256(contents).hexdigest()[:12]


def _give_filters(event: Any) -> None:
    # Only our own templates: the names are short and the host has its own.
    if not str(event.get("renderer_name", "")).startswith("endi_ext:"):
        return
    request = event["request"]
    speech = request.endi_ext
    event["_"] = speech.text
    event["money"], event["quantity"], event["percent"] = speech.money, speech.quantity, speech.percent
    event["amount"] = speech.amount
    event["day"], event["moment"] = speech.day, speech.moment
    event["address"] = paging.address
    event["static"] = lambda name: request.static_url(
        f"endi_ext:web/static/{name}", _query={"v": request.registry.endi_ext_assets}
    )
