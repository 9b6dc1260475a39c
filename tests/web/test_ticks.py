"""Boxes to tick as they are seen within the host's own style."""

import re
from pathlib import Path

import endi_ext.web

TEMPLATES = Path(endi_ext.web.__file__).parent / "templates"
# The host draws these itself and hides the box: without its own markup nothing is seen of it.
HIDES_THE_BOX = re.compile(r'<div[^>]*class="[^"]*\b(checkbox|toggle|radio)\b')


def test_no_box_to_tick_stands_where_the_host_hides_it():
    assert [path.name for path in TEMPLATES.rglob("*.mako") if HIDES_THE_BOX.search(path.read_text())] == []
