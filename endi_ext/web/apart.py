"""One thing done apart from the others: whatever goes wrong with it is said, and the others go on.

The only place that catches everything: a mistake of ours in one letter or one duty must not keep all those
after it waiting, today and each day after. The log keeps the traceback.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError

from ..kernel.errors import DomainError, WrongState
from .i18n import _
from .messages import sentence
from .speech import Speech

log = logging.getLogger(__name__)

DATABASE = _("La base de données a refusé ({reason}) : ce sera repris au prochain passage.")
UNEXPECTED = _("Un imprévu, noté dans le journal du programme : ce sera repris au prochain passage.")


@contextmanager
def apart(troubles: list[str]) -> Iterator[None]:
    """Add to `troubles` a sentence on what went wrong; nothing did when somebody was merely faster."""
    try:
        yield
    except WrongState as meanwhile:
        log.info("done by somebody else meanwhile: %s", meanwhile)
    except DomainError as refusal:
        troubles.append(sentence(refusal, Speech()))
    except DBAPIError as problem:
        log.exception("left to the next run")
        troubles.append(Speech().text(DATABASE, reason=problem.orig))
    except Exception:
        log.exception("left to the next run")
        troubles.append(Speech().text(UNEXPECTED))
