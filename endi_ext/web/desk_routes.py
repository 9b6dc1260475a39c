"""The addresses of the accountant's desk, section by section; routes.py adds them to its own."""

from typing import Any

from . import (
    adoption_places,
    campaigns,
    draft_desk,
    finding_places,
    letter_places,
    lookups,
    month_places,
    question_desk,
    year_words,
)

MONTH = "/exchanges/month-end/{month:[0-9-]{1,10}}"
CHECK = "{check:[a-z0-9_]{1,40}}"
YEAR = "/exchanges/year-end/{year:\\d{1,6}}"
GROUP = "{group:[a-z0-9_-]{1,60}}"

# name, pattern, what is found there: a section for each thing an accountant does.
RUN = "/exchanges/adoption/{adoption_id:\\d{1,15}}"
ADOPTION: tuple[tuple[str, str, Any], ...] = (
    ("endi_ext.adoption", "/exchanges/adoption", lookups.find_books),
    ("endi_ext.adoption.look", "/exchanges/adoption/look", lookups.find_books),
    ("endi_ext.adoption.nightly", "/exchanges/adoption/nightly", lookups.find_books),
    ("endi_ext.adoption.run", RUN, adoption_places.find_adoption),
    ("endi_ext.adoption.go_on", RUN + "/go-on", adoption_places.find_adoption),
    ("endi_ext.adoption.adopt", RUN + "/adopt", adoption_places.find_adoption),
    ("endi_ext.adoption.stop", RUN + "/stop", adoption_places.find_adoption),
)
FINDING = "/exchanges/findings/{finding_id:\\d{1,15}}"
FINDINGS: tuple[tuple[str, str, Any], ...] = (
    ("endi_ext.findings", "/exchanges/findings", finding_places.find_findings),
    ("endi_ext.findings.decide", "/exchanges/findings/decide", finding_places.find_findings),
    ("endi_ext.findings.look", "/exchanges/findings/look", finding_places.find_findings),
    ("endi_ext.finding", FINDING, finding_places.find_finding),
    ("endi_ext.finding.assign", FINDING + "/assign", finding_places.find_finding),
    ("endi_ext.finding.hand_back", FINDING + "/hand-back", finding_places.find_finding),
    ("endi_ext.finding.waive", FINDING + "/waive", finding_places.find_finding),
    ("endi_ext.finding.repaired", FINDING + "/repaired", finding_places.find_finding),
    ("endi_ext.finding.reopen", FINDING + "/reopen", finding_places.find_finding),
    ("endi_ext.finding.repair", FINDING + "/repair", finding_places.find_finding),
    ("endi_ext.finding.undo", FINDING + "/undo", finding_places.find_finding),
)
CAMPAIGN = "/exchanges/matching/{campaign_id:\\d{1,9}}"
MATCH = CAMPAIGN + "/matches/{match_id:\\d{1,15}}"
MATCHING: tuple[tuple[str, str, Any], ...] = (
    ("endi_ext.matching", "/exchanges/matching", lookups.find_books),
    ("endi_ext.matching.new", "/exchanges/matching/new", lookups.find_books),
    ("endi_ext.matching.period", "/exchanges/matching/period", lookups.find_books),
    ("endi_ext.matching.campaign", CAMPAIGN, campaigns.find_campaign),
    ("endi_ext.matching.advance", CAMPAIGN + "/advance", campaigns.find_campaign),
    ("endi_ext.matching.matches", CAMPAIGN + "/matches", campaigns.find_campaign),
    ("endi_ext.matching.left", CAMPAIGN + "/left", campaigns.find_campaign),
    ("endi_ext.matching.file", CAMPAIGN + "/file", campaigns.find_campaign),
    ("endi_ext.matching.accept_rule", CAMPAIGN + "/accept-rule", campaigns.find_campaign),
    ("endi_ext.matching.by_hand", CAMPAIGN + "/by-hand", campaigns.find_campaign),
    ("endi_ext.matching.waive", CAMPAIGN + "/waive", campaigns.find_campaign),
    ("endi_ext.matching.take_back", CAMPAIGN + "/take-back", campaigns.find_campaign),
    ("endi_ext.matching.close", CAMPAIGN + "/close", campaigns.find_campaign),
    ("endi_ext.matching.reopen", CAMPAIGN + "/reopen", campaigns.find_campaign),
    ("endi_ext.matching.delete", CAMPAIGN + "/delete", campaigns.find_campaign),
    ("endi_ext.matching.match", MATCH, campaigns.find_match),
    ("endi_ext.matching.accept", MATCH + "/accept", campaigns.find_match),
    ("endi_ext.matching.split", MATCH + "/split", campaigns.find_match),
)
LETTER = "/exchanges/lettering/{matching_id:\\d{1,15}}"
LETTERING: tuple[tuple[str, str, Any], ...] = (
    ("endi_ext.lettering", "/exchanges/lettering", lookups.find_books),
    ("endi_ext.lettering.letter", "/exchanges/lettering/letter", lookups.find_books),
    ("endi_ext.lettering.undo", LETTER + "/undo", letter_places.find_letter),
    ("endi_ext.aged_balance", "/exchanges/aged-balance", lookups.find_books),
)
MONTH_END: tuple[tuple[str, str, Any], ...] = (
    ("endi_ext.month_end", "/exchanges/month-end", lookups.find_books),
    ("endi_ext.month_end.of", MONTH, month_places.find_month),
    ("endi_ext.month_end.close", MONTH + "/close", month_places.find_month),
    ("endi_ext.month_end.pass", MONTH + "/pass/" + CHECK, month_places.find_month),
    ("endi_ext.month_end.unpass", MONTH + "/unpass/" + CHECK, month_places.find_month),
    ("endi_ext.month_end.open_ends", MONTH + "/open-ends", month_places.find_month),
    ("endi_ext.year_end", "/exchanges/year-end", lookups.find_books),
    ("endi_ext.year_end.of", YEAR, year_words.find_year),
    ("endi_ext.year_end.eliminate", YEAR + "/eliminate/" + GROUP, year_words.find_year),
    ("endi_ext.year_end.undo", YEAR + "/undo/" + GROUP, year_words.find_year),
)
FILES: tuple[tuple[str, str, Any], ...] = (
    ("endi_ext.journal.exports", "/exchanges/journal/exports", lookups.find_books),
    ("endi_ext.journal.exports.compare", "/exchanges/journal/exports/compare", lookups.find_books),
)
DRAFT = "/exchanges/drafts/{draft_id:\\d{1,15}}"
DRAFTS: tuple[tuple[str, str, Any], ...] = (
    ("endi_ext.drafts", "/exchanges/drafts", draft_desk.find_drafts),
    ("endi_ext.drafts.decide", "/exchanges/drafts/decide", draft_desk.find_drafts),
    ("endi_ext.draft", DRAFT, draft_desk.find_draft),
    ("endi_ext.draft.reject", DRAFT + "/reject", draft_desk.find_draft),
)
QUESTION = "/questions/{question_id:\\d{1,15}}"
ANY_QUESTION = "/exchanges" + QUESTION
QUESTION_FILE = "/files/{file_id:\\d{1,15}}"
QUESTIONS: tuple[tuple[str, str, Any], ...] = (
    ("endi_ext.questions", "/exchanges/questions", lookups.find_books),
    ("endi_ext.questions.ask", "/exchanges/questions/ask", lookups.find_books),
    ("endi_ext.question_any", ANY_QUESTION, question_desk.find_any_question),
    ("endi_ext.question_any.close", ANY_QUESTION + "/close", question_desk.find_any_question),
    ("endi_ext.question_any.file", ANY_QUESTION + QUESTION_FILE, question_desk.find_any_question_file),
)

OF_THE_DESK = (*ADOPTION, *FINDINGS, *MATCHING, *LETTERING, *MONTH_END, *FILES, *DRAFTS, *QUESTIONS)

# What an entrepreneur reads and answers, and what an admin edits.
PARTY_QUESTION = "/companies/{id:\\d{1,12}}/exchanges" + QUESTION
OF_A_PARTY_ASKED: tuple[tuple[str, str, Any], ...] = (
    ("endi_ext.question", PARTY_QUESTION, question_desk.find_question),
    ("endi_ext.question.file", PARTY_QUESTION + QUESTION_FILE, question_desk.find_question_file),
)
WAIVERS = "/admin/exchanges/waiver-reasons"
WAIVER = WAIVERS + "/{reason_id:\\d{1,15}}"
OF_ADMINS_OF_THE_DESK: tuple[tuple[str, str, Any], ...] = (
    ("endi_ext.admin.drafts", "/admin/exchanges/drafts", lookups.find_books),
    ("endi_ext.admin.sage", "/admin/exchanges/sage", lookups.find_books),
    ("endi_ext.admin.waivers", WAIVERS, finding_places.find_waivers),
    ("endi_ext.admin.waivers.new", WAIVERS + "/new", finding_places.find_waivers),
    ("endi_ext.admin.waiver.change", WAIVER, finding_places.find_waiver),
    ("endi_ext.admin.waiver.withdraw", WAIVER + "/withdraw", finding_places.find_waiver),
    ("endi_ext.admin.waiver.restore", WAIVER + "/restore", finding_places.find_waiver),
)
