"""The forms of a tender's team and of its decision."""

from tests.web.walked import REASON, button, on

TENDER = "/companies/1/exchanges/tenders/{tender}"
KARIMS = "/companies/2/exchanges/tenders/{tender}"
AMINATAS = "/companies/4/exchanges/tenders/{tender}"
MEMBER, GUEST, HEAD = "/team/{member}", "/team/{guest}", "/team/{head}"
DECISION = TENDER + "/decision"

DECLINE = on("endi_ext.tender.member.decline", "aminata", AMINATAS + GUEST + "/decline", REASON)
ARRANGE = on("endi_ext.tender.decision.arrange", "helene", DECISION + "/arrange", {"rule": "lead"})
SAY = {"stance": "go", "reason": "Nous savons faire"}
FOR = on("endi_ext.tender.position", "helene", TENDER + HEAD + "/position", SAY, before=(ARRANGE,))
AGAINST = on(
    "endi_ext.tender.position",
    "helene",
    TENDER + HEAD + "/position",
    {"stance": "no_go", "reason": "Trop loin"},
    before=(ARRANGE,),
)
GO = on("endi_ext.tender.decision.go", "helene", DECISION + "/go", before=(FOR,))
NO_GO = on(
    "endi_ext.tender.decision.no_go",
    "helene",
    DECISION + "/no-go",
    {"statement": "Trop loin"},
    before=(AGAINST,),
)

TEAM = (
    on("endi_ext.profile", "karim", "/companies/2/exchanges/profile", {"skills": "Plans d’exécution"}),
    on(
        "endi_ext.tender.invite",
        "helene",
        TENDER + "/team/invite",
        {"party": "Studio Écume", "mission": "Page du projet"},
    ),
    on(
        "endi_ext.tender.invite_firm",
        "helene",
        TENDER + "/team/invite-firm",
        {"name": "Toitures du Ried", "siret": "443 061 841 00047"},
    ),
    button("endi_ext.tender.member.accept", "aminata", AMINATAS, AMINATAS + GUEST + "/accept"),
    DECLINE,
    on("endi_ext.tender.member.leave", "karim", KARIMS + MEMBER + "/leave", REASON),
    on("endi_ext.tender.member.change", "helene", TENDER + GUEST + "/change", {"mission": "Relecture"}),
    on("endi_ext.tender.member.remove", "helene", TENDER + MEMBER + "/remove", REASON),
    on("endi_ext.tender.member.hand_over", "helene", TENDER + MEMBER + "/hand-over"),
    on("endi_ext.tender.member.invite_again", "helene", TENDER + GUEST + "/invite-again", before=(DECLINE,)),
    on("endi_ext.tender.position", "karim", KARIMS + MEMBER + "/position", SAY),
    ARRANGE,
    on("endi_ext.tender.decision.criteria", "helene", DECISION + "/criteria"),
    GO,
    NO_GO,
    on("endi_ext.tender.decision.reconsider", "helene", DECISION + "/reconsider", REASON, before=(GO,)),
    on("endi_ext.tender.decision.reopen", "helene", DECISION + "/reopen", REASON, before=(NO_GO,)),
)
