"""DC2: declaration of the candidate, one for each legal person of the bid and for each lot."""

from datetime import date

from ...tenders.bids import Bid, Outsider
from ...tenders.identity import YEARS
from ...tenders.models import Lot
from .. import formatting
from . import common, reserved
from .blocks import Block, Box, Check, Document, Fact, Hint, Part, Rubric, Said, Table

ONLY_WHAT_IS_ASKED = "Le candidat ne fournit que les renseignements demandés par l’acheteur à ce titre."
ONLINE = (
    "Adresse à laquelle les justificatifs sont accessibles directement et gratuitement (pour un marché de "
    "défense ou de sécurité : seulement si l’acheteur l’a autorisé, article R. 2343-14 du code de la "
    f"commande publique). {common.SAME_PROOF}"
)


def document(bid: Bid, lot: Lot, one: Outsider | None = None) -> Document:
    """Return the declaration of a legal person for a lot; none for the cooperative."""
    blocks = [
        *common.buyer(bid),
        *common.consultation(bid, "B - Objet de la consultation", [lot]),
        *_identification(bid, one),
        *_ability(bid, one),
        *_means(bid, one),
        *_skills(bid, one),
        *_others(bid, lot, one),
        *_defence(),
    ]
    return common.form(
        "DC2", "Déclaration du candidat", bid, blocks, "Candidat individuel ou membre du groupement"
    )


def _identification(bid: Bid, one: Outsider | None) -> list[Block]:
    who = bid.identity if one is None else one.firm
    return [
        Rubric("C - Identification du candidat individuel ou du membre du groupement"),
        Part("C1 - Cas général"),
        *(common.cooperative(bid) if one is None else common.outsider(one)),
        Fact(common.LEGAL_FORM, who.legal_form),
        *common.small_or_not(who.small),
        Part("C2 - Cas particuliers en cas de marché public réservé"),
        Hint(
            "À renseigner seulement si le marché est réservé. La preuve est jointe, ou son adresse indiquée."
        ),
        Table(
            (
                "Type de marché réservé",
                "Type de structure (ou structure équivalente)",
                "Preuve : adresse et accès",
            ),
            reserved.rows(bid.consultation.reserved),
            widths=(34, 42, 24),
        ),
        Part("C3 - Cas spécifiques relatifs aux conditions de participation"),
        Said(
            "1. Candidat inscrit sur une liste officielle d’opérateurs économiques agréés (article R. "
            "2143-15, ou articles R. 2343-16 et R. 2343-17, du code de la commande publique) :"
        ),
        Fact("Nom de la liste officielle"),
        Fact("Références de l’inscription ou de la certification, et classification le cas échéant"),
        Fact("Adresse internet du certificat, et renseignements nécessaires pour y accéder"),
        Said(
            "2. Hors défense ou sécurité, lorsque l’acheteur a autorisé les candidats à se limiter à "
            "indiquer qu’ils disposent de l’aptitude et des capacités requises (article R. 2143-4 du code "
            "de la commande publique) :"
        ),
        Box(
            "Le candidat déclare sur l’honneur satisfaire à l’ensemble des conditions de participation "
            "requises par l’acheteur. (Les rubriques suivantes sont alors inutiles.)",
            left=True,
        ),
        Check(
            "Rubrique D : aucune des sources lues ne la décrit (leurs rubriques passent de C à E). Comparez "
            "ici avec le formulaire officiel."
        ),
    ]


def _ability(bid: Bid, one: Outsider | None) -> list[Block]:
    who = bid.identity
    registered = (
        "\n".join(part for part in (who.registry, who.ape and f"Code APE : {who.ape}") if part)
        if one is None
        else one.firm.registry
    )
    return [
        Rubric(
            "E - Renseignements relatifs à l’aptitude à exercer l’activité professionnelle concernée par le "
            "contrat"
        ),
        Hint(ONLY_WHAT_IS_ASKED),
        Part("E1 - Renseignements sur l’inscription sur un registre professionnel"),
        Fact("Registre, numéro et ville", registered),
        Part(
            "E2 - Marchés publics de services : autorisation spécifique ou organisation dont il faut être "
            "membre"
        ),
        Fact("Le cas échéant", who.authorisations if one is None else ""),
        *_online("E3", bid, one),
    ]


def _means(bid: Bid, one: Outsider | None) -> list[Block]:
    who = bid.identity
    return [
        Rubric(
            "F - Renseignements relatifs à la capacité économique et financière du candidat individuel ou "
            "du membre du groupement"
        ),
        Hint(ONLY_WHAT_IS_ASKED),
        Part("F1 - Chiffres d’affaires hors taxes des trois derniers exercices disponibles"),
        _turnover(bid if one is None else None),
        Fact(
            "Si ces chiffres ne couvrent pas toute la période demandée : date de création ou de début "
            "d’activité",
            who.founded_on if one is None else "",
        ),
        Part(
            "F2 - Autres informations requises par l’acheteur au titre de la capacité économique et "
            "financière"
        ),
        Fact("Assurance des risques professionnels", who.insurance if one is None else ""),
        Fact("Autres informations demandées", bid.consultation.more if one is None else ""),
        Part("F3 - Pour les marchés publics de travaux"),
        Box(
            "En cochant cette case, le candidat déclare qu’il aura souscrit un contrat d’assurance le "
            "couvrant au regard de la responsabilité décennale (article L. 241-1 du code des assurances).",
            left=True,
        ),
        *([Fact("Contrat d’assurance décennale", who.decennial)] if one is None and who.decennial else []),
        *_online("F4", bid, one),
    ]


def _turnover(bid: Bid | None) -> Table:
    """Return the table of the last three financial years, blank for an outside firm."""
    heads, amounts = ["Exercice du … au …"] * 3, [""] * 3
    if bid is not None:
        for place, year in enumerate(YEARS):
            start, until, cents = (
                getattr(bid.identity, f"year_{year}_{name}") for name in ("from", "until", "cents")
            )
            if until:
                heads[place] = f"Exercice du {_day(start) or '…'} au {_day(until)}"
            if cents:
                amounts[place] = formatting.money(int(cents))
    share = "Part du chiffre d’affaires concernant l’objet du marché (si l’acheteur la demande)"
    rows = [("Chiffre d’affaires global", *amounts), (share, "… %", "… %", "… %")]
    return Table(("", *heads), rows, numbers=(1, 2, 3), widths=(34, 22, 22, 22))


def _skills(bid: Bid, one: Outsider | None) -> list[Block]:
    found: list[Block] = [
        Rubric(
            "G - Renseignements relatifs à la capacité technique et professionnelle du candidat individuel "
            "ou du membre du groupement"
        ),
        Hint(ONLY_WHAT_IS_ASKED),
        Part("G1 - Renseignements demandés par l’acheteur, récapitulés ici"),
    ]
    if one is None:
        who, told = bid.identity, bid.consultation
        found += [
            Fact("Effectifs", who.staff),
            _people(bid),
            Fact("Références de prestations comparables", told.references),
            Fact("Moyens techniques affectés au marché", told.means),
            Fact("Qualifications et certificats", who.qualifications),
        ]
    else:
        found += [
            Fact("Effectifs et encadrement"),
            Fact("Références"),
            Fact("Moyens techniques et qualifications"),
        ]
    return [*found, *_online("G2", bid, one)]


def _people(bid: Bid) -> Table:
    rows = [
        (member.name, member.party.trade or "", member.mission or "")
        for member in bid.insiders
        if member.party
    ]
    return Table(
        ("Activité de la coopérative", "Métier", "Mission dans ce marché"),
        rows,
        title="Équipe du candidat affectée au marché",
        widths=(30, 30, 40),
    )


def _others(bid: Bid, lot: Lot, one: Outsider | None) -> list[Block]:
    heading = Rubric(
        "H - Capacités des opérateurs économiques sur lesquels le candidat individuel ou le membre du "
        "groupement s’appuie pour présenter sa candidature"
    )
    relied = [] if one is not None else [sub for sub in bid.subcontractors if sub.by_lot[lot.id]]
    rows = [
        (
            common.lot_name(lot) if bid.divided else "–",
            bid.identity.name,
            "\n".join(
                part
                for part in (sub.name, sub.firm.address, common.siret(sub.member.siret, "SIRET "))
                if part
            ),
        )
        for sub in relied
    ]
    return [
        heading,
        Hint(
            "À renseigner si le candidat s’appuie sur les capacités d’un autre opérateur (II de l’article "
            "R. 2142-3 et article R. 2342-2 du code de la commande publique) ; il prouve qu’il en disposera "
            "(article R. 2143-12). Pour un sous-traitant, la déclaration DC4 est jointe."
        ),
        Table(
            (
                "N° du lot",
                "Nom du membre du groupement concerné",
                (
                    "Nom commercial et dénomination sociale, adresse, adresse électronique, téléphone, "
                    "SIRET de l’opérateur"
                ),
            ),
            rows or [("", "", "")],
            widths=(20, 30, 50),
        ),
    ]


def _defence() -> list[Block]:
    return [
        Rubric("I - Renseignements spécifiques aux marchés publics de défense ou de sécurité"),
        Hint("À renseigner seulement pour un marché public de défense ou de sécurité."),
        Part("I1 - Nationalité du candidat"),
        Fact("Nationalité"),
        Part("I2 - Autres renseignements demandés, et documents de preuve disponibles en ligne"),
        Fact("Le cas échéant"),
        Check("Le libellé exact de I2 n’a pas pu être vérifié : comparez avec le formulaire officiel."),
    ]


def _online(number: str, bid: Bid, one: Outsider | None) -> list[Block]:
    url, access = (bid.identity.proof_url, bid.identity.proof_access) if one is None else ("", "")
    return common.online(f"{number} - Documents de preuve disponibles en ligne", url, access, ONLINE)


def _day(iso: str) -> str:
    return formatting.day(date.fromisoformat(iso)) if iso else ""
