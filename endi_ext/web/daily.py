"""The duties of the day, done one thing at a time: what fails is said and stops nothing else."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from ..exchanges import letters
from ..kernel import preferences
from ..kernel.history import Act
from ..subcontracts import duties as subcontracts
from ..subcontracts.duties import Day, Duty
from ..tenders import duties as tenders
from . import finding_day, nightly_adoption, telling
from .apart import apart
from .i18n import _

PARTS_OF_A_DAY = 25
ACTOR_KEY, ACTOR_NAME = "daily", "Traitement quotidien"
LAST_RUN = "daily_ran_at"
DUTIES = (*subcontracts.DUTIES, *tenders.DUTIES)

# What each duty is called in the table of the command.
NAMES = {
    "expire": _("Propositions et avenants arrivés à leur date limite"),
    "remind_of_silence": _("Livraisons sans réponse : rappels"),
    "accept_by_silence": _("Livraisons sans réponse : acceptées comme convenu"),
    "release": _("Retenues de garantie libérées à leur date"),
    "follow_clients": _("Règlements des clients suivis"),
    "remind": _("Rappels de ce qui attend"),
    "recall_invitations": _("Invitations à répondre ensemble : rappels"),
    "recall_steps": _("Étapes des réponses en préparation : rappels"),
    "recall_deadlines": _("Dates limites de remise : rappels"),
    "adoption": _("Documents internes de votre application : repris au livre"),
    "documents": _("Documents de votre application : écarts constatés"),
    "lettering": _("Lettrages posés sur ce qui ne l’était pas"),
    "findings": _("Écarts entre les documents des deux enseignes"),
    "tell": _("Personnes prévenues"),
    "letters": _("Lettres parties"),
}


@dataclass
class Done:
    """How many things a duty changed, and what went wrong, in sentences."""

    name: str
    count: int = 0
    troubles: list[str] = field(default_factory=list)


def run(request: Any, duties: Sequence[Duty] = DUTIES) -> list[Done]:
    """Do all duties of the host's day and tell people; return what was done. Twice a day changes nothing."""
    host = request.registry.endi_ext_host
    act = Act(ACTOR_KEY, ACTOR_NAME, host.clock.now(), host.clock.today())
    day = Day(act, host.receipts)
    done = [_see_to(request, duty, day) for duty in duties]
    done.append(_try_once(request, "adoption", partial(nightly_adoption.run, act=act)))
    done.append(_try_once(request, "documents", host.look_after_documents))
    done.append(_try_once(request, "findings", partial(finding_day.look, act=act)))
    done.append(_letter(request, act))
    done += _tell(request)
    with host.transaction(request) as session:
        preferences.note(session, LAST_RUN, act.at.isoformat(), act)
    return done


def last_run(session: Any) -> datetime | None:
    """Return when the duties were last done."""
    noted = preferences.get(session, LAST_RUN)
    return datetime.fromisoformat(noted) if noted else None


def _see_to(request: Any, duty: Duty, day: Day) -> Done:
    done = Done(duty.name)
    host = request.registry.endi_ext_host
    listed: list[Any] = []

    def find() -> bool:
        with host.transaction(request) as session:
            listed.extend((type(row), row.id) for row in duty.due(session, day))
        return False

    _count(done, find)
    for model, key in listed:
        _count(done, partial(_do, request, duty, model, key, day))
    return done


def _do(request: Any, duty: Duty, model: Any, key: int, day: Day) -> bool:
    with request.registry.endi_ext_host.transaction(request) as session:
        return duty.do(session, session.get(model, key), day)


def _try_once(request: Any, name: str, look: Callable[[Any], int]) -> Done:
    done = Done(name)
    _count(done, partial(look, request))
    return done


def _letter(request: Any, act: Act) -> Done:
    """Letter what is not yet, part by part: a long book from before letters takes some days."""
    done, going_on = Done("lettering"), True

    def catch_up() -> bool:
        nonlocal going_on
        with request.registry.endi_ext_host.transaction(request) as session:
            part = letters.catch_up(session, act)
        going_on = not part.finished
        done.count += part.letters
        return False

    for _part in range(PARTS_OF_A_DAY):
        if going_on and not done.troubles:
            _count(done, catch_up)
    return done


def _count(done: Done, do: Callable[[], int]) -> None:
    """Do one thing of a duty, and note how many it changed and how it went."""
    with apart(done.troubles):
        done.count += do()


def _tell(request: Any) -> Sequence[Done]:
    site = telling.chosen_site(request)
    told, gathered = telling.tell(request, site), telling.gather(request, site)
    return (
        Done("tell", told.told),
        Done("letters", told.letters + gathered.letters, told.troubles + gathered.troubles),
    )
