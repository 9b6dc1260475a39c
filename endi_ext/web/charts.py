"""Charts drawn by the server: an SVG without script, said in words too, beside the table of its figures."""

from collections.abc import Sequence
from typing import Any

import pygal
from lxml import etree
from markupsafe import Markup
from pygal.style import Style

SVG = "{http://www.w3.org/2000/svg}"
# Dark enough on white, and told apart by people who see colours differently (after Paul Tol).
COLOURS = ("#4477aa", "#aa3377", "#228833", "#b8860b", "#66337a", "#117799", "#994f00", "#555555")
WIDTH, HEIGHT = 760, 320
MARGIN, LEGEND_COLUMNS, LEGEND_ROW = 8, 3, 24


def stacked_bars(
    title: str,
    description: str,
    labels: Sequence[str],
    series: Sequence[tuple[str, Sequence[int]]],
    money: Any,
) -> Markup:
    """Return bars of cents: one for each label, in it a part for each of the series; `money` writes them."""
    # pygal keeps room for whole rows of its legend only: that of the last one, or of the one there is, is
    # given here.
    rows_lacking = -(-len(series) // LEGEND_COLUMNS) - len(series) // LEGEND_COLUMNS
    options = {**_options(money), "margin_bottom": MARGIN + rows_lacking * LEGEND_ROW}
    chart = pygal.StackedBar(**options)
    chart.x_labels = list(labels)
    for name, cents in series:
        chart.add(name, [value / 100 for value in cents])
    return drawn(chart, title, description)


def boxes(title: str, description: str, rows: Sequence[tuple[str, Sequence[int]]], money: Any) -> Markup:
    """Return a box of cents for each row: lowest, first quarter, median, third quarter, highest."""
    options = {**_options(money), "legend_at_bottom_columns": len(rows), "box_mode": "extremes"}
    chart = pygal.Box(**options)
    for name, (low, first, median, third, high) in rows:
        # Eight values of which pygal computes just these five.
        chart.add(name, [cents / 100 for cents in (low, first, first, median, median, third, third, high)])
    return drawn(chart, title, description)


def drawn(chart: Any, title: str, description: str) -> Markup:
    """Return a chart as markup of ours: no script, no link, its title and description for who cannot see."""
    root = chart.render_tree(is_unicode=True)
    for parent in list(root.iter()):
        for child in list(parent):
            if not isinstance(child.tag, str) or child.tag.endswith("script"):
                parent.remove(child)
    root.set("role", "img")
    root.set("aria-label", f"{title}. {description}")
    for place, (tag, text) in enumerate((("title", title), ("desc", description))):
        element = root.makeelement(f"{SVG}{tag}", {})
        element.text = text
        root.insert(place, element)
    return Markup(etree.tostring(root, encoding="unicode"))  # noqa: S704 - made here of escaped texts


def _options(money: Any) -> dict[str, Any]:
    style = Style(
        background="transparent",
        plot_background="transparent",
        font_family="inherit",
        label_font_size=12,
        major_label_font_size=12,
        legend_font_size=13,
        tooltip_font_size=12,
        colors=COLOURS,
        transition="none",
    )
    return {
        "js": (),
        "style": style,
        "width": WIDTH,
        "height": HEIGHT,
        "legend_at_bottom": True,
        "legend_at_bottom_columns": LEGEND_COLUMNS,
        "disable_xml_declaration": True,
        "pretty_print": False,
        "truncate_legend": 40,
        "margin": MARGIN,
        "value_formatter": lambda euros: money(round(euros * 100)),
    }
