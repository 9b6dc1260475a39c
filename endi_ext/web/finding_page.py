"""What pages of findings say beside them: states, documents side by side, steps, repairs."""

from dataclasses import dataclass
from typing import Any

from ..ports import Change, Preview
from ..reconciliation.finding_models import days_again
from ..reconciliation.found import BLOCKING, NOTICE, WARNING, PaperSide
from ..reconciliation.pairs import RESULTED, VALID, cents_of
from . import document_words, export_words, finding_words, messages, repair_words
from .i18n import _
from .states import CAUTION, DRAFT, INVALID, NEUTRAL, Badge
from .states import VALID as GREEN

STATES = {
    "open": Badge(_("À traiter"), CAUTION),
    "assigned": Badge(_("Attribué"), NEUTRAL),
    "repaired": Badge(_("Réparé"), GREEN),
    "waived": Badge(_("Laissé passer"), DRAFT),
}
SEVERITIES = {
    BLOCKING: Badge(_("Fausse les comptes"), INVALID),
    WARNING: Badge(_("À corriger"), CAUTION),
    NOTICE: Badge(_("À savoir"), NEUTRAL),
}
HOW = {
    "tool": _("Réparé ici"),
    "hand": _("Réparé à la main"),
    "unseen": _("Disparu de lui-même : quelqu’un a corrigé les documents"),
}
KINDS = {
    "estimation": _("Devis"),
    "invoice": _("Facture"),
    "cancelinvoice": _("Avoir"),
    "supplier_order": _("Commande fournisseur"),
    "supplier_invoice": _("Facture fournisseur"),
    "payment": _("Encaissement"),
    "supplier_payment": _("Paiement fournisseur"),
}
STATUSES = {
    "draft": _("brouillon"),
    "wait": _("en attente de validation"),
    "invalid": _("refusé"),
    "valid": _("validé"),
}
PAID = {"waiting": _("non réglé"), "paid": _("réglé en partie"), RESULTED: _("soldé")}
NO_NUMBER = _("sans numéro")
NO_REASONS = _(
    "La liste des motifs est vide : un écart ne se laisse passer qu’avec l’un d’eux. L’administration en "
    "ajoute dans la configuration des échanges, « Motifs des écarts »."
)
EVENTS = {
    "assign": _("a attribué l’écart"),
    "hand_back": _("a remis l’écart à tous"),
    "waive": _("a laissé passer l’écart"),
    "repair": _("a réparé l’écart ici"),
    "tell_repaired": _("a réparé l’écart à la main"),
    "reopen": _("a rouvert l’écart"),
    "undo": _("a annulé la réparation"),
    "gone_unseen": _("n’a plus trouvé l’écart : les documents ont été corrigés"),
    "gone_tool": _("n’a plus trouvé l’écart après la réparation"),
    "gone_hand": _("n’a plus trouvé l’écart"),
    "found_again": _("a de nouveau trouvé l’écart"),
    "amount_changed": _("a rouvert l’écart : son montant a changé"),
    "left_after_repair": _("a réparé, mais quelque chose reste à faire"),
}


UNKNOWN = finding_words.Words(
    _("Écart d’une autre version"), _("Cet écart a été constaté par une autre version du module."), ""
)


@dataclass(frozen=True)
class Payment:
    """A payment as it stands on one side: `exported` ones are in the accounting software already."""

    on: Any
    cents: int
    exported: bool


@dataclass(frozen=True)
class Row:
    """One thing said of both documents; `differs` when they do not say the same."""

    label: str
    sale: str
    purchase: str
    differs: bool


def words_of(code: str) -> finding_words.Words:
    """Return the words of a code, whoever finds it; one that is not known any more has some too."""
    if code in document_words.TITLES:
        return finding_words.Words(document_words.TITLES[code], messages.MESSAGES[code], "")
    return finding_words.WORDS.get(code) or export_words.WORDS.get(code, UNKNOWN)


def title(code: str) -> str:
    """Return what a code is called in a list, as a marked sentence."""
    return words_of(code).title


def sentence(finding: Any, speech: Any) -> str:
    """Return what a finding means, in full."""
    return _filled(words_of(finding.code).explanation, finding.told, speech)


def to_do(finding: Any, speech: Any) -> str:
    """Return what a person does about it, nothing when the sentence says so already."""
    words = words_of(finding.code).to_do
    return _filled(words, finding.told, speech) if words else ""


def changes(preview: Any, speech: Any) -> list[str]:
    """Return what a repair would change, one sentence a change."""
    return [
        _filled(repair_words.CHANGES.get(one.code, one.code), one.facts, speech) for one in preview.changes
    ]


def kept_changes(repair: Any, speech: Any) -> list[str]:
    """Return what a repair changed, as it was said before it was done."""
    kept = [Change(one["code"], days_again(one["facts"])) for one in repair.changes]
    return changes(Preview(kept), speech)


def refused(preview: Any, speech: Any) -> str:
    """Return why a repair cannot be done by the reader."""
    words = messages.MESSAGES.get(preview.refused or "", messages.MESSAGES["refused"])
    return _filled(words, preview.facts, speech)


def side_by_side(finding: Any, speech: Any) -> list[Row]:
    """Return both documents line by line; nothing when neither was kept."""
    sale, purchase = finding.sale_side, finding.purchase_side
    if sale is None and purchase is None:
        return []
    return [
        Row(label, _cell(show, sale, speech), _cell(show, purchase, speech), _differ(same, sale, purchase))
        for label, show, same in _LINES
    ]


def payments(pair: Any) -> tuple[list[Payment], list[Payment]]:
    """Return what is paid on either side now, by date; nothing when there is no pair any more."""
    sides = (pair.sale, pair.purchase) if pair is not None else (None, None)
    ours, theirs = (
        [Payment(one.on, cents_of(one.units), one.exported) for one in sorted(side.payments, key=_by_day)]
        if side is not None
        else []
        for side in sides
    )
    return ours, theirs


def _by_day(payment: Any) -> Any:
    return payment.on, payment.id


def event_of(event: Any) -> str:
    """Return what an event of a finding says, as a marked sentence."""
    return EVENTS.get(event.action, event.action)


def _filled(text: str, facts: Any, speech: Any) -> str:
    said = {
        name: messages.for_people(name, _in_words(name, value, speech), speech)
        for name, value in facts.items()
    }
    try:
        return str(speech.text(text, **said))
    except KeyError:
        # Another version of the plugin kept other facts with this code.
        return str(speech.text(UNKNOWN.explanation))


def _in_words(name: str, value: Any, speech: Any) -> Any:
    """Return a status of the host's as it is called on a page."""
    if name in ("number", "before", "after") and not value:
        return speech.text(NO_NUMBER)
    if name in ("before", "after"):
        return speech.text(PAID.get(value, str(value)))
    return speech.text(STATUSES.get(value, str(value))) if name == "state_of" else value


def _kind(side: PaperSide, speech: Any) -> str:
    return str(speech.text(KINDS.get(side.kind, side.kind)))


def _status(side: PaperSide, speech: Any) -> str:
    return str(speech.text(STATUSES.get(side.status, side.status)))


def _paid(side: PaperSide, speech: Any) -> str:
    return str(speech.text(PAID.get(side.paid_status, side.paid_status)))


def _exported(side: PaperSide, speech: Any) -> str:
    return str(speech.text(_("oui") if side.exported else _("non")))


_LINES: tuple[tuple[str, Any, Any], ...] = (
    (_("Document"), _kind, None),
    (_("Numéro"), lambda side, _speech: side.number or "–", None),
    (_("Date"), lambda side, speech: speech.day(side.on), lambda side: side.on),
    (_("Montant TTC"), lambda side, speech: speech.money(side.amount_cents), lambda side: side.amount_cents),
    (_("Validation"), _status, lambda side: side.status == VALID),
    (_("Règlement"), _paid, lambda side: side.paid_status == RESULTED),
    (_("Exporté en comptabilité"), _exported, lambda side: side.exported),
)


def _cell(show: Any, side: PaperSide | None, speech: Any) -> str:
    return "–" if side is None else str(show(side, speech))


def _differ(same: Any, sale: PaperSide | None, purchase: PaperSide | None) -> bool:
    if same is None:
        return False
    if sale is None or purchase is None:
        return True
    return bool(same(sale) != same(purchase))
