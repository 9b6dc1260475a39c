"""Two lists as people write them: told late, in parts, wrongly, twice, to others, or not at all."""

from hypothesis import strategies as st

PARTIES = ("Atelier Trait Juste", "Menuiserie du Lac", "Studio Écume")


@st.composite
def two_lists(draw):
    """Exchanges among a few parties, few amounts and few days, told by both sides as people tell them."""
    sales, purchases = [], []
    for number in range(draw(st.integers(1, 7))):
        seller, buyer = draw(st.permutations(PARTIES))[:2]
        cents = draw(st.sampled_from([10_000, 10_000, 10_050, 90_000, -10_000]))
        reference = draw(st.sampled_from(["", f"F-{number}", "F-1"]))
        facts = (
            seller,
            buyer,
            draw(st.integers(1, 20)),
            cents,
            draw(st.sampled_from(["", "Plans"])),
            reference,
        )
        sales += _told(draw, f"V{number}", facts)
        purchases += _told(draw, f"A{number}", facts)
    return sales or [("V", *facts)], purchases or [("A", *facts)]


def _told(draw, name, facts):
    seller, buyer, day, cents, label, reference = facts
    how = draw(st.sampled_from(["as it is", "late", "in two parts", "wrong", "to another", "twice", "not"]))
    if how == "late":
        day += draw(st.integers(1, 8))
    if how == "wrong":
        cents += draw(st.sampled_from([-1, 1, 450]))
    if how == "to another":
        seller, buyer = buyer, seller
    told = name, seller, buyer, day, cents, label, reference
    if how == "in two parts":
        part = cents // 3
        return [(f"{name}a", *told[1:4], part, label, ""), (f"{name}b", *told[1:4], cents - part, label, "")]
    return {"not": [], "twice": [told, (f"{name}bis", *told[1:])]}.get(how, [told])
