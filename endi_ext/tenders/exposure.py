"""What is at risk for each member, and for the cooperative, when one of the team defaults. Pure.

The bidder is the cooperative: towards the buyer it is bound for all that its own entrepreneurs do, whatever
they agree among themselves. What others of the group do binds it only as the form of the group says:

* "none" (the cooperative bids alone, outside firms work for it): for everything;
* "several" (conjoint): for its entrepreneurs' part; for everything when it leads and answers for all;
* "joint_and_several" (solidaire): every legal person for everything.

Inside the cooperative nobody but the cooperative is bound: how a default is borne there is for its own rules
to say. The figure shown shares it among its other entrepreneurs in proportion to their work, as a measure.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..kernel import money

NONE, SEVERAL, JOINT = "none", "several", "joint_and_several"


@dataclass(frozen=True)
class Bound:
    """Someone of the team: what they do, whether they are a firm of their own, the most they want to bear."""

    member: int
    gross_cents: int
    outside: bool = False
    cap_cents: int | None = None


@dataclass(frozen=True)
class Risk:
    """What someone may have to bear: their own part, and the worst of what another's default adds.

    `worst` is whose default that is, none where nobody's adds anything. `exceeds_cents` is how much the two
    go beyond their cap, 0 where they do not or there is none.
    """

    member: int
    own_cents: int
    taken_over_cents: int
    worst: int | None
    cap_cents: int | None

    @property
    def total_cents(self) -> int:
        """Their own part and what they may have to take over."""
        return self.own_cents + self.taken_over_cents

    @property
    def exceeds_cents(self) -> int:
        """How far that goes beyond their cap."""
        return 0 if self.cap_cents is None else max(self.total_cents - self.cap_cents, 0)


@dataclass(frozen=True)
class Default:
    """One of the team fails: what of their work the cooperative must see to, and who else answers for it.

    `borne` is a measure of what falls on each of the others, `others_cents` what outside firms are bound for
    beside the cooperative.
    """

    member: int
    gross_cents: int
    cooperative_cents: int
    others_cents: int
    borne: Mapping[int, int]


@dataclass(frozen=True)
class Exposure:
    """The risks of a bid: of each member, of the cooperative, and what each default would do."""

    total_cents: int
    own_cents: int
    cooperative_cents: int
    risks: list[Risk]
    defaults: list[Default]


def of(
    team: Sequence[Bound],
    liability: str,
    *,
    lead_answers_for_all: bool = False,
    unassigned_cents: int = 0,
) -> Exposure:
    """Return what is at risk in a bid; `lead_answers_for_all`: the cooperative leads and is bound for others.

    `cooperative_cents` is what the cooperative is bound for towards the buyer, what nobody took yet included.
    """
    defaults = [_default(one, team, liability, lead_answers_for_all) for one in team]
    total_cents = sum(one.gross_cents for one in team) + unassigned_cents
    own_cents = total_cents - sum(one.gross_cents for one in team if one.outside)
    for_all = liability != SEVERAL or lead_answers_for_all
    return Exposure(
        total_cents=total_cents,
        own_cents=own_cents,
        cooperative_cents=total_cents if for_all else own_cents,
        risks=[_risk(one, defaults) for one in team],
        defaults=defaults,
    )


def _default(failing: Bound, team: Sequence[Bound], liability: str, lead_answers_for_all: bool) -> Default:
    on_cooperative = not failing.outside or liability != SEVERAL or lead_answers_for_all
    cooperative_cents = failing.gross_cents if on_cooperative else 0
    others = [one for one in team if one.outside and one is not failing and liability == JOINT]
    inside = [one for one in team if not one.outside and one is not failing]
    borne = _shared(cooperative_cents, inside)
    # Each of them may be asked for all of it: that is what solidarity means.
    borne |= {one.member: failing.gross_cents for one in others}
    return Default(
        failing.member,
        failing.gross_cents,
        cooperative_cents,
        failing.gross_cents if others else 0,
        borne,
    )


def _shared(cents: int, inside: Sequence[Bound]) -> dict[int, int]:
    weights = [one.gross_cents for one in inside]
    parts = money.allocate(cents, weights) if any(weights) else [0 for _one in inside]
    return {one.member: part for one, part in zip(inside, parts, strict=True)}


def _risk(one: Bound, defaults: Sequence[Default]) -> Risk:
    taken = {other.member: other.borne.get(one.member, 0) for other in defaults}
    worst = max(taken, key=lambda member: taken[member], default=None)
    if worst is not None and not taken[worst]:
        worst = None
    return Risk(one.member, one.gross_cents, taken[worst] if worst else 0, worst, one.cap_cents)
