"""Builds every defect among sound exchanges: `python -m tests.hosts.endi.defects INI CASES WORKER [PART…]`.

Run with the ini of an enDI without the plugin, on a database nobody used, while its worker
runs: WORKER is the number of its process, held up where a worker has to be late. CASES gets what was made.
"""

import contextlib
import json
import sys
from pathlib import Path

from pyramid.paster import get_app


def main(ini, out, worker_pid, *parts):
    app = get_app(ini)
    # The host's models are complete only now.
    from tests.hosts.endi.defects import at_work, documents, money, setting, sound
    from tests.hosts.endi.defects.cases import Cases
    from tests.hosts.endi.defects.world import World

    known = {"money": money, "documents": documents, "sound": sound, "at_work": at_work}
    world, cases = World(app, int(worker_pid)), Cases()
    setting.configure()
    # The host prints what it does.
    with contextlib.redirect_stdout(sys.stderr):
        for part in parts or known:
            known[part].build(world, cases)
    setting.put_back(cases.old)
    Path(out).write_text(json.dumps(cases.as_json(), indent=1))


if __name__ == "__main__":
    main(*sys.argv[1:])
