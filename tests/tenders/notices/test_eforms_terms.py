"""eForms beyond the samples: amounts, codes, forms of groups, addresses."""

import pytest

from tests.tenders.notices.eforms_xml import a_lot, read


def worth(amount, currency="EUR"):
    return (
        f'<cac:RequestedTenderTotal><cbc:EstimatedOverallContractAmount currencyID="{currency}">{amount}'
        "</cbc:EstimatedOverallContractAmount></cac:RequestedTenderTotal>"
    )


def classified(*codes, listed="cpv"):
    return "".join(
        f'<cac:AdditionalCommodityClassification><cbc:ItemClassificationCode listName="{listed}">{code}'
        "</cbc:ItemClassificationCode></cac:AdditionalCommodityClassification>"
        for code in codes
    )


def group(form, required="true"):
    return (
        f"<cac:TendererQualificationRequest><cbc:CompanyLegalFormCode>{required}</cbc:CompanyLegalFormCode>"
        f"<cbc:CompanyLegalForm>{form}</cbc:CompanyLegalForm></cac:TendererQualificationRequest>"
    )


def documents(address, kind="non-restricted-document"):
    return (
        f"<cac:CallForTendersDocumentReference><cbc:DocumentType>{kind}</cbc:DocumentType><cac:Attachment>"
        f"<cac:ExternalReference><cbc:URI>{address}</cbc:URI></cac:ExternalReference></cac:Attachment>"
        "</cac:CallForTendersDocumentReference>"
    )


@pytest.mark.parametrize(
    ("amount", "cents"),
    [
        ("1500000", 150000000),
        ("10458333.33", 1045833333),
        ("12.5", 1250),
        ("12.500", 1250),
        ("12.345", None),
        ("0", None),  # written where it is not said
        ("-1", None),  # written where it is withheld
        ("1 500", None),
        ("1e9", None),
        ("9" * 40, None),
        ("", None),
    ],
)
def test_an_estimate_is_whole_cents_or_none(amount, cents):
    assert read(project=worth(amount)).estimated_value_cents == cents


def test_the_estimate_of_the_procedure_is_its_own_and_never_a_sum():
    lots = [a_lot("LOT-0001", project=worth("100")), a_lot("LOT-0002", project=worth("200.50"))]
    notice = read(lots=lots)
    assert (notice.estimated_value_cents, notice.currency) == (None, "EUR")
    assert [lot.estimated_value_cents for lot in notice.lots] == [10000, 20050]


def test_what_the_only_lot_is_worth_the_whole_is():
    notice = read(lots=[a_lot(project=worth("100"))])
    assert (notice.estimated_value_cents, notice.currency) == (10000, "EUR")
    zero = read(project=worth("0"), lots=[a_lot(project=worth("100", "CHF"))])
    assert (zero.estimated_value_cents, zero.currency) == (10000, "CHF")
    other = read(project=worth("300"), lots=[a_lot(project=worth("100"))])
    assert other.estimated_value_cents == 30000


def test_an_amount_of_another_currency_than_the_notice_is_left_out():
    lots = [a_lot("LOT-0001", project=worth("100", "CHF")), a_lot("LOT-0002", project=worth("200"))]
    notice = read(project=worth("300"), lots=lots)
    assert (notice.currency, [lot.estimated_value_cents for lot in notice.lots]) == ("EUR", [None, 20000])


def test_the_ceiling_of_a_frame_is_no_estimate():
    amount = '<cbc:EstimatedMaximumValueAmount currencyID="EUR">10000</cbc:EstimatedMaximumValueAmount>'
    ceiling = f"<cac:FrameworkAgreement>{amount}</cac:FrameworkAgreement>"
    assert read(lots=[a_lot(process=ceiling)]).lots[0].estimated_value_cents is None


def test_codes_of_cpv_are_eight_digits_each_once():
    codes = classified("77310000", "77310000-6", "7731000", "abc") + classified("4321", listed="other")
    assert read(project=codes).cpv == ("77310000",)


def test_codes_of_lots_stand_for_those_of_a_procedure_without_any():
    lots = [
        a_lot("LOT-0001", project=classified("45000000")),
        a_lot("LOT-0002", project=classified("45421000")),
    ]
    assert read(lots=lots).cpv == ("45000000", "45421000")
    assert read(project=classified("71000000"), lots=lots).cpv == ("71000000",)


def test_places_are_those_of_the_procedure_and_of_its_lots():
    def place(code):
        return (
            "<cac:RealizedLocation><cac:Address>"
            f"<cbc:CountrySubentityCode>{code}</cbc:CountrySubentityCode></cac:Address></cac:RealizedLocation>"
        )

    lots = [a_lot("LOT-0001", project=place("FRK28") + place("anyw-cou"))]
    assert read(project=place("FRK27"), lots=lots).places == ("FRK27", "FRK28")


def test_what_is_required_of_a_group_is_as_published():
    lots = [
        a_lot("LOT-0001", terms=group("GME solidaire")),
        a_lot("LOT-0002", terms=group("GME solidaire")),
        a_lot("LOT-0003", terms=group("Mandataire solidaire")),
        a_lot("LOT-0004", terms=group("sans objet", required="false")),
    ]
    assert read(lots=lots[:2]).group_form == "GME solidaire"
    assert read(lots=lots).group_form == "GME solidaire\nMandataire solidaire"
    assert read(lots=lots[3:]).group_form is None


def test_open_documents_come_before_restricted_ones():
    terms = documents("https://a.example/", "restricted-document") + documents("https://b.example/")
    assert read(lots=[a_lot(terms=terms)]).documents_url == "https://b.example/"
    assert read(lots=[a_lot(terms=documents("https://a.example/", "restricted-document"))]).documents_url


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("https://www.marches-publics.info/accueil.htm", "https://www.marches-publics.info/accueil.htm"),
        ("www.marches-securises.fr", "www.marches-securises.fr"),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("mairie@example.org", None),
        ("voir le règlement", None),
    ],
)
def test_an_address_leads_to_the_web_or_is_none(written, address):
    terms = f"<cac:TenderRecipientParty><cbc:EndpointID>{written}</cbc:EndpointID></cac:TenderRecipientParty>"
    assert read(lots=[a_lot(terms=terms + documents(written))]).submission_url == address


def test_what_is_withheld_is_not_known():
    notice = read(procedure="unpublished", project="<cbc:Name>unpublished</cbc:Name>")
    assert (notice.procedure, notice.title) == (None, None)


def test_a_text_cut_by_comments_or_marked_off_is_whole():
    notice = read(project="<cbc:Name>École<!-- BT-21 --> de <![CDATA[musique & danse]]></cbc:Name>")
    assert notice.title == "École de musique & danse"
