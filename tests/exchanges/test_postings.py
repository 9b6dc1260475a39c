"""The posting schemes as an accountant reads them: B accepts 1 000,00 of A, whose contribution is 10 %."""

from dataclasses import replace
from datetime import date
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from endi_ext.exchanges import postings
from tests.exchanges.makers import table

A, B, CAE = 1, 2, 3
NAMES = {A: "A", B: "B", CAE: "CAE"}

ACCEPTED = postings.Acceptance(
    source="delivery:12:accepted",
    seller_id=A,
    buyer_id=B,
    cooperative_id=CAE,
    net_cents=100_000,
    contribution_cents=10_000,
    accepted_on=date(2026, 11, 2),
    text="Pose de la cuisine",
    document="F-1",
)
SETTLED = postings.Payment(
    "settlement:1", A, B, 100_000, date(2026, 11, 30), "Règlement : Pose de la cuisine", "F-1"
)

RETAINED = postings.Retention(
    "exchange:1:retained", A, B, 5_000, date(2026, 11, 2), "Retenue de garantie : Pose de la cuisine", "F-1"
)


def scheme(code, **accounts):
    return postings.SCHEMES[code].with_accounts(accounts)


def reads(draft, expected):
    assert table(draft, NAMES) == dedent(expected).strip()


def test_an_acceptance_on_third_party_accounts():
    reads(
        postings.accepted(scheme("4/6/7"), ACCEPTED),
        """
        EXI 02/11/2026 Pose de la cuisine
        D 604020 B    1 000,00 (A)
        C 401900 B    1 000,00 (A)
        D 411900 A    1 000,00 (B)
        C 704900 A    1 000,00 (B)
        D 6223   A      100,00 (CAE)
        C 7083   CAE    100,00 (A)
        """,
    )


def test_an_acceptance_on_liaison_accounts():
    reads(
        postings.accepted(scheme("181/186/187"), ACCEPTED),
        """
        EXI 02/11/2026 Pose de la cuisine
        D 186    B    1 000,00 (A)
        C 181    B    1 000,00 (A)
        D 181    A    1 000,00 (B)
        C 187    A    1 000,00 (B)
        D 6223   A      100,00 (CAE)
        C 7083   CAE    100,00 (A)
        """,
    )


def test_a_settlement_on_third_party_accounts():
    reads(
        postings.settled(scheme("4/6/7"), SETTLED),
        """
        RGI 30/11/2026 Règlement : Pose de la cuisine
        D 401900 B    1 000,00 (A)
        C 411900 A    1 000,00 (B)
        """,
    )


def test_a_settlement_on_liaison_accounts():
    reads(
        postings.settled(scheme("181/186/187"), SETTLED),
        """
        RGI 30/11/2026 Règlement : Pose de la cuisine
        D 181    B    1 000,00 (A)
        C 181    A    1 000,00 (B)
        """,
    )


def test_a_settlement_through_the_transfer_account_when_the_exports_need_it():
    reads(
        postings.settled(scheme("4/6/7", transfer="580"), SETTLED),
        """
        RGI 30/11/2026 Règlement : Pose de la cuisine
        D 401900 B    1 000,00 (A)
        C 580    B    1 000,00 (A)
        D 580    A    1 000,00 (B)
        C 411900 A    1 000,00 (B)
        """,
    )


@pytest.mark.parametrize("code", postings.SCHEMES)
def test_without_contribution_there_is_no_line_of_it(code):
    draft = postings.accepted(scheme(code), replace(ACCEPTED, contribution_cents=0))
    assert len(draft.lines) == 4
    assert CAE not in {line.party_id for line in draft.lines}


def test_an_account_chosen_by_the_admin_replaces_the_scheme_s():
    draft = postings.accepted(scheme("4/6/7", expense="611000", revenue=""), ACCEPTED)
    assert [line.number for line in draft.lines][:4] == ["611000", "401900", "411900", "704900"]


def test_choosing_accounts_does_not_make_another_scheme():
    chosen = scheme("4/6/7", expense="611000")
    assert (chosen.code, chosen.label) == ("4/6/7", postings.SCHEMES["4/6/7"].label)


def test_the_entry_carries_source_and_document_of_the_fact():
    draft = postings.accepted(scheme("4/6/7"), ACCEPTED)
    assert (draft.source, draft.document, draft.total_cents) == ("delivery:12:accepted", "F-1", 210_000)
    draft = postings.settled(scheme("4/6/7"), SETTLED)
    assert (draft.source, draft.document, draft.total_cents) == ("settlement:1", "F-1", 100_000)
    for rule in (postings.retained, postings.released):
        draft = rule(scheme("4/6/7"), RETAINED)
        assert (draft.source, draft.document, draft.total_cents) == ("exchange:1:retained", "F-1", 10_000)
    draft = postings.reduced(scheme("4/6/7"), ACCEPTED)
    assert (draft.source, draft.document, draft.total_cents) == ("delivery:12:accepted", "F-1", 210_000)


@pytest.mark.parametrize("code", postings.SCHEMES)
def test_every_scheme_gives_an_account_to_every_role(code):
    assert set(postings.SCHEMES[code].accounts) == set(postings.ROLES)
    assert set(postings.ROLE_LABELS) == set(postings.ROLES + postings.OPTIONAL_ROLES)


def test_the_accounts_of_an_acceptance_are_read_back_from_its_entry():
    draft = postings.accepted(scheme("4/6/7", payable="401901"), ACCEPTED)
    expected = {**postings.SCHEMES["4/6/7"].accounts, "payable": "401901"}
    read = postings.accounts_of_acceptance(draft)
    assert read == {role: expected[role] for role in postings.ROLES[:6]}


def test_what_is_held_back_moves_to_the_retention_accounts_of_both_sides():
    reads(
        postings.retained(scheme("4/6/7"), RETAINED),
        """
        EXI 02/11/2026 Retenue de garantie : Pose de la cuisine
        D 401900 B       50,00 (A)
        C 401700 B       50,00 (A)
        C 411900 A       50,00 (B)
        D 411700 A       50,00 (B)
        """,
    )
    reads(
        postings.retained(scheme("181/186/187"), RETAINED),
        """
        EXI 02/11/2026 Retenue de garantie : Pose de la cuisine
        D 181    B       50,00 (A)
        C 1817   B       50,00 (A)
        C 181    A       50,00 (B)
        D 1817   A       50,00 (B)
        """,
    )


def test_taking_a_part_back_is_the_opposite_of_accepting_it():
    reads(
        postings.reduced(scheme("4/6/7"), ACCEPTED),
        """
        EXI 02/11/2026 Pose de la cuisine
        C 604020 B    1 000,00 (A)
        D 401900 B    1 000,00 (A)
        C 411900 A    1 000,00 (B)
        D 704900 A    1 000,00 (B)
        C 6223   A      100,00 (CAE)
        D 7083   CAE    100,00 (A)
        """,
    )


def test_letting_go_is_the_opposite_of_holding_back():
    reads(
        postings.released(scheme("4/6/7"), RETAINED),
        """
        EXI 02/11/2026 Retenue de garantie : Pose de la cuisine
        C 401900 B       50,00 (A)
        D 401700 B       50,00 (A)
        D 411900 A       50,00 (B)
        C 411700 A       50,00 (B)
        """,
    )


def test_the_accounts_of_a_retention_are_read_back_from_its_entry():
    draft = postings.retained(scheme("4/6/7", retention_payable="401705"), RETAINED)
    assert postings.accounts_of_retention(draft) == {
        "payable": "401900",
        "retention_payable": "401705",
        "receivable": "411900",
        "retention_receivable": "411700",
    }
    with pytest.raises(ValueError, match="zip"):  # a settlement holds nothing back
        postings.accounts_of_retention(postings.settled(scheme("4/6/7"), SETTLED))


@given(
    code=st.sampled_from(sorted(postings.SCHEMES)),
    net=st.integers(1, 10**12),
    share=st.integers(0, 10**12),
    through=st.sampled_from(["", "580"]),
)
def test_whatever_the_amounts_entries_balance_and_both_sides_mirror(code, net, share, through):
    chosen = scheme(code, transfer=through)
    fact = replace(ACCEPTED, net_cents=net, contribution_cents=min(share, net))
    for draft in (
        postings.accepted(chosen, fact),
        postings.settled(chosen, replace(SETTLED, amount_cents=net)),
        postings.retained(chosen, replace(RETAINED, amount_cents=net)),
        postings.released(chosen, replace(RETAINED, amount_cents=net)),
    ):
        assert sum(line.debit_cents - line.credit_cents for line in draft.lines) == 0
        thirds = {chosen.accounts["payable"], chosen.accounts["receivable"]}
        third = [line for line in draft.lines if line.number in thirds]
        by_party = {line.party_id: line.debit_cents - line.credit_cents for line in third}
        assert by_party[A] == -by_party[B] != 0
