"""Internal documents the demo's platform kept before the module came: most of them sound, some not.

Days count back from the last day of the story. Nothing of it is in the books until somebody adopts it.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from ...reconciliation.pairs import (
    DRAFT,
    IS_INVOICED,
    IS_SIGNED,
    PAID,
    PARTLY_PAID,
    RESULTED,
    SIGNED,
    VALID,
    VALIDATION,
    WAIT,
    WAITING,
)
from .internal_models import CANCEL, ESTIMATION, INVOICE, ORDER, PURCHASE, InternalPaper, InternalPayment
from .internal_models import InternalStep as Step
from .models import Company, User
from .people import ACCOUNTANT, PEOPLE

EXPENSE_TYPE = "Prestation interne"
EXPORTED_AFTER_DAYS = 40

# What became of each; the last ones are defects a real platform leaves behind.
PAID_WHOLE, UNPAID, PART_PAID, CREDITED, CREDITED_IN_PART, WAITS = (
    "paid", "unpaid", "part_paid", "credited", "credited_in_part", "waits",
)  # fmt: skip
MIRROR_MISSING, DOUBLED, CREDIT_SETTLES_ALL, CROSSED, FORCED, EXPORTED_ALONE = (
    "mirror_missing", "doubled", "credit_settles_all", "crossed", "forced", "exported_alone",
)  # fmt: skip


@dataclass(frozen=True)
class Told:
    """One exchange of that time, in euros; `quoted` says that a quotation came first."""

    seller: str
    buyer: str
    label: str
    euros: int
    days_ago: int
    end: str
    quoted: bool = False


STORY = (
    Told("SCHMIT", "MENLAC", "Logotype et carte de visite", 640, 320, PAID_WHOLE, quoted=True),
    Told("AUBRAC", "INES", "Photographies de la carte de printemps", 420, 262, PAID_WHOLE),
    Told("DUFOUR", "KELLER", "Mise aux normes du dépôt", 1_850, 231, PAID_WHOLE),
    Told("DIALLO", "ECUME", "Relecture d'un site", 280, 203, PAID_WHOLE),
    Told("HERBES", "PERMA", "Location d'une serre", 310, 171, CREDITED),
    Told("ECUME", "AUBRAC", "Galerie en ligne", 1_200, 148, PAID_WHOLE, quoted=True),
    Told("MOTAIR", "HERBES", "Textes du catalogue", 520, 121, PAID_WHOLE),
    Told("KELLER", "DUFOUR", "Saignées et rebouchage", 760, 96, PART_PAID),
    Told("ROSA", "INES", "Nappes et tabliers", 395, 74, CREDITED_IN_PART),
    Told("PERMA", "VEZERE", "Journée de formation", 450, 52, PAID_WHOLE),
    Told("TRAITJ", "DUFOUR", "Schéma de colonne", 330, 37, PART_PAID),
    Told("INES", "SCHMIT", "Buffet d'inauguration", 610, 22, UNPAID),
    Told("VEZERE", "INES", "Paniers de saison", 185, 9, UNPAID),
    Told("SCHMIT", "HERBES", "Panneaux du jardin", 540, 3, UNPAID, quoted=True),
    Told("AUBRAC", "PERMA", "Portraits de stagiaires", 260, 1, WAITS),
    Told("DUFOUR", "INES", "Raccordement d'un four", 480, 188, CREDIT_SETTLES_ALL),
    Told("ECUME", "DIALLO", "Hébergement d'un site", 240, 110, FORCED),
    Told("KELLER", "MENLAC", "Chape d'atelier", 1_400, 88, CROSSED),
    Told("DIALLO", "MOTAIR", "Dossier de presse", 375, 45, DOUBLED),
    Told("HERBES", "KELLER", "Abords d'un chantier", 690, 18, MIRROR_MISSING),
    Told("MENLAC", "ROSA", "Présentoir de tissus", 880, 2, EXPORTED_ALONE),
)

# Asked for and not invoiced yet: an offer that waits, and one that is accepted.
OFFERS = (
    Told("TRAITJ", "KELLER", "Plans d'un four à pain", 720, 14, WAITING),
    Told("MENLAC", "AUBRAC", "Cimaises de galerie", 1_150, 6, IS_SIGNED),
)


def tell(session: Session, today: date) -> None:
    """Fill the platform's own tables; the trading units exist."""
    clerk = Clerk(session, today - timedelta(days=1))
    for told in sorted((*STORY, *OFFERS), key=lambda one: -one.days_ago):
        clerk.offer(told) if told in OFFERS else clerk.invoice(told)
    session.flush()  # whoever asks for the story reads it next


class Clerk:
    """Writes what the platform would have written, each thing on its day."""

    def __init__(self, session: Session, last_day: date) -> None:
        self.session, self.last_day = session, last_day
        companies = session.execute(select(Company)).scalars().all()
        self.ids = {company.analytic_code: company.id for company in companies}
        self.users = {company.analytic_code: company.people[0].id for company in companies}
        accountant = next(person.login for person in PEOPLE if person.role == ACCOUNTANT)
        self.accountant = session.execute(select(User.id).where(User.login == accountant)).scalar_one()
        self.counts: dict[str, int] = {}

    def offer(self, told: Told) -> InternalPaper:
        """Write a quotation and the buyer's order."""
        signed = {WAITING: WAITING, IS_SIGNED: IS_SIGNED}.get(told.end, IS_INVOICED)
        on = self.day(told, before=12 if signed == IS_INVOICED else 0)
        sale = self.sale(told, ESTIMATION, "D", on, told.euros * 100, signed_status=signed)
        order = self.mirror(sale, ORDER, "", status=DRAFT if signed == WAITING else VALID)
        if signed != WAITING:
            self.step(order, VALIDATION, VALID, on, self.users[told.buyer], hour=14)
            self.step(sale, SIGNED, IS_SIGNED, on, self.users[told.buyer], hour=14)
        return sale

    def invoice(self, told: Told) -> None:
        """Write an invoice, the buyer's purchase and what followed."""
        offer = self.offer(told) if told.quoted else None
        on = self.day(told)
        status = WAIT if told.end == WAITS else VALID
        sale = self.sale(told, INVOICE, "VI", on, told.euros * 100, status=status, paid_status=WAITING)
        sale.of_id = None if offer is None else offer.id
        if told.end in (WAITS, MIRROR_MISSING):
            return
        purchase_status = DRAFT if told.end == EXPORTED_ALONE else VALID
        purchase = self.mirror(sale, PURCHASE, "AI", status=purchase_status, paid_status=WAITING)
        if purchase_status == VALID:
            self.step(purchase, VALIDATION, VALID, on, self.accountant, hour=15)
        self.follow(told, sale, purchase, on)
        self.export(sale, on)
        self.export(purchase, on)

    def follow(self, told: Told, sale: InternalPaper, purchase: InternalPaper, on: date) -> None:
        """Write the payments, the credit notes, and what went wrong."""
        whole = sale.total_cents
        half = whole // 2
        if told.end == PAID_WHOLE:
            self.pay(sale, purchase, whole, self.later(on, 28))
        elif told.end in (PART_PAID, FORCED):
            self.pay(sale, purchase, half, self.later(on, 20))
        elif told.end == CROSSED:
            self.pay(sale, purchase, half, self.later(on, 15), self.later(on, 46))
            self.pay(sale, purchase, half, self.later(on, 47), self.later(on, 47))
        elif told.end == CREDITED:
            self.credit(told, sale, whole, self.later(on, 9))
        elif told.end in (CREDITED_IN_PART, CREDIT_SETTLES_ALL):
            self.credit(told, sale, whole // 5, self.later(on, 9))
        elif told.end == DOUBLED:
            self.mirror(sale, PURCHASE, "", status=DRAFT, paid_status=WAITING, tied=False)
        elif told.end == EXPORTED_ALONE:
            sale.exported, sale.exported_at = True, self.at(on, 18)
        paid = {PAID_WHOLE: RESULTED, CROSSED: RESULTED, CREDITED: RESULTED}
        partly = {PART_PAID: PARTLY_PAID, CREDITED_IN_PART: PARTLY_PAID, CREDIT_SETTLES_ALL: PARTLY_PAID}
        sale.paid_status = {**paid, **partly, FORCED: RESULTED}.get(told.end, WAITING)
        purchase.paid_status = {**paid, **partly, FORCED: PARTLY_PAID, CREDIT_SETTLES_ALL: RESULTED}.get(
            told.end, WAITING
        )
        if sale.paid_status != WAITING:
            for paper in (sale, purchase):
                self.step(paper, PAID, paper.paid_status, self.later(on, 28), self.accountant, hour=16)

    def sale(
        self, told: Told, kind: str, letters: str, on: date, cents: int, *, status: str = VALID, **more: str
    ) -> InternalPaper:
        """Write the seller's document."""
        paper = InternalPaper(
            kind=kind,
            company_id=self.ids[told.seller],
            partner_id=self.ids[told.buyer],
            number=self.number(letters, on) if status == VALID else "",
            issued_on=on,
            label=told.label,
            total_cents=cents,
            status=status,
            financial_year=on.year,
            changed_at=self.at(on),
            **more,
        )
        self.session.add(paper)
        self.session.flush()  # its id is what the mirror and the steps refer to
        self.step(paper, VALIDATION, WAIT, on, self.users[told.seller], hour=9)
        if status == VALID:
            self.step(paper, VALIDATION, VALID, on, self.accountant)
        return paper

    def mirror(
        self, sale: InternalPaper, kind: str, letters: str, *, status: str, tied: bool = True, **more: str
    ) -> InternalPaper:
        """Write the buyer's document of a sale."""
        paper = InternalPaper(
            kind=kind,
            company_id=sale.partner_id,
            partner_id=sale.company_id,
            number=self.number(letters, sale.issued_on) if letters and status == VALID else "",
            issued_on=sale.issued_on,
            label=sale.label,
            total_cents=sale.total_cents,
            status=status,
            remote_number=sale.number,
            expense_type=EXPENSE_TYPE,
            changed_at=sale.changed_at,
            **more,
        )
        self.session.add(paper)
        self.session.flush()  # as above
        if tied:
            sale.mirror_id = paper.id
        return paper

    def credit(self, told: Told, invoice: InternalPaper, cents: int, on: date) -> None:
        """Write a credit note of an invoice, and its mirror."""
        refund = self.sale(told, CANCEL, "VI", on, -cents)
        refund.of_id = invoice.id
        mirror = self.mirror(refund, PURCHASE, "AI", status=VALID, paid_status=RESULTED)
        self.step(mirror, VALIDATION, VALID, on, self.accountant, hour=15)
        for paper in (refund, mirror):
            self.export(paper, on)

    def pay(
        self, sale: InternalPaper, purchase: InternalPaper, cents: int, on: date, other: date | None = None
    ) -> None:
        """Write a payment on both sides."""
        for paper, paid_on in ((sale, on), (purchase, other or on)):
            old = (self.last_day - paid_on).days > EXPORTED_AFTER_DAYS
            payment = InternalPayment(
                paid_on=paid_on,
                amount_cents=cents,
                exported=old,
                exported_at=self.at(paid_on + timedelta(days=EXPORTED_AFTER_DAYS), 18) if old else None,
                made_at=self.at(on),
                user_id=self.accountant,
            )
            paper.payments.append(payment)

    def export(self, paper: InternalPaper, on: date) -> None:
        """Mark a document that is old enough as exported."""
        if (self.last_day - on).days > EXPORTED_AFTER_DAYS:
            paper.exported = True
            paper.exported_at = self.at(on + timedelta(days=EXPORTED_AFTER_DAYS), 18)

    def step(
        self, paper: InternalPaper, about: str, status: str, on: date, user_id: int, *, hour: int = 10
    ) -> None:
        """Write a step of a document's history."""
        paper.steps.append(Step(about=about, status=status, at=self.at(on, hour), user_id=user_id))

    def number(self, letters: str, on: date) -> str:
        """Return the next number of a series of a year."""
        series = f"{letters}-{on.year}"
        self.counts[series] = self.counts.get(series, 0) + 1
        return f"{series}-{self.counts[series]:03}"

    def day(self, told: Told, *, before: int = 0) -> date:
        """Return the day something is told to have happened."""
        return self.last_day - timedelta(days=told.days_ago - 1 + before)

    def later(self, on: date, days: int) -> date:
        """Return a day after another, the last day of the story at most."""
        return min(on + timedelta(days=days), self.last_day)

    @staticmethod
    def at(on: date, hour: int = 10) -> datetime:
        """Return an instant of a day."""
        return datetime.combine(on, time(hour), UTC)
