"""The paper of an exchange: a PDF voucher (bon d'échange interne), the same for both sides."""

from typing import Any

from pyramid.renderers import render
from pyramid.response import Response
from pyramid.view import view_config

from ...kernel import parties
from ...subcontracts import queries as subcontracts
from ..permissions import VIEW

TEMPLATE = "endi_ext:web/templates/voucher.mako"


@view_config(route_name="endi_ext.exchange.voucher", request_method="GET", permission=VIEW)
def voucher(context: Any, request: Any) -> Response:
    """Make the paper now, from the record; nothing is kept."""
    exchange = context.exchange
    html = render(
        TEMPLATE,
        {
            "exchange": exchange,
            "cooperative": parties.cooperative(request.dbsession),
            "delivery": subcontracts.delivery_of_exchange(request.dbsession, exchange.id),
            "made_at": request.registry.endi_ext_host.clock.now(),
        },
        request=request,
    )
    response = Response(body=_pdf(html), content_type="application/pdf", cache_control="private, no-store")
    response.content_disposition = f'inline; filename="bon-echange-interne-{exchange.id}.pdf"'
    return response


def _pdf(html: str) -> bytes:
    # Imported here: pages are served without it, and it loads the drawing libraries of the system.
    from weasyprint import HTML

    paper: bytes = HTML(string=html, url_fetcher=_fetch_nothing).write_pdf(pdf_variant="pdf/ua-1")
    return paper


def _fetch_nothing(url: str, *_args: Any, **_options: Any) -> Any:
    """Refuse whatever a paper would load: it is complete in itself."""
    raise ValueError(f"a voucher loads nothing, not even {url}")
