"""What every form stands on: schema, fields, one call of `submit`.

    class SettlementSchema(Schema):
        amount_cents = money(_("Montant"))
        settled_on = day(_("Date du règlement"))
        request_key = request_key()

    @view_config(route_name="endi_ext.settlement", permission=ACCOUNT, require_csrf=True, renderer=FORM_PAGE)
    def settle(context, request):
        def save(values):
            service.settle(request.dbsession, context.exchange, act=act(request), **values)
            return done(request, context.url, _("Le règlement est enregistré."))
        words = {"title": _("Régler"), "button": _("Enregistrer")}
        return submit(request, SettlementSchema(), save, cancel=context.url, **words)

A mistake in the form and a refusal of the service both show the same page again with what was typed, the
error at its field (`DomainError.field`) or above the form. Success answers 303. Schemas hold French titles
marked by `_`.
"""

import secrets
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import colander
import deform
from deform.template import ZPTRendererFactory
from pyramid.csrf import get_csrf_token
from pyramid.httpexceptions import HTTPSeeOther

from ...kernel.errors import DomainError
from ..errors import attempt, flash
from ..i18n import _
from ..messages import sentence
from . import types, widgets

TEMPLATES = Path(__file__).parent.parent / "templates" / "deform"
FORM_PAGE = "endi_ext:web/templates/form.mako"
REQUIRED = _("Ce champ est obligatoire.")
GIVE_UP = _("Annuler")
WAITS = _("C’est noté, et attend d’être validé par la comptabilité : rien n’est encore au livre.")


class Schema(colander.MappingSchema):
    """A form of ours, with its CSRF token; nobody else's fields are looked at."""

    @colander.instantiate(
        colander.String(), missing=None, widget=deform.widget.HiddenWidget(template="hidden"), title=""
    )
    class csrf_token(colander.SchemaNode):  # noqa: N801 - the name of the field
        """The token `require_csrf=True` of the view checks."""

        def after_bind(self, node: Any, kw: Mapping[str, Any]) -> None:
            self.default = get_csrf_token(kw["request"])


def request_key(**options: Any) -> colander.SchemaNode:
    """Return the hidden field that makes a double submit one: a random key made when the form is shown."""
    return colander.SchemaNode(
        colander.String(),
        default=colander.deferred(new_key),
        validator=colander.Length(min=8, max=64),
        widget=deform.widget.HiddenWidget(template="hidden"),
        missing_msg=REQUIRED,
        title="",
        **options,
    )


def new_key(_node: Any = None, _kw: Any = None) -> str:
    """Return a key for one showing of a form."""
    return secrets.token_urlsafe(24)


def hidden_integer(**options: Any) -> colander.SchemaNode:
    """Return a hidden whole number, such as the version that was read."""
    widget = deform.widget.HiddenWidget(template="hidden")
    return colander.SchemaNode(colander.Integer(), widget=widget, missing_msg=REQUIRED, title="", **options)


def hidden_text(**options: Any) -> colander.SchemaNode:
    """Return a hidden word, such as the kind of what a form is about."""
    widget = deform.widget.HiddenWidget(template="hidden")
    return colander.SchemaNode(colander.String(), widget=widget, missing_msg=REQUIRED, title="", **options)


def text(title: str, *, longest: int = 190, rows: int = 1, **options: Any) -> colander.SchemaNode:
    """Return a field of free text of at most `longest` characters, a large one with more `rows`."""
    if rows > 1:
        widget = deform.widget.TextAreaWidget(template="textarea", rows=rows, maxlength=longest)
    else:
        widget = deform.widget.TextInputWidget(template="textinput", maxlength=longest)
    return _node(types.Text(longest, lines=rows > 1), title, widget, options)


def money(title: str, *, zero: bool = False, **options: Any) -> colander.SchemaNode:
    """Return an amount in euros, kept in cents: "1 234,56" and "1234.56" are both understood."""
    return _node(types.Money(zero=zero), title, widgets.NumberWidget(suffix="€"), options)


def quantity(title: str, *, zero: bool = False, **options: Any) -> colander.SchemaNode:
    """Return a quantity of up to three decimals, kept in thousandths."""
    return _node(types.Quantity(zero=zero), title, widgets.NumberWidget(), options)


def rate(title: str, **options: Any) -> colander.SchemaNode:
    """Return a percentage of up to two decimals, kept in basis points."""
    return _node(types.Rate(), title, widgets.NumberWidget(suffix="%"), options)


def progress(title: str, **options: Any) -> colander.SchemaNode:
    """Return a percentage of up to one decimal, kept in tenths."""
    return _node(types.Progress(), title, widgets.NumberWidget(suffix="%"), options)


def days(title: str, **options: Any) -> colander.SchemaNode:
    """Return a whole number of days."""
    return _node(types.Days(), title, widgets.NumberWidget(suffix=_("jours")), options)


def day(title: str, **options: Any) -> colander.SchemaNode:
    """Return a date: the browser's own calendar, or jj/mm/aaaa typed."""
    return _node(types.Day(), title, widgets.DayWidget(), options)


def hour(title: str, **options: Any) -> colander.SchemaNode:
    """Return a time of day: the browser's own clock, or 14:30 typed."""
    return _node(types.Hour(), title, widgets.HourWidget(), options)


def choice(title: str, values: Any, **options: Any) -> colander.SchemaNode:
    """Return a drop-down list of (value, label)."""
    known = [value for value, _label in values]
    widget = widgets.ChoiceWidget(values=values)
    return _node(types.OneOf(known), title, widget, options)


def party(title: str, parties: Any, **options: Any) -> colander.SchemaNode:
    """Return a field that finds a Party by typing part of its name; only `parties` can be chosen."""
    return _node(types.PartyByName(parties), title, widgets.PartyWidget(), options)


def upload(title: str, *, accept: str = "", **options: Any) -> colander.SchemaNode:
    """Return a file to upload (a cgi.FieldStorage-like with `filename` and `file`)."""
    return _node(types.Upload(), title, widgets.UploadWidget(accept=accept), options)


def uploads(title: str, *, accept: str = "", **options: Any) -> colander.SchemaNode:
    """Return any number of files to upload, chosen together."""
    return _node(types.Uploads(), title, widgets.UploadsWidget(accept=accept), {"missing": (), **options})


def _node(typ: Any, title: str, widget: Any, options: dict[str, Any]) -> colander.SchemaNode:
    options.setdefault("missing_msg", REQUIRED)
    return colander.SchemaNode(typ, title=title, widget=widget, **options)


class Renderer:
    """Renders deform fields with our templates in the request's language; the host's renderer stays."""

    def __init__(self, request: Any) -> None:
        self._request = request

    def __call__(self, template: str, **values: Any) -> Any:
        speech = self._request.endi_ext
        values.setdefault("request", self._request)
        return _templates()(template, _=speech.text, speech=speech, **values)

    def translate(self, text: str) -> str:
        return str(self._request.endi_ext.text(text))


@cache
def _templates() -> ZPTRendererFactory:
    host_loader = getattr(deform.Form.default_renderer, "loader", None)
    host_path = tuple(getattr(host_loader, "search_path", ()))
    return ZPTRendererFactory((str(TEMPLATES), *host_path), auto_reload=False)


def form_of(
    request: Any,
    schema: colander.Schema,
    *,
    button: str,
    cancel: str | None = None,
    cancel_label: str = GIVE_UP,
) -> deform.Form:
    """Return the deform form of `schema`, bound to the request, with our looks."""
    bound = schema.bind(request=request)
    form = deform.Form(
        bound,
        action=request.path,
        buttons=(deform.Button("submit", title=button),),
        renderer=Renderer(request),
        formid="endi_ext_form",
    )
    form.widget = deform.widget.FormWidget(template="form", item_template="mapping_item")
    form.cancel_url, form.cancel_label = cancel, cancel_label
    return form


def submit(
    request: Any,
    schema: colander.Schema,
    save: Callable[[dict[str, Any]], Any],
    *,
    title: str,
    button: str,
    cancel: str | None = None,
    cancel_label: str = GIVE_UP,
    values: Mapping[str, Any] | None = None,
    **page: Any,
) -> Any:
    """Show the form, or on POST check it and call `save` with what was typed.

    Returns a response or the page's values. `save` does one service call and returns a response
    (`done(...)`); a refusal (DomainError) rolls back what it wrote. `values` fill the form at first;
    `page` goes to the template beside `form` (HTML), `title` and `failed`.
    """
    form = form_of(request, schema, button=button, cancel=cancel, cancel_label=cancel_label)
    shown = {"title": request.endi_ext.text(title), "failed": False, **page}
    if request.method != "POST":
        return {**shown, "form": form.render(dict(values or {}))}
    if "more_rows" in request.POST:
        return {**shown, "form": _with_more_rows(form, request)}
    try:
        typed = form.validate(request.POST.items())
        typed.pop("csrf_token", None)
    except deform.ValidationFailure as failure:
        return {**shown, "failed": True, "form": _failed(request, failure.render)}
    try:
        with attempt(request):
            return save(typed)
    except DomainError as error:
        show_refusal(form, error, request)
        return {**shown, "failed": True, "form": _failed(request, lambda: _as_typed(form))}


def done(request: Any, url: str, text: str, **facts: Any) -> HTTPSeeOther:
    """Return the answer to an action that succeeded: say so, go to `url`."""
    flash(request, text, **facts)
    return HTTPSeeOther(url)


def done_or_waits(request: Any, exchange: Any, url: str, text: str, **facts: Any) -> HTTPSeeOther:
    """Return the answer to a step of an exchange; one that waits for the accountants is said to wait."""
    waits = exchange.state == "waiting" or exchange.step_waits
    return done(request, url, WAITS if waits else text, **facts)


def page(request: Any, title: str, **values: Any) -> dict[str, Any]:
    """Return a page's values with its translated title; facts of the title are taken from `values`."""
    return {"title": request.endi_ext.text(title, **values), **values}


def act(request: Any) -> Any:
    """Return who acts and when, for a service."""
    return request.registry.endi_ext_host.act(request)


def show_refusal(form: deform.Form, error: DomainError, request: Any) -> None:
    """Put a refusal's sentence at the field it belongs to, else above the form."""
    words = sentence(error, request.endi_ext)
    *parents, field = _path_to(form, error.field) or [form]
    for parent in parents:
        parent.error = parent.error or colander.Invalid(parent.schema, "")
    field.error = colander.Invalid(field.schema, words)


def _path_to(field: Any, name: str | None) -> list[Any]:
    """Return the fields from `field` down to the one of that name; rows of a sequence have no names."""
    if name is None or isinstance(field.schema.typ, colander.Sequence):
        return []
    for child in field.children:
        found = [child] if child.name == name else _path_to(child, name)
        if found:
            return [field, *found]
    return []


def _failed(request: Any, render: Callable[[], str]) -> str:
    # A form shown again with its mistakes is not a success for programs that look at the status.
    request.response.status_code = 422
    return render()


def _as_typed(form: deform.Form) -> str:
    return str(form.widget.serialize(form, form.cstruct))


def _with_more_rows(form: deform.Form, request: Any) -> str:
    import peppercorn

    form.set_pstruct(peppercorn.parse(request.POST.items()))
    return _as_typed(form)
