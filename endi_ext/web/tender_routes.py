"""The addresses of tenders, section by section; routes.py adds them to its own.

`find_tender` for what a guest may see too, `find_team_tender` for prices, shares, papers and all the rest.
"""

from . import lookups, tender_notices, tender_papers, tender_prices, tender_team, tenders

PARTY = "/companies/{id:\\d{1,12}}/exchanges"
TENDER = PARTY + "/tenders/{tender_id:\\d{1,15}}"
NOTICE = PARTY + "/tenders/notices/{notice_id:\\d{1,15}}"

CORE = (
    ("endi_ext.tenders", PARTY + "/tenders", lookups.find_party),
    ("endi_ext.tenders.new", PARTY + "/tenders/new", lookups.find_party),
    ("endi_ext.tenders.import", PARTY + "/tenders/import", lookups.find_party),
    ("endi_ext.tenders.import.confirm", PARTY + "/tenders/import/confirm", lookups.find_party),
    ("endi_ext.tenders.notices", PARTY + "/tenders/notices", lookups.find_party),
    ("endi_ext.tenders.notice", NOTICE, tender_notices.find_notice),
    ("endi_ext.tenders.notice.begin", NOTICE + "/begin", tender_notices.find_notice),
    ("endi_ext.tenders.notice.attach", NOTICE + "/attach", tender_notices.find_notice),
    ("endi_ext.tender", TENDER, tenders.find_tender),
    ("endi_ext.tender.edit", TENDER + "/edit", tenders.find_team_tender),
    ("endi_ext.tender.lots", TENDER + "/lots", tenders.find_team_tender),
    ("endi_ext.tender.seen", TENDER + "/seen", tenders.find_tender),
)
MEMBER = TENDER + "/team/{member_id:\\d{1,15}}"
DECISION = TENDER + "/decision"
TEAM = (
    ("endi_ext.profile", PARTY + "/profile", lookups.find_party),
    ("endi_ext.tender.team", TENDER + "/team", tenders.find_tender),
    ("endi_ext.tender.candidates", TENDER + "/team/candidates", tenders.find_team_tender),
    ("endi_ext.tender.invite", TENDER + "/team/invite", tenders.find_team_tender),
    ("endi_ext.tender.invite_firm", TENDER + "/team/invite-firm", tenders.find_team_tender),
    ("endi_ext.tender.member.accept", MEMBER + "/accept", tender_team.find_answering),
    ("endi_ext.tender.member.decline", MEMBER + "/decline", tender_team.find_answering),
    ("endi_ext.tender.member.leave", MEMBER + "/leave", tender_team.find_answering),
    ("endi_ext.tender.member.change", MEMBER + "/change", tender_team.find_team_member),
    ("endi_ext.tender.member.invite_again", MEMBER + "/invite-again", tender_team.find_team_member),
    ("endi_ext.tender.member.remove", MEMBER + "/remove", tender_team.find_team_member),
    ("endi_ext.tender.member.hand_over", MEMBER + "/hand-over", tender_team.find_team_member),
    ("endi_ext.tender.position", MEMBER + "/position", tender_team.find_team_member),
    ("endi_ext.tender.decision", DECISION, tenders.find_team_tender),
    ("endi_ext.tender.decision.arrange", DECISION + "/arrange", tenders.find_team_tender),
    ("endi_ext.tender.decision.criteria", DECISION + "/criteria", tenders.find_team_tender),
    ("endi_ext.tender.decision.go", DECISION + "/go", tenders.find_team_tender),
    ("endi_ext.tender.decision.no_go", DECISION + "/no-go", tenders.find_team_tender),
    ("endi_ext.tender.decision.reconsider", DECISION + "/reconsider", tenders.find_team_tender),
    ("endi_ext.tender.decision.reopen", DECISION + "/reopen", tenders.find_team_tender),
)
PRICE = TENDER + "/prices"
EXPOSED = TENDER + "/exposure/members/{member_id:\\d{1,15}}"
PRICES = (
    ("endi_ext.tender.prices", PRICE, tender_prices.find_prices),
    ("endi_ext.tender.prices.new", PRICE + "/new", tender_prices.find_prices),
    ("endi_ext.tender.prices.line", PRICE + "/lines/{line_id:\\d{1,15}}", tender_prices.find_price_line),
    ("endi_ext.tender.prices.remove", PRICE + "/remove", tender_prices.find_prices),
    ("endi_ext.tender.prices.assign", PRICE + "/assign", tender_prices.find_prices),
    ("endi_ext.tender.prices.share", PRICE + "/lots/{lot_id:\\d{1,15}}/shares", tender_prices.find_price_lot),
    ("endi_ext.tender.prices.import", PRICE + "/import", tender_prices.find_prices),
    ("endi_ext.tender.prices.import.confirm", PRICE + "/import/confirm", tender_prices.find_prices),
    ("endi_ext.tender.prices.export", PRICE + "/export", tender_prices.find_prices),
    ("endi_ext.tender.shares", TENDER + "/shares", tender_prices.find_shares),
    ("endi_ext.tender.shares.terms", TENDER + "/shares/terms", tender_prices.find_shares),
    ("endi_ext.tender.shares.instalments", TENDER + "/shares/instalments", tender_prices.find_shares),
    ("endi_ext.tender.exposure", TENDER + "/exposure", tender_prices.find_exposure),
    ("endi_ext.tender.exposure.group", TENDER + "/exposure/group", tender_prices.find_exposure),
    ("endi_ext.tender.exposure.cap", EXPOSED, tender_prices.find_exposed),
)
PAPER = TENDER + "/checklist/{item_key:[a-z0-9-]{1,64}}"
STEP = TENDER + "/calendar/{step_key:[a-z0-9_-]{1,64}}"
QUESTION = TENDER + "/questions/{question_id:\\d{1,15}}"
PART = TENDER + "/proposal/{part_id:\\d{1,15}}"
PAPERS = (
    ("endi_ext.tender.checklist", TENDER + "/checklist", tenders.find_team_tender),
    ("endi_ext.tender.paper.add", TENDER + "/checklist/add", tenders.find_team_tender),
    ("endi_ext.tender.paper", PAPER, tender_papers.find_item),
    ("endi_ext.tender.paper.provide", PAPER + "/provide", tender_papers.find_item),
    ("endi_ext.tender.paper.check", PAPER + "/check", tender_papers.find_item),
    ("endi_ext.tender.paper.send_back", PAPER + "/send-back", tender_papers.find_item),
    ("endi_ext.tender.paper.set_aside", PAPER + "/set-aside", tender_papers.find_item),
    ("endi_ext.tender.paper.ask_again", PAPER + "/ask-again", tender_papers.find_item),
    ("endi_ext.tender.paper.file", PAPER + "/file", tender_papers.find_item),
    ("endi_ext.tender.calendar", TENDER + "/calendar", tenders.find_team_tender),
    ("endi_ext.tender.calendar.ics", TENDER + "/calendar.ics", tenders.find_team_tender),
    ("endi_ext.tender.step.add", TENDER + "/calendar/add", tenders.find_team_tender),
    ("endi_ext.tender.step.arrange", STEP + "/arrange", tender_papers.find_step),
    ("endi_ext.tender.step.finish", STEP + "/finish", tender_papers.find_step),
    ("endi_ext.tender.step.drop", STEP + "/drop", tender_papers.find_step),
    ("endi_ext.tender.questions", TENDER + "/questions", tenders.find_team_tender),
    ("endi_ext.tender.question.new", TENDER + "/questions/new", tenders.find_team_tender),
    ("endi_ext.tender.question.change", QUESTION + "/change", tender_papers.find_question),
    ("endi_ext.tender.question.ask", QUESTION + "/ask", tender_papers.find_question),
    ("endi_ext.tender.question.answer", QUESTION + "/answer", tender_papers.find_question),
    ("endi_ext.tender.question.withdraw", QUESTION + "/withdraw", tender_papers.find_question),
    ("endi_ext.tender.proposal", TENDER + "/proposal", tenders.find_team_tender),
    ("endi_ext.tender.proposal.outline", TENDER + "/proposal/outline", tenders.find_team_tender),
    ("endi_ext.tender.part.new", TENDER + "/proposal/new", tenders.find_team_tender),
    ("endi_ext.tender.part", PART, tender_papers.find_part),
    ("endi_ext.tender.part.arrange", PART + "/arrange", tender_papers.find_part),
    ("endi_ext.tender.part.remove", PART + "/remove", tender_papers.find_part),
    ("endi_ext.tender.part.file", PART + "/file", tender_papers.find_part),
)
COMMON_PAPER = "/exchanges/papers/{kind_id:\\d{1,15}}"
KIND = "/admin/exchanges/papers/{kind_id:\\d{1,15}}"
# Of the support team and of admins, outside of any party: routes.py adds them to theirs.
OF_SUPPORT = (
    ("endi_ext.papers", "/exchanges/papers", lookups.find_books),
    ("endi_ext.paper.provide", COMMON_PAPER + "/provide", tender_papers.find_kind),
    ("endi_ext.paper.file", COMMON_PAPER + "/file", tender_papers.find_kind),
)
OF_LISTS = (
    ("endi_ext.admin.papers", "/admin/exchanges/papers", lookups.find_books),
    ("endi_ext.admin.papers.usual", "/admin/exchanges/papers/usual", lookups.find_books),
    ("endi_ext.admin.papers.new", "/admin/exchanges/papers/new", lookups.find_books),
    ("endi_ext.admin.paper.change", KIND + "/change", tender_papers.find_kind),
    ("endi_ext.admin.paper.withdraw", KIND + "/withdraw", tender_papers.find_kind),
)
DOSSIER = (
    ("endi_ext.tender.dossier", TENDER + "/dossier", tenders.find_team_tender),
    ("endi_ext.tender.dossier.zip", TENDER + "/dossier/zip", tenders.find_team_tender),
    ("endi_ext.tender.dossier.facts", TENDER + "/dossier/facts", tenders.find_team_tender),
    ("endi_ext.tender.dossier.firm", TENDER + "/dossier/firms/{member_id:\\d{1,15}}", tenders.find_firm),
    (
        "endi_ext.tender.dossier.document",
        TENDER + "/dossier/{document:[a-z0-9-]{1,40}}/{format:[a-z0-9]{1,8}}",
        tenders.find_team_tender,
    ),
)
RESULT = TENDER + "/outcome/lots/{lot_id:\\d{1,15}}"
OUTCOME = (
    ("endi_ext.tenders.memory", PARTY + "/tenders/memory", lookups.find_party),
    ("endi_ext.tender.outcome", TENDER + "/outcome", tenders.find_team_tender),
    ("endi_ext.tender.submit", TENDER + "/outcome/submit", tenders.find_team_tender),
    ("endi_ext.tender.proof", TENDER + "/outcome/{submission_id:\\d{1,15}}/proof", tenders.find_team_tender),
    ("endi_ext.tender.take_back", TENDER + "/outcome/take-back", tenders.find_team_tender),
    ("endi_ext.tender.result", RESULT, tenders.find_lot),
    ("endi_ext.tender.correct", TENDER + "/outcome/correct", tenders.find_team_tender),
    ("endi_ext.tender.abandon", TENDER + "/outcome/abandon", tenders.find_team_tender),
    ("endi_ext.tender.agreements", TENDER + "/agreements", tenders.find_team_tender),
    ("endi_ext.tender.agreements.send", TENDER + "/agreements/send", tenders.find_team_tender),
    ("endi_ext.tender.deal", TENDER + "/agreements/deal", tenders.find_team_tender),
    ("endi_ext.tender.invoice", TENDER + "/agreements/invoice", tenders.find_team_tender),
    ("endi_ext.tender.trace", TENDER + "/trace", tenders.find_team_tender),
    ("endi_ext.tender.trace.line", TENDER + "/trace/{line_id:\\d{1,15}}", tenders.find_team_tender),
)
# Of the support team, outside of any party: routes.py adds it to those of accountants.
OF_ALL = (("endi_ext.tenders_any", "/exchanges/tenders", lookups.find_books),)
AWARDS = (
    ("endi_ext.tenders.awards", PARTY + "/tenders/awards", lookups.find_party),
    ("endi_ext.tender.awards", TENDER + "/awards", tenders.find_team_tender),
)

OF_TENDERS = (*CORE, *TEAM, *PRICES, *PAPERS, *DOSSIER, *OUTCOME, *AWARDS)
