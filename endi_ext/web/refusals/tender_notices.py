"""Notices: what a file is that is no notice one can answer, and what to do instead."""

from ..i18n import _

STATES: dict[tuple[str, str, str], str] = {}
ROLES: dict[tuple[str, str, str], str] = {}
MESSAGES = {
    # What cannot be read (tenders/notices/guard.py),
    "notice_refused": _("Ce fichier n’est pas un avis auquel on peut répondre."),
    "notice_too_large": _(
        "Ce fichier est bien plus gros qu’un avis ({most_mb} Mo au plus) : téléchargez l’avis seul, sans le "
        "dossier de consultation."
    ),
    "notice_empty": _("Le fichier est vide : téléchargez l’avis de nouveau."),
    "notice_too_deep": _(
        "Ce fichier emboîte plus d’éléments qu’aucun avis : par prudence, il n’est pas lu. Téléchargez "
        "l’avis de nouveau sur TED ou sur le BOAMP."
    ),
    "notice_with_doctype": _(
        "Ce fichier XML apporte ses propres définitions (DOCTYPE), ce qu’aucun avis ne fait : par prudence, "
        "il n’est pas lu. Téléchargez l’avis de nouveau sur TED ou sur le BOAMP."
    ),
    "notice_unreadable": _(
        "Ce fichier {format} est abîmé, coupé, ou n’est pas dans l’encodage qu’il annonce : téléchargez-le "
        "de nouveau, sans l’enregistrer avec un autre logiciel."
    ),
    # what is no notice (sniffing.py, reading.py),
    "no_notice": _(
        "Ce fichier n’est pas un avis de marché : il faut le fichier XML d’un avis de TED ou du BOAMP, ou le "
        "fichier JSON d’un avis du BOAMP. Vous pouvez aussi saisir la consultation à la main."
    ),
    "no_notice_archive": _(
        "C’est une archive (ZIP ou autre), pas un avis : décompressez-la, puis choisissez le fichier XML ou "
        "JSON de l’avis."
    ),
    "no_notice_office": _(
        "C’est un document de bureautique (texte, classeur), pas un avis : choisissez le fichier XML ou JSON "
        "de l’avis, ou saisissez la consultation à la main."
    ),
    "no_notice_pdf": _(
        "C’est un PDF : téléchargez plutôt l’avis en XML (TED) ou en JSON (BOAMP), ou saisissez la "
        "consultation à la main."
    ),
    "no_notice_picture": _(
        "C’est une image, pas un avis : choisissez le fichier XML ou JSON de l’avis, ou saisissez la "
        "consultation à la main."
    ),
    "no_notice_page": _(
        "C’est une page web enregistrée, pas l’avis lui-même : sur la page de l’avis, téléchargez le XML ou "
        "le JSON, ou saisissez la consultation à la main."
    ),
    "no_notice_awards": _(
        "Ce sont des marchés déjà attribués (données essentielles, DECP), pas un avis : ils se reprennent "
        "par « endi-ext import decp »."
    ),
    "no_notice_old_ted": _(
        "C’est un avis de TED dans son ancien format, remplacé par les eForms : saisissez la consultation à "
        "la main si elle est encore ouverte."
    ),
    # and notices that one cannot answer (eforms_kinds.py, boamp_kind.py).
    "notice_is_planning": _(
        "Cet avis annonce une consultation à venir : on ne peut pas encore y répondre. Reprenez l’avis de "
        "marché quand il paraîtra."
    ),
    "notice_is_ex_ante": _(
        "Cet avis annonce l’intention d’attribuer un marché sans mise en concurrence : il n’appelle pas "
        "d’offres."
    ),
    "notice_is_result": _(
        "Cet avis donne le résultat d’une consultation : elle est terminée, on ne peut plus y répondre."
    ),
    "notice_is_modification": _("Cet avis modifie un marché déjà attribué : il n’appelle pas d’offres."),
    "notice_is_completion": _("Cet avis dit qu’un marché est achevé : il n’appelle pas d’offres."),
    "notice_is_registration": _(
        "Cet avis concerne l’immatriculation d’une société européenne : il n’appelle pas d’offres."
    ),
    "notice_is_cancellation": _(
        "Cet avis annule une consultation : on ne peut plus y répondre. Si votre équipe y travaille, dites "
        "sur sa page que vous y renoncez."
    ),
    "notice_is_no_call": _("Cet avis n’appelle pas d’offres : il n’y a pas de réponse à préparer."),
}
