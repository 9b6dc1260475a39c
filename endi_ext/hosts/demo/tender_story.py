"""The tenders of the demo's year up to their deposit, played by their teams through the services."""

from datetime import datetime, time, timedelta
from typing import Any

from ...kernel.paris import PARIS
from ...tenders import (
    assignments,
    ballots,
    calendar,
    checklist,
    common_papers,
    criteria,
    decisions,
    identity,
    members,
    notice_store,
    outcomes,
    papers,
    price_terms,
    prices,
    proposal,
    questions,
    service,
)
from ...tenders.cash import Expected
from ...tenders.models import Member, Tender
from ...tenders.notices.model import Criterion, Notice, NoticeLot, ReadNotice
from ...tenders.price_facts import LineFacts
from ...tenders.shares import PERCENT, Claim
from ...web import paper_words, team_words
from . import story
from .people import COOPERATIVE_NAME
from .small_pdf import small_pdf
from .tender_plots import FIRM, TenderPlot

FIRM_SIRET = "00012345500016"
IDENTITY = {
    "name": COOPERATIVE_NAME,
    "legal_form": "SCOP SARL à capital variable",
    "address": "12 rue des Passerelles",
    "postcode": "74000",
    "city": "Annecy",
    "email": "contact@passerelles.example",
    "siret": "00054321500016",
    "small": "yes",
    "signatory_name": "Marc Lefèvre",
    "signatory_role": "Gérant",
    "year_1_cents": "184000000",
    "year_2_cents": "171500000",
    "year_3_cents": "160200000",
}


def prepare_papers(teller: story.Teller) -> None:
    """Let the admin write down who the cooperative is and list papers, some of them kept once for all."""
    admin = next(person for person in story.PEOPLE if person.login == "marc")
    session = teller.session
    identity.write(session, IDENTITY, {}, teller.act(admin))
    for place, (label, who, has_term) in enumerate(paper_words.USUAL_PAPERS, start=1):
        facts: dict[str, Any] = {"label": label, "who": who, "has_term": has_term}
        key = f"usual-paper-{place}"
        kind = common_papers.add(session, request_key=key, act=teller.act(admin, minutes=1), **facts)
        if who == checklist.COOPERATIVE and "signataire" not in label:
            until = teller.last_day + timedelta(days=150) if has_term else None
            content = small_pdf([label, COOPERATIVE_NAME, "Document imaginaire de la démonstration"])
            sent = papers.Sent(f"{label[:40]}.pdf", content, until)
            common_papers.provide(session, kind, sent, act=teller.act(admin, minutes=1))


class TeamPlayer:
    """Plays one tender up to its deposit: everybody of its team, by their code."""

    tender: Tender

    def __init__(self, teller: story.Teller, plot: TenderPlot, number: int) -> None:
        self.teller, self.session, self.plot, self.number = teller, teller.session, plot, number
        self.lead = teller.parties[plot.lead]

    def begin(self) -> None:
        """Let the lead import the notice and begin."""
        kept = notice_store.keep(self.session, ReadNotice(self.notice()), self.act())
        facts = service.facts_of(kept.notice)
        doer = {"lead": self.lead, "request_key": f"demo-tender-{self.number}", "act": self.act()}
        self.tender = service.create(self.session, facts=facts, notice=kept.notice, **doer)

    def extend(self, days: int) -> None:
        """Let the buyer put off the deadline: the change notice updates the tender."""
        changed = self.notice(version="2", later=days)
        notice_store.keep(self.session, ReadNotice(changed, changes=changed.notice_id), self.act())

    def invite(self, _detail: None) -> None:
        """Let the lead invite everybody."""
        for seat in self.plot.seats:
            asked = members.Terms(seat.role, seat.mission, self.teller.day + timedelta(days=10))
            doer: dict[str, Any] = {"by": self.lead, "act": self.act()}
            if seat.code == FIRM:
                firm = members.Firm(self.plot.firm, FIRM_SIRET, "contact@aravis.example")
                members.invite_firm(self.session, self.tender, firm, asked, **doer)
            else:
                members.invite(self.session, self.tender, self.teller.parties[seat.code], asked, **doer)

    def answer(self, _detail: None) -> None:
        """Let everybody answer who has an answer."""
        for seat in self.plot.seats:
            if seat.says is not None:
                accept = seat.says == "accept"
                facts = {"accept": accept, "reason": seat.why or None, **self.by(seat.code)}
                members.answer(self.session, self.member(seat.code), **facts)

    def position(self, detail: tuple[str, str, str]) -> None:
        """Let someone say whether to answer."""
        code, stance, reason = detail
        facts = {"stance": stance, "reason": reason, **self.by(code)}
        decisions.take_position(self.session, self.member(code), **facts)

    def weigh(self, given: dict[str, tuple[int, ...]]) -> None:
        """Let the lead choose the usual criteria, and these people give them scores."""
        wanted = [criteria.Wanted(label, weight) for label, weight in team_words.USUAL_CRITERIA]
        criteria.choose(self.session, self.tender, wanted, by=self.lead, act=self.act())
        chosen = [one.id for one in criteria.of_tender(self.session, self.tender)]
        for code, values in given.items():
            scores = dict(zip(chosen, values, strict=True))
            criteria.score(self.session, self.member(code), scores, by=self.teller.parties[code])

    def decide(self, statement: str) -> None:
        """Let everybody be for it, and the lead say so."""
        for code in self.team():
            self.position((code, ballots.GO, "Je suis pour."))
        facts = {"go": True, "statement": statement, "by": self.lead, "act": self.act()}
        decisions.decide(self.session, self.tender, **facts)

    def give_up(self, statement: str) -> None:
        """Let everybody be against it."""
        for code in self.team():
            self.position((code, ballots.NO_GO, "Trop de contraintes pour moi."))
        facts = {"go": False, "statement": statement, "by": self.lead, "act": self.act()}
        decisions.decide(self.session, self.tender, **facts)

    def price(self, _detail: None) -> None:
        """Let the lead type the price schedule, share it, and say when the client will be invoiced."""
        doer: dict[str, Any] = {"party": self.lead, "act": self.act()}
        wanted = {}
        for place, one in enumerate(self.plot.prices, start=1):
            facts = LineFacts(
                self.tender.lots[one.lot].id,
                one.description,
                one.reference,
                one.unit,
                round(one.quantity * 1000),
                round(one.price * 100),
            )
            key = f"demo-line-{self.number}-{place}"
            line = prices.add_line(self.session, self.tender, facts, request_key=key, **doer)
            shares = (one.shares or {}).items()
            claims = [Claim(self.member(code).id, PERCENT, percent * 100) for code, percent in shares]
            wanted[line.id] = assignments.Wanted(claims)
        assignments.assign(self.session, self.tender, wanted, **doer)
        told = self.plot
        settled = price_terms.Settled(
            told.fee_percent * 100, told.common * 100, told.retention_percent * 100, payment_days=30
        )
        price_terms.settle(self.session, self.tender, settled, **doer)
        begins = self.teller.day + timedelta(days=told.deadline + 60)
        expected = [
            Expected(begins + timedelta(days=30 * place), rate_bp, f"Situation n° {place + 1}")
            for place, rate_bp in enumerate((3000, 4000, 3000))
        ]
        price_terms.plan(self.session, self.tender, expected, **doer)
        self.finish(calendar.PRICES)

    def gather(self, most: int | None = None) -> None:
        """Let people bring their papers, and someone else check them; only `most` of them."""
        missing = [one for one in checklist.missing(self.session, self.tender)][:most]
        for item in missing:
            whose = self.code_of(item.member) if item.member is not None else self.plot.lead
            lines = [item.label, self.plot.title, "Document imaginaire de la démonstration"]
            until = self.teller.last_day + timedelta(days=200) if item.has_term else None
            sent = papers.Sent(f"{item.label[:40]}.pdf", small_pdf(lines), until)
            papers.provide(self.session, self.tender, item.key, sent, **self.doer(whose))
            inside = [code for code in self.team() if code not in (FIRM, whose, self.plot.lead)]
            checker = self.plot.lead if whose not in (FIRM, self.plot.lead) else inside[0]
            papers.check(self.session, self.tender, item.key, **self.doer(checker))
        if most is None:
            self.finish(calendar.PAPERS)

    def write(self, most: int | None = None) -> None:
        """Let the team write its technical proposal; only `most` parts of it."""
        team = [code for code in self.team() if code != FIRM]
        plans = [
            proposal.Plan(title, guidance, self.member(team[place % len(team)]).id)
            for place, (title, guidance) in enumerate(paper_words.USUAL_PARTS)
        ]
        parts = proposal.outline(self.session, self.tender, plans, **self.doer(self.plot.lead))
        for part in parts[:most]:
            text = f"{part.title} : {self.plot.description or self.plot.title} Notre équipe le connaît bien."
            written = proposal.Written(text, proposal.READY, part.revision)
            proposal.write(self.session, part, written, **self.doer(self.plot.lead))
        if most is None:
            self.finish(calendar.PROPOSAL)
            self.finish(calendar.REVIEW)

    def ask(self, detail: tuple[str, str | None]) -> None:
        """Let the lead ask the buyer, who answers at once or later."""
        text, answer = detail
        doer, on = self.doer(self.plot.lead), self.teller.day
        key = f"demo-question-{self.number}"
        question = questions.write(self.session, self.tender, text=text, request_key=key, **doer)
        questions.ask(self.session, question, on=on, **doer)
        self.finish(calendar.QUESTIONS)
        if answer is not None:
            questions.answer(self.session, question, text=answer, on=on, **doer)

    def finish(self, key: str) -> None:
        """Let the lead tick a step of the calendar."""
        calendar.finish(self.session, self.tender, key, done=True, **self.doer(self.plot.lead))

    def submit(self, note: str) -> None:
        """Let the lead note the deposit, an hour ago."""
        act = self.act()
        lines = ["Accusé de réception", self.plot.buyer, self.plot.title, "Document imaginaire"]
        outcomes.submit(
            self.session,
            self.tender,
            party=self.lead,
            submitted_at=act.at - timedelta(minutes=6),
            reference=f"AR-{self.teller.day:%Y%m%d}-{self.number:03}",
            note=note,
            proof=outcomes.Proof("accusé de réception.pdf", small_pdf(lines)),
            act=act,
        )

    def notice(self, *, version: str = "1", later: int = 0) -> Notice:
        """Return the notice as the buyer published it."""
        plot = self.plot
        day = self.teller.last_day - timedelta(days=plot.days_ago - plot.deadline - later)
        deadline = datetime.combine(day, time(12), PARIS)
        lots = tuple(
            NoticeLot(
                str(place),
                lot.title,
                cpv=(lot.cpv,),
                estimated_value_cents=None if lot.estimate is None else lot.estimate * 100,
                criteria=tuple(Criterion(name, weight) for name, weight in lot.criteria),
            )
            for place, lot in enumerate(plot.lots, start=1)
        )
        return Notice(
            source="boamp_fns",
            notice_id=f"demo-{self.number:04}",
            version=version,
            procedure_id=f"demo-procedure-{self.number:04}",
            title=plot.title,
            description=plot.description or None,
            buyer_name=plot.buyer,
            cpv=tuple(dict.fromkeys(lot.cpv for lot in plot.lots)),
            places=(plot.place,),
            procedure="open",
            currency="EUR",
            deadline=deadline,
            lots=lots,
            requested_documents=plot.asked,
            language="FRA",
        )

    def team(self) -> list[str]:
        """Return the codes of those who count: the lead first."""
        counted = {member.id for member in members.active(self.tender)}
        codes = [self.plot.lead, *(seat.code for seat in self.plot.seats)]
        return [code for code in codes if self.member(code).id in counted]

    def member(self, code: str) -> Member:
        """Return someone of the team."""
        if code == FIRM:
            return next(one for one in self.tender.members if one.outside)
        party = self.teller.parties[code]
        return next(one for one in self.tender.members if one.party_id == party.id)

    def code_of(self, member: Member) -> str:
        """Return the code of someone of the team."""
        return FIRM if member.outside else str(member.party.analytic_code)

    def act(self, code: str | None = None) -> Any:
        """Return the act of someone, the lead for a firm outside."""
        return self.teller.act_of(self.plot.lead if code in (None, FIRM) else str(code))

    def by(self, code: str) -> dict[str, Any]:
        """Return who does something in the team, as members and decisions want it."""
        party = self.lead if code == FIRM else self.teller.parties[code]
        return {"by": party, "act": self.act(code)}

    def doer(self, code: str) -> dict[str, Any]:
        """Return who does something, as the other services want it."""
        told = self.by(code)
        return {"party": told["by"], "act": told["act"]}
