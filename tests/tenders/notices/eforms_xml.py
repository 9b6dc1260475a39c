"""eForms as a test needs them: `a_notice(lots=[a_lot(terms="…")])`; every part can be left out."""

from endi_ext.tenders.notices import reading

SPACES = (
    'xmlns="urn:oasis:names:specification:ubl:schema:xsd:{root}-2" '
    'xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2" '
    'xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2" '
    'xmlns:ext="urn:oasis:names:specification:ubl:schema:xsd:CommonExtensionComponents-2" '
    'xmlns:efext="http://data.europa.eu/p27/eforms-ubl-extensions/1" '
    'xmlns:efac="http://data.europa.eu/p27/eforms-ubl-extension-aggregate-components/1" '
    'xmlns:efbc="http://data.europa.eu/p27/eforms-ubl-extension-basic-components/1"'
)


def extension(content):
    """The eForms extension of an element, with `content` in it."""
    return (
        "<ext:UBLExtensions><ext:UBLExtension><ext:ExtensionContent><efext:EformsExtension>"
        f"{content}</efext:EformsExtension></ext:ExtensionContent></ext:UBLExtension></ext:UBLExtensions>"
    )


def organization(key="ORG-0001", name="Ville d’Annecy", number="", country="FRA", more="", touch_point=""):
    return (
        f"<efac:Organization>{more}<efac:Company>{_identified(key)}"
        f'<cac:PartyName><cbc:Name languageID="FRA">{name}</cbc:Name></cac:PartyName>'
        f"<cac:PostalAddress><cac:Country><cbc:IdentificationCode>{country}</cbc:IdentificationCode>"
        f"</cac:Country></cac:PostalAddress>"
        f"<cac:PartyLegalEntity><cbc:CompanyID>{number}</cbc:CompanyID></cac:PartyLegalEntity>"
        "<cac:Contact><cbc:Name>Camille Martin</cbc:Name><cbc:Telephone>+33 450000000</cbc:Telephone>"
        "<cbc:ElectronicMail>camille.martin@example.org</cbc:ElectronicMail></cac:Contact></efac:Company>"
        + (
            f"<efac:TouchPoint>{_identified(touch_point)}<cac:PartyName><cbc:Name>Guichet</cbc:Name>"
            "</cac:PartyName></efac:TouchPoint>"
            if touch_point
            else ""
        )
        + "</efac:Organization>"
    )


def buyers(*keys):
    return "".join(
        f"<cac:ContractingParty><cac:Party>{_identified(key)}</cac:Party></cac:ContractingParty>"
        for key in keys
    )


def a_lot(number="LOT-0001", scheme="Lot", terms="", process="", project=""):
    named = f' schemeName="{scheme}"' if scheme else ""
    return (
        f"<cac:ProcurementProjectLot><cbc:ID{named}>{number}</cbc:ID>"
        f"<cac:TenderingTerms>{terms}</cac:TenderingTerms>"
        f"<cac:TenderingProcess>{process}</cac:TenderingProcess>"
        f"<cac:ProcurementProject>{project}</cac:ProcurementProject></cac:ProcurementProjectLot>"
    )


def a_notice(
    root="ContractNotice", subtype="16", kind="cn-standard", inside="", organizations="",
    parties="", language="FRA", procedure="open", project="", lots=(),
):  # fmt: skip
    of_subtype = f"<efac:NoticeSubType><cbc:SubTypeCode>{subtype}</cbc:SubTypeCode></efac:NoticeSubType>"
    held = f"{inside}{of_subtype if subtype else ''}<efac:Organizations>{organizations}</efac:Organizations>"
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} {SPACES.format(root=root)}>{extension(held)}'
        '<cbc:ID schemeName="notice-id">0c8a2d6c-0000-4000-8000-000000000001</cbc:ID>'
        f"<cbc:NoticeTypeCode>{kind}</cbc:NoticeTypeCode>"
        f"<cbc:NoticeLanguageCode>{language}</cbc:NoticeLanguageCode>{parties}"
        "<cac:TenderingProcess>"
        f"<cbc:ProcedureCode>{procedure}</cbc:ProcedureCode></cac:TenderingProcess>"
        f"<cac:ProcurementProject>{project}</cac:ProcurementProject>{''.join(lots)}</{root}>"
    ).encode()


def ends(name, day, hour):
    """A period that ends: `ends("TenderSubmissionDeadlinePeriod", "2026-12-11+01:00", "12:00:00+01:00")`."""
    of = "efac" if name.startswith("Interest") else "cac"
    return f"<{of}:{name}><cbc:EndDate>{day}</cbc:EndDate><cbc:EndTime>{hour}</cbc:EndTime></{of}:{name}>"


def criterion(name, weight="", code="per-exa"):
    number = (
        "<efac:AwardCriterionParameter>"
        f'<efbc:ParameterCode listName="number-weight">{code}</efbc:ParameterCode>'
        f"<efbc:ParameterNumeric>{weight}</efbc:ParameterNumeric></efac:AwardCriterionParameter>"
    )
    return (
        "<cac:AwardingTerms><cac:AwardingCriterion><cac:SubordinateAwardingCriterion>"
        f"{extension(number)}<cbc:AwardingCriterionTypeCode>quality</cbc:AwardingCriterionTypeCode>{name}"
        "</cac:SubordinateAwardingCriterion></cac:AwardingCriterion></cac:AwardingTerms>"
    )


def named(name):
    return f"<cbc:Name>{name}</cbc:Name>"


def read(*arguments, **parts):
    """The notice read from `a_notice(…)`."""
    (only,) = reading.read(a_notice(*arguments, **parts))
    return only.notice


def _identified(key):
    return f"<cac:PartyIdentification><cbc:ID>{key}</cbc:ID></cac:PartyIdentification>"
