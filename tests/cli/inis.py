"""Ini files for tests of commands."""


def an_ini(folder, url, *, use="egg:endi_ext#demo", includes="endi_ext", more=""):
    """An ini of the demo host, or of another, on the database at `url`."""
    key = "caerp.includes" if use.startswith("egg:endi#") or use == "egg:endi" else "demo.includes"
    ini = folder / "app.ini"
    escaped = url.replace("%", "%%")
    lines = ["[app:main]", f"use = {use}", f"sqlalchemy.url = {escaped}", f"{key} = {includes}"]
    ini.write_text("\n".join([*lines, more]))
    return ini


def url_of(engine):
    return engine.url.render_as_string(hide_password=False)
