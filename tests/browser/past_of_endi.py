"""Something of last January in an enDI: `python -m tests.browser.past_of_endi INI` makes it as the host does.

An internal invoice that was said to be settled while a part was still due: the host settled one side alone.
"""

import contextlib
import sys
from datetime import date

from pyramid.paster import get_app


def main(ini: str, year: str) -> None:
    app = get_app(ini)
    # The host's models are complete only now.
    from tests.hosts.endi.defects.setting import BUYER, SELLER
    from tests.hosts.endi.defects.world import World

    world, sold_on, paid_on = World(app), date(int(year), 1, 5), date(int(year), 1, 20)
    # The host prints what it does.
    with contextlib.redirect_stdout(sys.stderr):
        sale_id, _purchase = world.bought(SELLER, BUYER, 50_000, sold_on, "Soldée avant la fin")
        world.pay(sale_id, 40_000, paid_on, resulted=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
