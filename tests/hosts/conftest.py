"""tests/hosts/endi needs the real enDI: `tools/endi_host.py test` runs it in .venv-endi."""

from importlib.util import find_spec

collect_ignore = [] if find_spec("pyramid_celery") else ["endi"]
