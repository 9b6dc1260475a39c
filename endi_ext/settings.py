"""The plugin's ini keys, each with its default."""

from collections.abc import Mapping

DEFAULTS = {
    # Where the Ed25519 key that signs checkpoints and certificates is kept; made at first use, mode 600.
    "endi_ext.signing_key": "%(here)s/var/endi_ext_signing.pem",
    # Largest file accepted by an import, or as a proof in a dispute, in bytes.
    "endi_ext.upload_limit_bytes": "10485760",
    # Largest list accepted by the pages of matching, in bytes.
    "endi_ext.matching_limit_bytes": "41943040",
    # Where people reach the pages ("https://endi.example.coop"): links of letters begin so. "auto": as the
    # page whose form causes the letter was reached; commands then give no link.
    "endi_ext.site": "auto",
    # Rows shown on a page of a list.
    "endi_ext.page_size": "50",
    # Language of the interface unless the reader asks for another: "fr" or "en".
    "endi_ext.language": "fr",
}


def read(settings: Mapping[str, str], *, here: str = ".") -> dict[str, str]:
    """Return every key of the plugin, from `settings` or by default."""
    return {key: settings.get(key, default).replace("%(here)s", here) for key, default in DEFAULTS.items()}
