"""The conditions of an agreement in words: when it is paid, what is held back, what silence means."""

from typing import Any

from ..subcontracts import terms
from .i18n import _

WORK = _("Travail à livrer")
VALID = _("Prix valables jusqu’au")
PAYMENT = _("Règlement")
RETENTION = _("Retenue de garantie")
SILENCE = _("Sans réponse à une livraison")

NO_RETENTION = _("Aucune.")
UNTIL = _("{rate} de chaque montant accepté, jusqu’au {day}.")
UNTIL_ACCEPTED = _("{rate} de chaque montant accepté, jusqu’à la réception prononcée par le donneur d’ordre.")

USUAL_PAYMENT = _("Dans le délai habituel de la coopérative après chaque acceptation.")
DAYS = _("{days} jours après chaque acceptation.")
END_OF_MONTH = _("{days} jours après chaque acceptation, puis à la fin du mois.")
ON_DATE = _("Le {day}.")
CLIENT_PRO_RATA = _("Quand le client paie, au prorata de ce qu’il a payé.")
CLIENT_BY_LINE = _("Quand le client paie, ligne par ligne selon ce que dit le donneur d’ordre.")

NEVER = _("La livraison attend : elle n’est jamais acceptée d’office.")
REMINDED = _("Rappel au donneur d’ordre après {days} jours ; la livraison n’est jamais acceptée d’office.")
ACCEPTED = _("Après {days} jours sans réponse, la livraison est acceptée, comme convenu ici.")


def said(version: Any, speech: Any) -> list[tuple[str, str]]:
    """Return (what, in words) of each condition of a version, in the language of `speech`."""
    return [
        (speech.text(VALID), speech.day(version.due_on))
        if version.subcontract.kind == terms.FRAME
        else (
            speech.text(WORK),
            speech.text(_("Pour le {day}, au plus tard."), day=speech.day(version.due_on)),
        ),
        (speech.text(PAYMENT), payment(version, speech)),
        (speech.text(RETENTION), retention(version, speech)),
        (speech.text(SILENCE), silence(version, speech)),
    ]


def payment(version: Any, speech: Any) -> str:
    """Return when what is accepted is paid."""
    kind, days = version.payment_kind, version.payment_days
    if kind == terms.CLIENT_PAYS:
        by_line = version.client_mode == terms.BY_LINE
        return str(speech.text(CLIENT_BY_LINE if by_line else CLIENT_PRO_RATA))
    if kind == terms.FIXED_DATE:
        return str(speech.text(ON_DATE, day=speech.day(version.payment_on)))
    if kind == terms.END_OF_MONTH:
        return str(speech.text(END_OF_MONTH, days=days or 0))
    return str(speech.text(USUAL_PAYMENT) if days is None else speech.text(DAYS, days=days))


def retention(version: Any, speech: Any) -> str:
    """Return what is held back, and until when."""
    if not version.retention_rate_bp:
        return str(speech.text(NO_RETENTION))
    rate = speech.percent(version.retention_rate_bp)
    if version.retention_release == terms.ON_DATE:
        return str(speech.text(UNTIL, rate=rate, day=speech.day(version.retention_release_on)))
    return str(speech.text(UNTIL_ACCEPTED, rate=rate))


def silence(version: Any, speech: Any) -> str:
    """Return what happens to a delivery nobody answers."""
    if version.silence_days is None:
        return str(speech.text(NEVER))
    return str(speech.text(ACCEPTED if version.silence_accepts else REMINDED, days=version.silence_days))
