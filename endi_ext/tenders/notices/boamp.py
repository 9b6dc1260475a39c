"""Notices of the BOAMP: records of its API, and its XML brought to the same. Pure.

`donnees` has one key that names its form: EFORMS, FNSimple, MAPA, DSP; before 2024 there were IDENTITE, OBJET
and others. `gestion` is BOAMP's own management of the notice.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from . import boamp_correction, boamp_kind, boamp_legacy, boamp_national, eforms, elements, guard
from .boamp_kind import CORRECTION
from .elements import inside, line
from .json_tree import tree_of
from .model import Notice, NoticeRefused, ReadNotice
from .refusals import NoNotice, NotOpen

NATIONAL = {"FNSimple": boamp_national.fns, "MAPA": boamp_national.mapa, "DSP": boamp_national.dsp}
OLD_FORM = frozenset({"IDENTITE", "OBJET"})
# Names under which files hold several records.
LISTS = ("results", "records", "annonces", "ANNONCES", "ANNONCE", "ann")
# What other JSON of public contracts there is.
OTHERS = {"marches": "no_notice_awards", "marche": "no_notice_awards"}
# BOAMP's own summary of a notice is cut there.
SUMMARY_IS_CUT = 200


def read_json(content: bytes) -> Iterator[ReadNotice | NoticeRefused]:
    """Yield the notices of a file, or why one of them is refused.

    Raises NoNotice where it holds other data, and what guard.load_json raises.
    """
    value = guard.load_json(content)
    if isinstance(value, Mapping):
        other = next((code for name, code in OTHERS.items() if name in value), None)
        if other is not None:
            raise NoNotice(other)
    for record in _records(value):
        try:
            if not isinstance(record, Mapping):
                raise NoNotice
            yield read_record(record)
        except NoticeRefused as refusal:
            yield refusal


def read_record(record: Mapping[str, Any]) -> ReadNotice:
    """Return the notice of one record: with its `donnees`, or those alone. Raises NoticeRefused."""
    management = _loaded(_either(record, "gestion", "GESTION"))
    given = _either(record, "donnees", "DONNEES")
    given = record if given is None else _loaded(given)
    if not isinstance(given, Mapping):
        raise NoNotice
    return _completed(_read(record, management, given), record, management)


def _records(value: Any) -> Iterator[Any]:
    if isinstance(value, list):
        for one in value:
            yield from _records(one)
        return
    # The first API of its platform wrapped each record.
    wrapped = (*((name, list | Mapping) for name in LISTS), ("record", Mapping), ("fields", Mapping))
    for name, kind in wrapped:
        if isinstance(value, Mapping) and isinstance(value.get(name), kind):
            yield from _records(value[name])
            return
    yield value


def _read(record: Mapping[str, Any], management: Any, given: Mapping[str, Any]) -> ReadNotice:
    document = _eforms(given)
    if document is not None:
        return _with_status(eforms.read(document, eforms.BOAMP), record, management, given)
    kind = boamp_kind.of_management(management, record)
    for name, read in NATIONAL.items():
        form = inside(given, name)
        if isinstance(form, Mapping):
            said, body = boamp_kind.of_form(form)
            notice = read(form, body)
            return _as(
                CORRECTION if CORRECTION in (kind, said) else said, notice, body, record, management, given
            )
    if OLD_FORM & set(given):
        said = boamp_kind.of_old_form(given)
        notice = boamp_legacy.read(given, "boamp_legacy")
        words = given.get("RECTIF")
        return _as(
            CORRECTION if CORRECTION in (kind, said) else said, notice, words, record, management, given
        )
    if "DIVERS" in given:
        raise NotOpen("notice_is_no_call")
    raise NoNotice


def _as(
    kind: str,
    notice: Notice,
    body: Any,
    record: Mapping[str, Any],
    management: Any,
    given: Mapping[str, Any],
) -> ReadNotice:
    if kind != CORRECTION:
        return ReadNotice(notice)
    changes = boamp_kind.changed_notice(management, record, given)
    return boamp_correction.read(notice, body, changes)


def _with_status(read: ReadNotice, record: Mapping[str, Any], management: Any, given: Any) -> ReadNotice:
    """Return an eForms notice as a change where BOAMP says so and the notice does not."""
    corrected = boamp_kind.is_corrected(management, record)
    if read.changes is not None or not corrected:
        return read
    return replace(read, changes=boamp_kind.changed_notice(management, record, given))


def _completed(read: ReadNotice, record: Mapping[str, Any], management: Any) -> ReadNotice:
    """Return a notice with what its form does not say and BOAMP does.

    Not the deadline of the API: hours that say no zone stand in it as if they were of Greenwich.
    """
    notice, index = read.notice, inside(management, "INDEXATION")
    number = line(record.get("idweb")) or line(inside(management, "REFERENCE", "IDWEB"))
    buyer = line(record.get("nomacheteur")) or line(inside(index, "NOMORGANISME"))
    title = line(record.get("objet")) or line(inside(index, "RESUME_OBJET"))
    due = None if read.changes is not None else elements.instant(inside(index, "DATE_LIMITE_REPONSE"))
    return replace(
        read,
        notice=replace(
            notice,
            notice_id=notice.notice_id or number,
            procedure_id=notice.procedure_id or line(record.get("contractfolderid")),
            title=notice.title or (title if title and len(title) < SUMMARY_IS_CUT else None),
            buyer_name=notice.buyer_name or buyer,
            deadline=notice.deadline or due,
            cpv=notice.cpv or tuple(dict.fromkeys(code for lot in notice.lots for code in lot.cpv)),
        ),
    )


def _eforms(given: Mapping[str, Any]) -> Any:
    """Return the root of an eForms notice that JSON holds, none where it holds another form."""
    holder = inside(given, "EFORMS") if "EFORMS" in given else given
    if isinstance(holder, str) and "EFORMS" in given:
        holder = _loaded(holder)
    if isinstance(holder, Mapping):
        for name, value in holder.items():
            if name.rpartition(":")[2] in eforms.ROOTS and isinstance(value, Mapping):
                return tree_of(name, value)
    if "EFORMS" in given:
        raise NoNotice
    return None


def _either(record: Mapping[str, Any], *names: str) -> Any:
    return next((record[name] for name in names if record.get(name) not in (None, "")), None)


def _loaded(value: Any) -> Any:
    """Return what a string of JSON holds: the API hands `gestion` and `donnees` out as strings."""
    return guard.load_json(value) if isinstance(value, str) else value
