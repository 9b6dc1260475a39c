"""DC4: declaration of subcontracting, one for each outside firm that is the cooperative's subcontractor."""

from ...kernel.money import percent_of
from ...tenders.bids import Bid, Outsider
from .. import formatting
from . import common
from .blocks import Block, Box, Check, Document, Fact, Hint, Part, Rubric, Said, Signature

REVERSE_CHARGE = "reverse_charge"
LEGAL_FORM = common.LEGAL_FORM


def document(bid: Bid, sub: Outsider) -> Document:
    """Return the declaration of a subcontractor, joined to the bid."""
    lots = bid.lots_of(sub)
    blocks = [
        *common.buyer(bid),
        Fact("Personne habilitée à donner les renseignements sur les nantissements et cessions de créances"),
        *common.consultation(bid, "B - Objet du marché public", lots),
        *_object(),
        *_tenderer(bid),
        *_subcontractor(sub),
        *_work(sub),
        *_price(sub),
        *_payment(sub),
        *_duration(sub),
        *_capacity(),
        *_honour(),
        *_claims(),
        *_acceptance(bid, sub),
    ]
    return common.form("DC4", "Déclaration de sous-traitance", bid, blocks, sub.name)


def _object() -> list[Block]:
    return [
        Rubric("C - Objet de la déclaration du sous-traitant"),
        Said("La présente déclaration de sous-traitance constitue :"),
        Box("un document annexé à l’offre du soumissionnaire ;", True),
        Box(
            "un acte spécial portant acceptation du sous-traitant et agrément de ses conditions de paiement "
            "(sous-traitant présenté après l’attribution du marché) ;"
        ),
        Box("un acte spécial modificatif : il annule et remplace la déclaration de sous-traitance du …………"),
    ]


def _tenderer(bid: Bid) -> list[Block]:
    group = (
        [Said("Mandataire du groupement : le soumissionnaire identifié ci-dessus.")]
        if bid.grouped
        else [Said("Sans objet : le soumissionnaire se présente seul.")]
    )
    return [
        Rubric("D - Identification du soumissionnaire ou du titulaire du marché public"),
        *common.cooperative(bid),
        Fact(LEGAL_FORM, bid.identity.legal_form),
        Part("En cas de groupement momentané d’entreprises : identification et coordonnées du mandataire"),
        *group,
    ]


def _subcontractor(sub: Outsider) -> list[Block]:
    return [
        Rubric("E - Identification du sous-traitant"),
        *common.outsider(sub),
        Fact(LEGAL_FORM, sub.firm.legal_form),
        Fact("Numéro d’enregistrement à un registre professionnel", sub.firm.registry),
        Fact(
            "Personne(s) physique(s) ayant le pouvoir d’engager le sous-traitant (nom, prénom et qualité de "
            "chacune)",
            sub.firm.signatory,
        ),
        *common.small_or_not(sub.firm.small),
    ]


def _work(sub: Outsider) -> list[Block]:
    return [
        Rubric("F - Nature des prestations sous-traitées"),
        Fact("Nature des prestations sous-traitées", sub.firm.work or sub.member.mission),
        Part("Sous-traitance de traitement de données à caractère personnel (le cas échéant)"),
        Fact(
            "Services pour lesquels le sous-traitant est autorisé à traiter ces données",
            sub.firm.personal_data,
        ),
        Fact("Durée du traitement"),
        Fact("Nature des opérations, et finalités du traitement"),
        Fact("Données traitées, et catégories de personnes concernées"),
        Said("Le soumissionnaire ou le titulaire déclare que :"),
        Box(
            "le sous-traitant présente des garanties suffisantes pour la protection des données "
            "personnelles ;",
            left=True,
        ),
        Box(
            "le contrat de sous-traitance intègre les clauses obligatoires de l’article 28 du règlement (UE) "
            "2016/679 (RGPD).",
            left=True,
        ),
    ]


def _price(sub: Outsider) -> list[Block]:
    reverse = sub.firm.vat == REVERSE_CHARGE
    net = formatting.money(sub.agreed_cents) if sub.agreed_cents > 0 else ""
    rate_bp = _rate_bp(sub.firm.vat)
    vat_cents = None if rate_bp is None else percent_of(sub.agreed_cents, rate_bp)
    gross = formatting.money(sub.agreed_cents + vat_cents) if net and vat_cents is not None else ""
    return [
        Rubric("G - Prix des prestations sous-traitées"),
        Said(
            "Montant des prestations sous-traitées : si le sous-traitant a droit au paiement direct, le "
            "montant ci-dessous, révisable ou non, est le maximum des sommes à lui verser par paiement "
            "direct."
        ),
        Part("a) Prestations qui ne relèvent pas du b)"),
        Fact("Taux de la TVA", "" if rate_bp is None else formatting.percent(rate_bp)),
        Fact("Montant HT", "" if reverse else net),
        Fact("Montant TTC", gross),
        Part("b) Travaux relevant du 2 nonies de l’article 283 du code général des impôts"),
        Fact("Taux de la TVA", "Autoliquidation (la TVA est due par le titulaire)" if reverse else ""),
        Fact("Montant hors TVA", net if reverse else ""),
        Fact("Modalités de variation des prix", sub.firm.price_variation),
        Said(
            "Le titulaire déclare que son sous-traitant remplit les conditions pour avoir droit au paiement "
            "direct :"
        ),
        *common.yes_or_no(sub.firm.direct_payment),
    ]


def _payment(sub: Outsider) -> list[Block]:
    return [
        Rubric("H - Conditions de paiement"),
        Said("Compte à créditer (joindre un relevé d’identité bancaire) :"),
        Fact("Nom de l’établissement bancaire"),
        Fact("Numéro de compte"),
        Said("Le sous-traitant demande à bénéficier d’une avance :"),
        *common.yes_or_no(sub.firm.advance),
    ]


def _duration(sub: Outsider) -> list[Block]:
    return [
        Rubric("I - Durée du contrat de sous-traitance en nombre de mois"),
        Hint("Un nombre entier, arrondi au-dessus : 20 jours = 1 mois ; 1 mois et 2 semaines = 2 mois."),
        Fact("La durée du contrat de sous-traitance en nombre de mois est de", sub.firm.months),
    ]


def _capacity() -> list[Block]:
    return [
        Rubric("J - Capacités du sous-traitant"),
        Hint(
            "Seulement si l’acheteur les exige et qu’elles n’ont pas été transmises avec le DC2 (rubrique H "
            "de celui-ci)."
        ),
        Part(
            "J1 - Récapitulatif des informations et renseignements, ou des pièces, demandés par l’acheteur "
            "et fournis en annexe"
        ),
        Fact("Informations et pièces"),
        *common.online("J2 - Documents de preuve disponibles en ligne"),
    ]


def _honour() -> list[Block]:
    return [
        Rubric("K - Attestations sur l’honneur du sous-traitant au regard des exclusions de la procédure"),
        Part("K1 - Déclaration sur l’honneur"),
        *common.exclusions("Le sous-traitant", "le sous-traitant"),
        *common.online("K2 - Documents de preuve disponibles en ligne"),
    ]


def _claims() -> list[Block]:
    return [
        Rubric("L - Cession ou nantissement des créances résultant du marché public"),
        Hint("Après la notification du marché ; sans objet quand la déclaration est annexée à l’offre."),
        Said(
            "Acte spécial : le titulaire établit qu’aucune cession ni aucun nantissement ne s’oppose au "
            "paiement direct (article R. 2193-22 du code de la commande publique) et produit :"
        ),
        Box("l’exemplaire unique ou le certificat de cessibilité du marché public ;"),
        Box(
            "ou une attestation ou une mainlevée du bénéficiaire de la cession ou du nantissement de "
            "créances."
        ),
        Said("Acte spécial modificatif :"),
        Box("le titulaire demande la modification de l’exemplaire unique ou du certificat de cessibilité ;"),
        Box(
            "ou l’exemplaire unique ou le certificat ayant été remis en vue d’une cession ou d’un "
            "nantissement et ne pouvant être restitué, il produit une attestation ou une mainlevée du "
            "bénéficiaire."
        ),
    ]


def _acceptance(bid: Bid, sub: Outsider) -> list[Block]:
    who = bid.identity
    named = ", ".join(part for part in (who.signatory_name, who.signatory_role) if part)
    return [
        Rubric("M - Acceptation et agrément des conditions de paiement du sous-traitant"),
        Signature(f"Le sous-traitant : {sub.name}", sub.firm.signatory),
        Signature(f"Le soumissionnaire ou titulaire : {who.name}", named),
        Said(
            "Le représentant de l’acheteur, compétent pour signer le marché public, accepte le "
            "sous-traitant et agrée ses conditions de paiement :"
        ),
        Signature(f"L’acheteur : {bid.tender.buyer_name}"),
        Rubric("N - Notification de l’acte spécial au titulaire"),
        Fact("Date et moyen de la notification (après l’attribution)"),
        Check(
            "La lettre et le libellé de la rubrique N n’ont pas pu être vérifiés : comparez avec le "
            "formulaire officiel."
        ),
    ]


def _rate_bp(vat: str) -> int | None:
    return int(vat) if vat.isdigit() else None
