"""Charts as they are drawn: nothing of them beyond their edge."""

import re

import pytest
from lxml import etree

from endi_ext.web.charts import HEIGHT, SVG, stacked_bars


@pytest.mark.parametrize("count", range(1, 8))
def test_the_legend_is_whole_however_many_parts_the_bars_have(count):
    series = [(f"Part {number}", [1_000 * number]) for number in range(1, count + 1)]
    root = etree.fromstring(stacked_bars("Titre", "Description", ["Une enseigne"], series, str))
    (legends,) = (node for node in root.iter(f"{SVG}g") if node.get("class") == "legends")
    top = float(re.search(r", ?([\d.]+)\)", legends.get("transform"))[1])
    boxes = [float(box.get("y")) + float(box.get("height")) for box in legends.iter(f"{SVG}rect")]
    assert len(boxes) == count
    assert top + max(boxes) <= HEIGHT
