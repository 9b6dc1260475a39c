"""The addresses of tenders, section by section; routes.py adds them to its own.

`find_tender` for what a guest may see too, `find_team_tender` for prices, shares, papers and all the rest.
"""

from . import lookups, tenders

PARTY = "/companies/{id:\\d{1,12}}/exchanges"
TENDER = PARTY + "/tenders/{tender_id:\\d{1,15}}"

CORE = (
    ("endi_ext.tenders", PARTY + "/tenders", lookups.find_party),
    ("endi_ext.tender", TENDER, tenders.find_tender),
)
TEAM: tuple = ()
PRICES: tuple = ()
PAPERS: tuple = ()
DOSSIER: tuple = ()
OUTCOME: tuple = ()
AWARDS: tuple = ()

OF_TENDERS = (*CORE, *TEAM, *PRICES, *PAPERS, *DOSSIER, *OUTCOME, *AWARDS)
