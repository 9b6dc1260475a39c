"""What the stories type in forms both of them meet."""

import re


def fill_line(page, place, description, quantity, unit, price):
    """Type one line of a proposal."""
    # A click returns once the next page begins: what is counted must be there, the form's script too.
    page.wait_for_load_state()
    if page.get_by_label(f"Description, ligne {place}").count() == 0:
        page.get_by_role("button", name="Ajouter une ligne").click()
    labels = ("Description", "Quantité", "Unité", "Prix unitaire HT")
    for label, value in zip(labels, (description, quantity, unit, price), strict=True):
        page.get_by_label(re.compile(f"^{label}, ligne {place}$")).fill(value)
