"""eForms beyond the samples: each field by its rule, and none where it is not surely said."""

import pytest

from endi_ext.tenders.notices import reading
from endi_ext.tenders.notices.eforms_kinds import OF_SUBTYPE
from tests.tenders.notices.eforms_xml import (
    a_lot,
    a_notice,
    buyers,
    criterion,
    ends,
    extension,
    named,
    organization,
    read,
)

SUBMIT, TAKE_PART = "TenderSubmissionDeadlinePeriod", "ParticipationRequestReceptionPeriod"
SIRET = "200 071 587 00014"


def iso(moment):
    return moment and moment.isoformat()


@pytest.mark.parametrize(
    ("root", "subtype", "kind", "code"),
    [
        ("PriorInformationNotice", "4", "pin-only", "notice_is_planning"),
        ("PriorInformationNotice", "8", "pin-rtl", "notice_is_planning"),
        ("PriorInformationNotice", "E1", "pmc", "notice_is_planning"),
        ("ContractAwardNotice", "25", "veat", "notice_is_ex_ante"),
        ("ContractAwardNotice", "33", "can-social", "notice_is_result"),
        ("ContractAwardNotice", "38", "can-modif", "notice_is_modification"),
        ("ContractAwardNotice", "E6", "can-modif", "notice_is_modification"),
        ("ContractAwardNotice", "E5", "compl", "notice_is_completion"),
        ("BusinessRegistrationInformationNotice", "X01", "brin-eeig", "notice_is_registration"),
        # Where the subtype is not said, the type says it; where neither is, the root element.
        ("PriorInformationNotice", "", "pin-buyer", "notice_is_planning"),
        ("PriorInformationNotice", "", "", "notice_is_planning"),
        ("ContractAwardNotice", "", "", "notice_is_result"),
        # No result calls for tenders, whatever its subtype pretends.
        ("ContractAwardNotice", "16", "cn-standard", "notice_is_result"),
    ],
)
def test_what_does_not_call_for_tenders_is_refused_for_what_it_is(root, subtype, kind, code):
    with pytest.raises(reading.NoticeRefused) as refusal:
        read(root, subtype, kind)
    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("root", "subtype", "kind"),
    [
        *(("ContractNotice", str(number), "cn-standard") for number in range(16, 25)),
        *(("PriorInformationNotice", str(number), "pin-cfc-standard") for number in range(10, 15)),
        ("ContractNotice", "15", "qu-sy"),
        ("ContractNotice", "E3", "cn-standard"),
        ("PriorInformationNotice", "CEI", "pin-cfc-standard"),
        ("ContractNotice", "", ""),
        ("PriorInformationNotice", "", "pin-cfc-social"),
    ],
)
def test_what_calls_for_tenders_is_read(root, subtype, kind):
    assert read(root, subtype, kind).subtype == (subtype or None)


def test_every_subtype_of_eforms_is_known():
    voluntary = {f"E{number}" for number in range(1, 7)}
    assert set(OF_SUBTYPE) == {*map(str, range(1, 41)), *voluntary, "CEI", "T01", "T02", "X01", "X02"}


def test_a_cancelled_procedure_is_refused():
    reason = "<efac:ChangeReason><cbc:ReasonCode>cancel</cbc:ReasonCode></efac:ChangeReason>"
    with pytest.raises(reading.NoticeRefused) as refusal:
        read(inside=f"<efac:Changes>{reason}</efac:Changes>")
    assert refusal.value.code == "notice_is_cancellation"


def test_a_change_that_names_no_notice_is_a_change_all_the_same():
    (found,) = reading.read(a_notice(inside="<efac:Changes/>"))
    assert found.changes == ""


@pytest.mark.parametrize(
    ("procedure", "process", "deadline"),
    [
        ("open", ends(SUBMIT, "2026-12-11+01:00", "12:00:00+01:00"), "2026-12-11T12:00:00+01:00"),
        ("open", ends(SUBMIT, "2026-06-11Z", "16:00:00Z"), "2026-06-11T16:00:00+00:00"),
        # No offset: it was Paris; in winter and in summer.
        ("open", ends(SUBMIT, "2026-12-11", "12:00:00"), "2026-12-11T12:00:00+01:00"),
        ("open", ends(SUBMIT, "2026-06-11", "12:00:00"), "2026-06-11T12:00:00+02:00"),
        ("open", ends(SUBMIT, "2026-06-11+03:00", "12:00:00"), "2026-06-11T12:00:00+03:00"),
        ("open", ends(SUBMIT, "2026-06-11+02:00", "12:00:00.000+02:00"), "2026-06-11T12:00:00+02:00"),
        ("open", ends(SUBMIT, "2026-10-24+02:00", "24:00:00+02:00"), "2026-10-25T00:00:00+02:00"),
        # Not surely an instant: none.
        ("open", ends(SUBMIT, "2026-12-11", ""), None),
        ("open", ends(SUBMIT, "", "12:00:00"), None),
        ("open", ends(SUBMIT, "2026-02-30", "12:00:00"), None),
        ("open", ends(SUBMIT, "1970-01-01Z", "00:00:00Z"), None),
        ("open", ends(SUBMIT, "11/12/2026", "12:00:00"), None),
        ("open", "", None),
        # Two stages: until when one asks to take part; one stage: until when one submits.
        (
            "restricted",
            ends(TAKE_PART, "2026-06-01Z", "10:00:00Z") + ends(SUBMIT, "2026-08-01Z", "10:00:00Z"),
            "2026-06-01T10:00:00+00:00",
        ),
        (
            "open",
            ends(TAKE_PART, "2026-06-01Z", "10:00:00Z") + ends(SUBMIT, "2026-08-01Z", "10:00:00Z"),
            "2026-08-01T10:00:00+00:00",
        ),
        ("restricted", ends(SUBMIT, "2026-09-14+01:00", "16:00:00+01:00"), "2026-09-14T16:00:00+01:00"),
        (
            "innovation",
            extension(ends("InterestExpressionReceptionPeriod", "2026-05-31+03:00", "15:00:00+03:00")),
            "2026-05-31T15:00:00+03:00",
        ),
    ],
)
def test_the_deadline_is_that_of_the_first_thing_to_send(procedure, process, deadline):
    notice = read(procedure=procedure, lots=[a_lot(process=process)])
    assert iso(notice.deadline) == deadline
    assert [iso(lot.deadline) for lot in notice.lots] == [deadline]


def test_where_lots_differ_the_deadline_is_the_first_of_theirs():
    days = ("2026-12-18", "2026-12-11")
    lots = [a_lot(f"LOT-000{n}", process=ends(SUBMIT, day, "12:00:00")) for n, day in enumerate(days, 1)]
    notice = read(lots=lots)
    assert iso(notice.deadline) == "2026-12-11T12:00:00+01:00"
    assert iso(notice.lots[0].deadline) == "2026-12-18T12:00:00+01:00"


@pytest.mark.parametrize(
    ("written", "country", "siret"),
    [
        (SIRET, "FRA", "20007158700014"),
        (" 20007158700014", "REU", "20007158700014"),
        ("20007158700015", "FRA", None),  # its key is wrong
        ("200071587", "FRA", None),  # a SIREN
        ("123 456 789", "FRA", None),
        ("FR 20007158700014", "FRA", None),
        (SIRET, "BRA", None),  # fourteen digits of another country
        ("", "FRA", None),
    ],
)
def test_a_siret_is_one_or_none(written, country, siret):
    notice = read(organizations=organization(number=written, country=country), parties=buyers("ORG-0001"))
    assert (notice.buyer_name, notice.buyer_siret) == ("Ville d’Annecy", siret)


def test_of_several_buyers_the_leader_is_named_else_the_first():
    leads = "<efbc:GroupLeadIndicator>true</efbc:GroupLeadIndicator>"
    listed = organization("ORG-0001", "Commune") + organization("ORG-0002", "Métropole", more=leads)
    assert read(organizations=listed, parties=buyers("ORG-0001", "ORG-0002")).buyer_name == "Métropole"
    assert read(organizations=listed, parties=buyers("ORG-0001")).buyer_name == "Commune"
    assert read(organizations=listed, parties=buyers("ORG-0009")).buyer_name is None
    assert read(organizations=listed).buyer_name is None


def test_a_buyer_named_by_its_touch_point_is_the_organization():
    listed = organization("ORG-0001", "Commune") + organization("ORG-0002", "Région", touch_point="TPO-0001")
    assert read(organizations=listed, parties=buyers("TPO-0001")).buyer_name == "Région"


def test_what_stands_in_several_languages_is_read_in_french_else_in_that_of_the_notice():
    def names(*languages):
        return "".join(f'<cbc:Name languageID="{one}">{one} title</cbc:Name>' for one in languages)

    assert read(language="NLD", project=names("NLD", "FRA")).title == "FRA title"
    assert read(language="NLD", project=names("DEU", "NLD")).title == "NLD title"
    assert read(language="FRA", project=names("DEU")).title == "DEU title"


def test_a_title_stands_on_one_line_and_a_description_keeps_its_own():
    notice = read(
        project="<cbc:Name> École\n\t de musique </cbc:Name><cbc:Description> a\n b </cbc:Description>"
    )
    assert (notice.title, notice.description) == ("École de musique", "a\n b")


@pytest.mark.parametrize(
    ("weights", "expected"),
    [
        ([("60", "per-exa"), ("40", "per-exa")], [60.0, 40.0]),
        ([("62.5", "per-exa"), ("37.5", "per-exa")], [62.5, 37.5]),
        ([("12", "poi-exa"), ("88", "poi-exa")], [12.0, 88.0]),  # points of a hundred
        ([("12", "poi-exa"), ("8", "poi-exa")], [None, None]),  # points of twenty are no percents
        ([("0.6", "dec-exa"), ("0.4", "dec-exa")], [60.0, 40.0]),
        ([("6", "dec-exa"), ("4", "dec-exa")], [None, None]),
        ([("1", "ord-imp"), ("2", "ord-imp")], [None, None]),
        ([("60", "per-mid"), ("40", "per-mid")], [None, None]),  # the middles of ranges
        ([("60", "min-score"), ("", "per-exa")], [None, None]),
        ([("600", "per-exa"), ("-1", "per-exa")], [None, None]),
    ],
)
def test_weights_are_percents_or_none(weights, expected):
    terms = "".join(criterion(named(f"C{place}"), *one) for place, one in enumerate(weights))
    notice = read(lots=[a_lot(terms=terms)])
    assert [(one.name, one.weight) for one in notice.criteria] == [
        (f"C{n}", w) for n, w in enumerate(expected)
    ]


def test_a_criterion_without_a_name_is_called_by_what_describes_it():
    terms = criterion("<cbc:Description>Délai de pose</cbc:Description>", "40") + criterion("", "60")
    notice = read(lots=[a_lot(terms=terms)])
    assert [one.name for one in notice.criteria] == ["Délai de pose", "quality"]


def test_criteria_of_lots_that_differ_are_not_those_of_the_procedure():
    lots = [
        a_lot("LOT-0001", terms=criterion(named("Prix"), "100")),
        a_lot("LOT-0002", terms=criterion(named("Délai"))),
    ]
    notice = read(lots=lots)
    assert notice.criteria == ()
    assert [lot.criteria[0].name for lot in notice.lots] == ["Prix", "Délai"]


def test_groups_of_lots_and_parts_are_no_lots():
    lots = [
        a_lot("GLO-0001", "LotsGroup"),
        a_lot("PAR-0001", "Part"),
        a_lot("LOT-0001"),
        a_lot("LOT-0002", ""),
    ]
    assert [lot.id for lot in read(lots=lots).lots] == ["LOT-0001", "LOT-0002"]


@pytest.mark.parametrize(
    ("codes", "allowed"),
    [
        (("allowed", "allowed"), True),
        (("required", "allowed"), True),
        (("not-allowed", "not-allowed"), False),
        (("allowed", "not-allowed"), None),
        (("allowed", ""), None),
        (("", ""), None),
    ],
)
def test_variants_are_allowed_where_every_lot_says_so(codes, allowed):
    lots = [
        a_lot(f"LOT-000{n}", terms=f"<cbc:VariantConstraintCode>{code}</cbc:VariantConstraintCode>")
        for n, code in enumerate(codes, 1)
    ]
    assert read(lots=lots).variants_allowed is allowed
