"""Papers: A4 pages made from the record each time they are asked for; nothing is kept.

They load nothing: whatever people typed is text, and no address in it is ever followed.
"""

from typing import Any

from pyramid.renderers import render
from pyramid.response import Response

from ..kernel import parties


def answer(request: Any, template: str, name: str, values: dict[str, Any]) -> Response:
    """Return the paper of a template as a PDF shown by the browser; `name` is that of the file."""
    facts = {
        "cooperative": parties.cooperative(request.dbsession),
        "made_at": request.registry.endi_ext_host.clock.now(),
        "language": request.endi_ext.language,
        **values,
    }
    html = render(f"endi_ext:web/templates/{template}", facts, request=request)
    response = Response(body=pdf(html), content_type="application/pdf", cache_control="private, no-store")
    response.content_disposition = f'inline; filename="{name}.pdf"'
    return response


def pdf(html: str) -> bytes:
    """Return a tagged PDF of a page that is complete in itself."""
    # Imported here: pages are served without it, and it loads the drawing libraries of the system.
    from weasyprint import HTML

    paper: bytes = HTML(string=html, url_fetcher=fetch_nothing).write_pdf(pdf_variant="pdf/ua-1")
    return paper


def fetch_nothing(url: str, *_args: Any, **_options: Any) -> Any:
    """Refuse whatever a paper would load: it is complete in itself."""
    raise ValueError(f"a paper loads nothing, not even {url}")
