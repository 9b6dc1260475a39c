"""The demo's ini keys, each with its default."""

from collections.abc import Mapping

DEFAULTS = {
    "sqlalchemy.url": "sqlite:///%(here)s/var/demo.sqlite",
    # What the demo loads after itself, as `caerp.includes` does in enDI.
    "demo.includes": "endi_ext",
    "demo.session_secret_file": "%(here)s/var/demo_session_secret",
    # "true" behind https: the browser then never sends the cookie in the clear.
    "demo.cookie_secure": "false",
    # "true" says on the login page who can be tried, with which password.
    "demo.show_logins": "false",
    # "true" shows a page of ours when something breaks, and leaves the traceback to the log.
    "demo.hide_failures": "false",
    "demo.mail_folder": "%(here)s/var/mail",
    "demo.mail_sender": "passerelles@passerelles.example",
    # The same as enDI's: nothing is printed unescaped unless a template says so.
    "mako.imports": "from markupsafe import escape_silent",
    "mako.default_filters": "escape_silent",
    "mako.input_encoding": "utf-8",
    "tm.manager_hook": "pyramid_tm.explicit_manager",
}


def read(settings: Mapping[str, str], *, here: str) -> dict[str, str]:
    """Return `settings` completed by the defaults."""
    defaults = {key: value.replace("%(here)s", here) for key, value in DEFAULTS.items()}
    return {**defaults, "here": here, **settings}
