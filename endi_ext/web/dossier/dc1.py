"""DC1: letter of application, and designation of the lead of a group by its members."""

from ...tenders.bids import Bid, Outsider
from . import common
from .blocks import Block, Box, Document, Hint, Part, Rubric, Said, Signature, Table

ALONE = "Sans objet : le candidat se présente seul."


def document(bid: Bid) -> Document:
    """Return the letter: one for the whole application, whatever the number of lots and members."""
    blocks = [
        *common.buyer(bid),
        *common.consultation(bid, "B - Objet de la consultation"),
        *_object(bid),
        *_candidate(bid),
        *_members(bid),
        *_commitments(bid),
        *_lead(bid),
        *_signatures(bid),
    ]
    return common.form(
        "DC1", "Lettre de candidature", bid, blocks, "Désignation du mandataire par ses cotraitants"
    )


def _object(bid: Bid) -> list[Block]:
    everything = bid.divided and len(bid.lots) == len(bid.tender.lots)
    some = bid.divided and not everything
    found: list[Block] = [
        Rubric("C - Objet de la candidature"),
        Said("La candidature est présentée :"),
        Box("pour le marché public (en cas de non-allotissement) ;", not bid.divided),
        Box("pour tous les lots de la procédure de passation du marché public ;", everything),
        Box(
            "pour le ou les lots suivants de la procédure de passation du marché public (en cas "
            "d’allotissement ; les lots sont nommés comme dans l’avis) :",
            some,
        ),
    ]
    return [*found, Said(common.lots_of(bid.lots))] if bid.divided else found


def _candidate(bid: Bid) -> list[Block]:
    several = bid.grouped and bid.tender.liability == "several"
    solidary = bid.grouped and bid.tender.liability == "joint_and_several"
    return [
        Rubric("D - Présentation du candidat"),
        Box("Le candidat se présente seul :", not bid.grouped),
        *([] if bid.grouped else common.cooperative(bid)),
        Box("Le candidat est un groupement d’entreprises :", bid.grouped),
        Box("conjoint", several, deep=True),
        Box("solidaire", solidary, deep=True),
        Said("En cas de groupement conjoint, le mandataire est solidaire :"),
        Box("Non", several and not bid.tender.lead_is_liable, deep=True),
        Box("Oui", several and bid.tender.lead_is_liable, deep=True),
    ]


def _members(bid: Bid) -> list[Block]:
    heading = Rubric("E - Identification des membres du groupement et répartition des prestations")
    if not bid.grouped:
        return [heading, Said(ALONE)]
    rows = [_row(bid, one) for one in (None, *bid.partners)]
    return [
        heading,
        Table(
            (
                "N° du lot",
                (
                    "Nom commercial et dénomination sociale, adresse de l’établissement (*), adresse "
                    "électronique, numéros de téléphone et de télécopie, numéro SIRET des membres du "
                    "groupement"
                ),
                "Prestations exécutées par les membres du groupement (**)",
            ),
            rows,
            widths=(20, 45, 35),
        ),
        Hint(
            "(*) Préciser l’adresse du siège social du membre si elle est différente de celle de "
            "l’établissement."
        ),
        Hint(
            "(**) Pour les groupements conjoints, chaque membre est engagé sur les prestations indiquées "
            "ici ; leurs montants sont dans l’annexe financière."
        ),
    ]


def _row(bid: Bid, one: Outsider | None) -> tuple[str, str, str]:
    theirs = [lot for lot in bid.lots if bid.own[lot.id]] or bid.lots if one is None else bid.lots_of(one)
    numbers = "\n".join(common.lot_in_short(lot) for lot in theirs) if bid.divided else "–"
    return numbers, common.in_a_cell(bid, one), common.work_of(bid, one)


def _commitments(bid: Bid) -> list[Block]:
    who = "Le candidat individuel, ou chaque membre du groupement,"
    return [
        Rubric("F - Engagements du candidat individuel ou de chaque membre du groupement"),
        Part("F1 – Exclusions de la procédure"),
        *common.exclusions(who, "le candidat individuel, ou chaque membre du groupement,"),
        *common.online(
            "F2 – Documents de preuve disponibles en ligne",
            bid.identity.proof_url,
            bid.identity.proof_access,
            "Le cas échéant, adresse à laquelle les justificatifs et moyens de preuve sont accessibles "
            "directement et gratuitement.",
        ),
        Part("F3 – Capacités"),
        Said(
            f"{who} déclare présenter les capacités nécessaires à l’exécution du marché public et produit à "
            "cet effet :"
        ),
        Box("le formulaire DC2 ;", True),
        Box(
            "les documents établissant ses capacités, tels que demandés dans les documents de la "
            "consultation."
        ),
    ]


def _lead(bid: Bid) -> list[Block]:
    heading = Rubric("G - Désignation du mandataire (en cas de groupement)")
    if not bid.grouped:
        return [heading, Said(ALONE)]
    said = "Les membres du groupement désignent le mandataire suivant :"
    return [heading, Said(said), *common.cooperative(bid)]


def _signatures(bid: Bid) -> list[Block]:
    who = bid.identity
    named = ", ".join(part for part in (who.signatory_name, who.signatory_role) if part)
    found: list[Block] = [
        Hint(
            "Signature : le formulaire DC1 n’a pas à être signé au stade de la candidature, sauf si "
            "l’acheteur le demande. Les membres d’un groupement signent l’habilitation du mandataire, ou la "
            "joignent."
        ),
        Signature(who.name, named),
    ]
    return [*found, *(Signature(one.name, one.firm.signatory) for one in bid.partners)]
