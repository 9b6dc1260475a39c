"""Records of the BOAMP as tests need them: `fns(…)`, `mapa(…)`, `dsp(…)`, changed at a path by `put`."""

import copy
import json

from endi_ext.tenders.notices import reading

FNS = {
    "organisme": {
        "nomOfficiel": "Ville d'Annecy",
        "codeIdentificationNational": "217 401 736 00012",
        "adr": {"ville": "Annecy", "cp": "74000"},
        "correspondant": {"nom": "Mme Untel", "mel": "marches@annecy.example"},
    },
    "initial": {
        "communication": {
            "urlDocConsul": "https://profil.example/consultation/12",
            "urlProfilAch": "https://profil.example",
            "nomContact": "Mme Untel",
            "mailContact": "marches@annecy.example",
        },
        "procedure": {
            "procedureAdapteeO": "",
            "dateReceptionOffres": "2026-12-11T12:00:00",
            "capaciteExercice": "DC1 et DC2",
            "capaciteEcoFin": "Chiffre d'affaires des trois derniers exercices",
            "capaciteTech": "Se référer au règlement de la consultation",
            "variantesN": "",
            "criteresAttrib": "Valeur technique : 60 %\nPrix : 40 %",
        },
        "natureMarche": {
            "intitule": "Réhabilitation de l&amp;#039;école Jean-Moulin",
            "codeCPV": {
                "objetPrincipal": {"classPrincipale": "45454100"},
                "objetComplementaire": [{"classPrincipale": "45421000"}, {"classPrincipale": "45442100-8"}],
            },
            "description": "Menuiseries et peinture.<br/>En site occupé.",
            "lieuExecution": "Annecy",
            "valeurEstimee": {"valeur": {"@devise": "EUR", "#text": "480000.00"}},
        },
        "lots": {
            "lot": [
                {
                    "description": "Lot n° 1 : Menuiseries",
                    "codeCPV": {"objetPrincipal": {"classPrincipale": "45421000"}},
                    "estimationValeur": {"valeur": {"@devise": "EUR", "#text": "300000"}},
                },
                {"description": "2 - Peinture", "valeurEstimee": {"valeur": "180000,50"}},
            ]
        },
    },
}
MAPA = {
    "organisme": {
        "acheteurPublic": "Communauté de communes du Lac",
        "codeIdentificationNational": "21740173600012",
        "urlProfilAcheteur": "https://profil.example",
    },
    "initial": {
        "description": {
            "objet": "Tonte des stades",
            "CPV": {"objetPrincipal": {"classPrincipale": "77310000"}},
            "lieuCodeNUTS": {"codeNUTS": "FRK28"},
        },
        "caracteristiques": {"principales": "Trois stades.", "variantes": {"oui": ""}},
        "lots": {"lot": {"numLot": "1", "intitule": "Stade nord", "description": "Le grand"}},
        "conditions": {"formeJuridique": "Groupement solidaire", "langue": {"langEC": "fr"}},
        "justifications": {"DC1": "", "planPrevention": "", "justificationAutre": "Attestation d'assurance"},
        "criteres": {"criterePondere": {"critere": "Prix", "criterePCT": "100"}},
        "procedure": {"procedureAdaptee": ""},
        "delais": {"receptionOffres": "2026-12-11T16:00:00+01:00"},
        "adressesComplt": {
            "document": {"coord": {"url": "https://profil.example/dce", "mel": "x@y.example"}}
        },
    },
}
DSP = {
    "organisme": {"nomOfficiel": "Métropole", "codeIdentificationNational": "217401736"},
    "initial": {
        "descriptionMarche": {
            "titreMarche": "Gestion du camping",
            "description": "Affermage",
            "CPV": {"objetPrincipal": {"classPrincipale": "55221000"}},
            "lot": {
                "intitule": "Camping",
                "lieuCodeNUTS": {"codeNUTS": "FRL04"},
                "estimationValeur": {"valeur": {"@devise": "EUR", "#text": "1250000"}},
            },
        },
        "procedure": {"procedureRestreinte": ""},
        "delais": {"receptCandidat": "2026-11-30T12:00:00", "receptOffres": "2027-01-15T12:00:00"},
    },
}
FORMS = {"FNSimple": FNS, "MAPA": MAPA, "DSP": DSP}


def record(form, *changes, **columns):
    """A record of the API holding a form, changed by `put`s of paths below the form."""
    body = copy.deepcopy(FORMS[form])
    for path, value in changes:
        put(body, path, value)
    return {"idweb": "26-100001", **columns, "donnees": json.dumps({form: body})}


def put(holder, path, value):
    """Put a value at a path of names; none takes away what is there."""
    *way, last = path.split(".")
    for name in way:
        holder = holder.setdefault(name, {}) if not name.isdigit() else holder[int(name)]
    if value is None:
        del holder[last]
    else:
        holder[last] = value


def read(given):
    """The one notice of a record or of a whole file."""
    content = given if isinstance(given, bytes) else json.dumps(given).encode()
    (found,) = reading.read(content)
    return found


def notice(form, *changes, **columns):
    """The notice of a record of that form."""
    return read(record(form, *changes, **columns)).notice


def refusal(given):
    """Why nothing of a file is a notice one can answer."""
    try:
        reading.read(given if isinstance(given, bytes) else json.dumps(given).encode())
    except reading.NoticeRefused as refused:
        return refused.code
    return None
