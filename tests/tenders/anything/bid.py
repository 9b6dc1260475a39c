"""One tender and what must always hold of it, whatever its team and its buyer do."""

from datetime import UTC, datetime, timedelta

from endi_ext.kernel.errors import DomainError
from endi_ext.kernel.history import Act
from endi_ext.subcontracts import positions
from endi_ext.tenders import agreements, outcomes, splits, trace, workflow
from endi_ext.tenders.price_models import BASE
from tests.builders import a_cooperative, a_party

from ..builders import a_tender, some_facts

BEGUN = datetime(2026, 11, 16, 9, tzinfo=UTC)
ENDED = (workflow.SUBMITTED, workflow.WON, workflow.LOST)


class Bid:
    """A tender of two lots with a lead, two members and a firm outside; time passes with each step."""

    def __init__(self, session):
        self.session, self.minutes, self.keys = session, 0, 0
        a_cooperative(session)
        self.lead, *self.others = (a_party(session, name) for name in ("Lac", "Trait", "Écume"))
        facts = some_facts(lots=("Menuiseries", "Peinture"))
        self.tender = a_tender(session, self.lead, self.others, facts=facts, outside=("Toitures",))

    @property
    def parties(self):
        return [self.lead, *self.others]

    def act(self):
        """The act of the next hour."""
        self.minutes += 60
        at = BEGUN + timedelta(minutes=self.minutes)
        return Act("user:1", "Quelqu’un", at, at.date())

    def key(self):
        self.keys += 1
        return f"any-tender-{self.keys}"

    def attempt(self, service, *args, **facts):
        """Do it; a refusal is an answer like another, and leaves nothing behind."""
        before = str(self.tender.state)
        try:
            with self.session.begin_nested():
                done = service(self.session, *args, **facts)
                self.session.flush()
                return done
        except DomainError:
            self.session.expire_all()
            assert self.tender.state == before
            return None

    def member(self, place):
        return self.tender.members[place % len(self.tender.members)]

    def party(self, place):
        return self.parties[place % len(self.parties)]

    def prove(self):
        """What always holds."""
        self.session.flush()
        self.session.expire_all()
        self._states_agree()
        self._shares_add_up()
        self._deposits_stand()
        self._agreements_carry_the_shares()
        self._traces_add_up()

    def _states_agree(self):
        state, found = self.tender.state, [lot.outcome for lot in self.tender.lots if lot.answered]
        assert state in workflow.TENDER.states
        if state == workflow.WON:
            assert "won" in found
        elif state == workflow.LOST:
            assert set(found) == {"lost"}
        elif state == workflow.SUBMITTED:
            assert "won" not in found
            assert "none" in found
        elif state in workflow.UNDER_WAY:
            assert set(found) <= {"none"}
        head = [one for one in self.tender.members if one.role == "lead" and one.state == workflow.ACCEPTED]
        assert [one.party_id for one in head] == [self.tender.lead_id]

    def _shares_add_up(self):
        split = splits.split_of(self.session, self.tender)
        for one in split.lines:
            assert sum(one.parts.values()) + one.unassigned_cents == one.line.total_cents
        gross = sum(share.gross_cents for share in split.members.values())
        assert gross + split.unassigned_cents == split.total_cents == sum(split.lots.values())
        assert sum(share.fee_cents for share in split.members.values()) == 0
        base = [one.line for one in split.lines if one.line.part == BASE and one.line.lot.answered]
        assert split.total_cents == sum(line.total_cents for line in base)

    def _deposits_stand(self):
        standing = [one for one in outcomes.submissions(self.session, self.tender) if not one.taken_back_at]
        assert len(standing) <= 1
        if self.tender.state in ENDED:
            split = splits.split_of(self.session, self.tender)
            assert standing[0].total_cents == (split.total_cents if split.lines else None)
            assert split.complete or not split.lines

    def _agreements_carry_the_shares(self):
        living = outcomes.living_agreements(self.session, self.tender)
        assert not living or self.tender.state == workflow.WON
        about = [(one.member_id, line.price_line_id) for one in living for line in one.lines]
        assert len(about) == len(set(about))
        for one in agreements.of_tender(self.session, self.tender):
            first = next(version for version in one.subcontract.versions if version.number == 1)
            assert first.total_cents == sum(line.agreed_cents for line in one.lines)
            assert one.subcontract.buyer_id == self.tender.lead_id
        if self.tender.state != workflow.WON:
            return
        split = splits.split_of(self.session, self.tender, lots=outcomes.won_lots(self.tender))
        for member_id, share in split.members.items():
            mine = [line.agreed_cents for one in living if one.member_id == member_id for line in one.lines]
            assert sum(mine) <= max(share.agreed_cents, 0)

    def _traces_add_up(self):
        found = trace.of_tender(self.session, self.tender, self.lead)
        made = [one.subcontract for one in outcomes.living_agreements(self.session, self.tender)]
        where = positions.of_many(self.session, made).values()
        # What was settled of a delivery is told line by line, to the cent.
        assert sum(one.accepted_cents for one in found) == sum(one.accepted_cents for one in where)
        assert sum(one.settled_cents for one in found) == sum(one.settled_cents for one in where)
