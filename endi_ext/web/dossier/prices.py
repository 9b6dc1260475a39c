"""What the bid costs: price schedule, the annex on who does what for how much, the team's own account."""

from collections.abc import Callable, Iterable, Sequence

from ...tenders.bids import Bid
from ...tenders.models import Lot
from ...tenders.price_models import BASE, PriceLine
from ...tenders.shares import MemberShare
from ...tenders.splits import LineSplit
from .. import formatting
from . import common
from .blocks import Block, Document, Fact, Hint, Rubric, Said, Table

PARTS = {"base": "Offre de base", "option": "Option", "variant": "Variante"}
HEADS = ("Réf.", "Désignation", "Unité", "Quantité", "Prix unitaire HT", "Montant HT")
Rows = list[tuple[str, ...]]


def schedule(bid: Bid) -> Document:
    """Return the price schedule, lot by lot: what is of the base, then options and variants apart."""
    blocks: list[Block] = []
    for lot in bid.lots:
        lines = [one.line for one in bid.split.lines if one.line.lot_id == lot.id]
        blocks.append(Rubric(common.lot_name(lot) or "Bordereau de prix"))
        blocks += _tables(lines) or [Said("Aucun prix n’est encore saisi.")]
    if len(bid.lots) > 1:
        blocks += [Rubric("Récapitulatif"), _recapitulation(bid)]
    blocks.append(
        Hint("Montants hors taxes, en euros. Les options et variantes ne comptent pas dans le total.")
    )
    return common.paper("Bordereau de prix", bid, blocks)


def _tables(lines: Sequence[PriceLine]) -> list[Block]:
    found: list[Block] = []
    for part, label in dict.fromkeys((line.part, line.label) for line in lines):
        of_part = [line for line in lines if (line.part, line.label) == (part, label)]
        title = " – ".join(word for word in (PARTS[part], label) if word)
        total = formatting.money(sum(line.total_cents for line in of_part))
        found.append(
            Table(
                HEADS,
                [_line(line) for line in of_part],
                title=title,
                numbers=(3, 4, 5),
                total=("Total HT" if part == BASE else f"Total HT – {title}", "", "", "", "", total),
                widths=(9, 41, 9, 11, 15, 15),
            )
        )
    return found


def _line(line: PriceLine) -> tuple[str, ...]:
    many = line.quantity_thousandths
    return (
        line.reference,
        line.description,
        line.unit,
        "" if many is None else formatting.quantity(many),
        formatting.money(line.unit_price_cents) if line.priced else "",
        formatting.money(line.total_cents) if line.priced and many is not None else "",
    )


def _recapitulation(bid: Bid) -> Table:
    rows = [(common.lot_name(lot), formatting.money(bid.split.lots[lot.id])) for lot in bid.lots]
    total = ("Total HT de l’offre de base", formatting.money(bid.split.total_cents))
    return Table(("Lot", "Montant HT"), rows, numbers=(1,), total=total, widths=(70, 30))


def annex(bid: Bid) -> Document:
    """Return the annex for the buyer: what each legal person does and is paid for, lot by lot."""
    blocks: list[Block] = [
        Fact("Acheteur", bid.tender.buyer_name),
        Fact("Candidat", bid.identity.name),
        Fact("Forme de la candidature", _form_of(bid)),
        *_by_person(bid),
        *_subcontracted(bid),
        *_lines_by_person(bid),
        Hint(
            "Montants hors taxes, en euros. Les prestations réalisées par plusieurs activités de la "
            "coopérative le sont par une seule personne morale, le candidat."
        ),
    ]
    return common.paper("Annexe financière – répartition des prestations", bid, blocks)


def _form_of(bid: Bid) -> str:
    if not bid.grouped:
        return "Candidat individuel"
    if bid.tender.liability == "joint_and_several":
        return "Groupement solidaire"
    liable = "solidaire des autres membres" if bid.tender.lead_is_liable else "non solidaire"
    return f"Groupement conjoint, mandataire {liable}"


def _by_person(bid: Bid) -> list[Block]:
    named = [(bid.identity.name, bid.own), *((one.name, one.by_lot) for one in bid.partners)]
    rows = [(name, *_amounts(bid.lots, amounts.__getitem__)) for name, amounts in named]
    if any(bid.unassigned.values()):
        rows.append(("À répartir", *_amounts(bid.lots, bid.unassigned.__getitem__)))
    heading = Rubric("Répartition entre les membres du groupement" if bid.grouped else "Montant de l’offre")
    return [heading, _lot_table(bid, "Personne morale", rows)]


def _subcontracted(bid: Bid) -> list[Block]:
    if not bid.subcontractors:
        return []
    rows = [
        (
            one.name,
            common.siret(one.member.siret),
            common.work_of(bid, one),
            formatting.money(one.agreed_cents),
        )
        for one in bid.subcontractors
    ]
    return [
        Rubric("Prestations que le candidat sous-traite"),
        Table(
            ("Sous-traitant", "SIRET", "Prestations", "Montant HT sous-traité"),
            rows,
            numbers=(3,),
            widths=(28, 20, 32, 20),
        ),
        Hint("Une déclaration de sous-traitance (DC4) est jointe pour chacun."),
    ]


def _lines_by_person(bid: Bid) -> list[Block]:
    """Return who does which line, where several legal persons bid: the split that a several group needs."""
    if not bid.grouped:
        return []
    partners = [one.member.id for one in bid.partners]
    heads = ("Réf.", "Désignation", bid.identity.name, *(one.name for one in bid.partners))
    rows = [
        (one.line.reference, one.line.description, *_shares_of(one, partners))
        for one in bid.split.lines
        if one.line.part == BASE and one.line.lot_id in bid.split.lots
    ]
    if not rows:
        return []
    numbers = tuple(range(2, len(heads)))
    widths = (10, 40, *(50 // len(numbers) for _one in numbers))
    return [Rubric("Répartition ligne à ligne"), Table(heads, rows, numbers=numbers, widths=widths)]


def _shares_of(one: LineSplit, partners: Sequence[int]) -> Iterable[str]:
    theirs = [one.parts.get(member_id, 0) for member_id in partners]
    ours = one.line.total_cents - one.unassigned_cents - sum(theirs)
    return (formatting.money(cents) if cents else "–" for cents in (ours, *theirs))


def _lot_table(bid: Bid, first: str, rows: Rows) -> Table:
    lots = [common.lot_in_short(lot) for lot in bid.lots] if len(bid.lots) > 1 else []
    totals = _amounts(bid.lots, bid.split.lots.__getitem__)
    numbers = tuple(range(1, len(lots) + 2))
    return Table((first, *lots, "Total HT"), rows, numbers=numbers, total=("Total HT", *totals))


def _amounts(lots: Sequence[Lot], of_lot: Callable[[int], int]) -> tuple[str, ...]:
    cents = [of_lot(lot.id) for lot in lots]
    whole = formatting.money(sum(cents))
    return (*(formatting.money(one) for one in cents), whole) if len(cents) > 1 else (whole,)


def account(bid: Bid) -> Document:
    """Return the team's own account, which is not for the buyer: from the work to what each keeps."""
    team = {
        member.id: member
        for member in (*bid.insiders, *(one.member for one in (*bid.partners, *bid.subcontractors)))
    }
    amounts = [(team[key].name, _kept(share)) for key, share in bid.split.members.items()]
    rows = [(name, *map(formatting.money, cents)) for name, cents in amounts]
    sums = [sum(column) for column in zip(*(cents for _name, cents in amounts), strict=True)]
    tender = bid.tender
    blocks: list[Block] = [
        Said("Ce compte est celui de l’équipe. Il ne fait pas partie de l’offre."),
        Fact("Rémunération du mandataire", formatting.percent(tender.fee_bp)),
        Fact("Frais communs", formatting.money(tender.common_cents)),
        Fact("Retenue de garantie", formatting.percent(tender.retention_rate_bp)),
        Rubric("Ce que chacun gardera"),
        Table(
            (
                "Membre",
                "Travail HT",
                "Mandat",
                "Frais communs",
                "Convenu avec le mandataire",
                "Contribution",
                "Net",
                "dont retenu",
            ),
            rows,
            numbers=tuple(range(1, 8)),
            total=("Ensemble", *map(formatting.money, sums)),
            widths=(16, 13, 12, 12, 13, 13, 12, 9),
        ),
    ]
    if not bid.split.complete:
        blocks.append(Said("Tout n’est pas encore chiffré ou réparti : ces montants changeront."))
    return common.paper("Partage entre les membres", bid, blocks, internal=True)


def _kept(share: MemberShare) -> tuple[int, ...]:
    """Return what is told of a share, in the order of the columns; what is taken off is negative."""
    return (
        share.gross_cents,
        share.fee_cents,
        -share.common_cents,
        share.agreed_cents,
        -share.contribution_cents,
        share.net_cents,
        share.retention_cents,
    )
