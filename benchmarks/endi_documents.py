"""Documents of an enDI's own, so that its pages have something to show: `python -m … INI SOLD OFFERED`.

Internal invoices with their purchases, half of them paid, and quotations with their orders; made by the
host's own code, before the plugin is on.
"""

import contextlib
import sys
from datetime import UTC, datetime, timedelta

from pyramid.paster import get_app


def main(ini: str, sold: int, offered: int) -> None:
    app = get_app(ini)
    # The host's models are complete only now.
    from tests.hosts.endi.defects.setting import BUYER, SELLER
    from tests.hosts.endi.defects.world import World

    world, first = World(app), datetime.now(UTC).date() - timedelta(days=200)
    # The host prints what it does.
    with contextlib.redirect_stdout(sys.stderr):
        for number in range(sold):
            sides = (SELLER, BUYER) if number % 2 else (BUYER, SELLER)
            on, cents = first + timedelta(days=number), 10_000 + 100 * number
            sale_id, _purchase = world.bought(*sides, cents, on, f"Prestation {number}")
            if number % 4 < 2:
                world.pay(sale_id, cents, on, resulted=True)
        for number in range(offered):
            sides = (SELLER, BUYER) if number % 2 else (BUYER, SELLER)
            world.offered(*sides, 50_000, first + timedelta(days=sold + number), f"Devis {number}")


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:]))
