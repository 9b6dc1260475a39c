"""What a document of a list is called on the pages of matching."""

import pytest

from endi_ext.web.campaigns import name_of


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("INT-12", "INT-12"),
        ("supplier_invoice:1323", "Facture fournisseur #1323"),
        ("invoice:7", "Facture #7"),
        # Numbers typed in a file stay as they were typed.
        ("FA:2026:12", "FA:2026:12"),
        ("invoice:A7", "invoice:A7"),
    ],
)
def test_a_document_without_a_number_is_told_in_words_and_any_other_by_its_number(name, said):
    assert name_of(name, str) == said
