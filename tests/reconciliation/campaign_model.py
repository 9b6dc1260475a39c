"""A campaign as one would keep it on paper: which document lies on which pile, who put it there."""

from dataclasses import dataclass, field
from datetime import date

CONFIRMED, SUGGESTED, ACCEPTED, SPLIT = "confirmed", "suggested", "accepted", "split"
LEFT, WAIVED = "left", "waived"
HELD = (CONFIRMED, SUGGESTED, ACCEPTED)


@dataclass
class Piece:
    """A document; `of` is the match that holds it, none when it lies on a pile by itself."""

    side: str
    name: str
    pair: tuple
    on: date
    cents: int
    pile: str = LEFT
    reason: str = ""
    note: str = ""
    of: object = None

    @property
    def key(self):
        return self.side, self.name


@dataclass
class Taken:
    """Documents taken for one exchange, and what became of that; `steps` are who did what."""

    pieces: list
    state: str
    rule: str
    by: str = ""
    steps: list = field(default_factory=list)

    def cents(self, side):
        return sum(one.cents for one in self.pieces if one.side == side)

    @property
    def difference(self):
        return self.cents("purchases") - self.cents("sales")

    @property
    def pair(self):
        """That of its first sale, as the lists have them: by parties, then amount, then day."""
        sales = [one for one in self.pieces if one.side == "sales"]
        return min(sales, key=lambda one: (one.pair, abs(one.cents), one.on, one.name)).pair

    @property
    def on(self):
        return min(one.on for one in self.pieces if one.side == "sales")


class OnPaper:
    """The piles of a campaign. Whoever breaks a rule is told its code, and nothing changes."""

    def __init__(self, pieces):
        self.pieces = {one.key: one for one in pieces}
        self.matches = []
        self.open = True

    def suggest(self, keys, rule, *, confirmed):
        """What the engine says when it begins."""
        return self._take(keys, CONFIRMED if confirmed else SUGGESTED, rule, "")

    def accept(self, match, who):
        if match.state != SUGGESTED:
            return f"match_{match.state}"
        match.state, match.by = ACCEPTED, who
        match.steps.append(("accept", who))
        return None

    def accept_rule(self, rule, who):
        found = [one for one in self.matches if (one.state, one.rule) == (SUGGESTED, rule)]
        found = [one for one in found if one.difference == 0]
        for one in found:
            one.state, one.by = ACCEPTED, who
        return None if found else "nothing_to_accept"

    def split(self, match, who):
        if match.state == SPLIT:
            return "match_split"
        match.state, match.by = SPLIT, who
        match.steps.append(("split", who))
        for one in match.pieces:
            one.of, one.pile, one.reason = None, LEFT, SPLIT
        return None

    def match_by_hand(self, keys, who):
        refusal = self._refused(keys, LEFT)
        if refusal is None and len({side for side, _name in keys}) == 1:
            refusal = "match_one_sided"
        if refusal is None:
            self._take(keys, ACCEPTED, "hand", who).steps.append(("by_hand", who))
        return refusal

    def waive(self, keys, reason):
        if not reason.strip():
            return "reason_missing"
        refusal = self._refused(keys, LEFT)
        for key in () if refusal else keys:
            self.pieces[key].pile, self.pieces[key].note = WAIVED, reason.strip()
        return refusal

    def take_back(self, keys):
        refusal = self._refused(keys, WAIVED)
        for key in () if refusal else keys:
            self.pieces[key].pile, self.pieces[key].note = LEFT, ""
        return refusal

    def _refused(self, keys, pile):
        if not keys:
            return "nothing_chosen"
        lie = all(self.pieces[key].of is None and self.pieces[key].pile == pile for key in keys)
        return None if lie else "documents_taken"

    def _take(self, keys, state, rule, who):
        match = Taken([self.pieces[key] for key in keys], state, rule, who)
        for one in match.pieces:
            assert one.of is None, f"{one.key} is in two matches"
            one.of, one.pile = match, "matched"
        self.matches.append(match)
        return match

    def counted(self, pair=None):
        """How many matches, and documents on piles, there are in each state, of two parties or of all."""
        found = dict.fromkeys((*HELD, LEFT, WAIVED), 0)
        for one in self.matches:
            if one.state in HELD and pair in (None, one.pair):
                found[one.state] += 1
        for one in self.pieces.values():
            if one.of is None and pair in (None, one.pair):
                found[one.pile] += 1
        return list(found.values())

    def undecided(self, first, last):
        """How many things of these days somebody has to look at, and the cents at stake."""
        if not self.open:
            return 0, 0
        waits = [abs(one.cents("sales")) for one in self.matches if _waits(one, first, last)]
        left = [one for one in self.pieces.values() if one.pile == LEFT and first <= one.on <= last]
        return len(waits) + len(left), sum(waits) + sum(abs(one.cents) for one in left)


def _waits(match, first, last):
    return match.state == SUGGESTED and first <= match.on <= last
