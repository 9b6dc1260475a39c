"""The ini files of a private enDI: one for the web server, one for the worker, the same settings in both."""

from pathlib import Path
from string import Template

# One by one: the host's package alone registers only the exports.
TASKS = (
    "tasks",
    "mail",
    "export",
    "csv_import",
    "json_import",
    "notification",
    "locks",
    "accounting_parser",
    "accounting_measure_compute",
    "accounting_api",
    "pdp",
    "rgpd",
    "user_connections",
)

SETTINGS = Template("""\
pyramid.default_locale_name = fr
pyramid.reload_templates = false
pyramid.includes =
    pyramid_mailer.debug
    caerp_payment
mail.default_sender = endi@passerelles.example
caerp.includes = $includes

sqlalchemy.url = $url
sqlalchemy.pool_recycle = 7200

mako.directories = caerp:templates
mako.imports = from markupsafe import escape_silent
mako.default_filters = escape_silent
mako.module_directory = $state/mako

redis.sessions.redis_url = redis://127.0.0.1:$redis_port/$sessions
redis.sessions.secret = for-a-private-installation-only
redis.sessions.cookie_name = session
session.longtimeout = 64000
cache.regions = default_term, second, short_term, long_term
cache.type = memory
cache.second.expire = 1
cache.short_term.expire = 60
cache.default_term.expire = 300
cache.long_term.expire = 20
caerp.cache_redis_url = redis://127.0.0.1:$redis_port/$cache

caerp.statics = static
caerp.static_tmp = $state/tmp/static
caerp.ftpdir = $state/tmp/ftp
caerp.depot_path = $state/tmp/filedepot
caerp.instance_name = localhost
pyramid_deform.tempdir = $state/tmp/upload
endi_ext.signing_key = $state/endi_ext_signing.pem

[celery]
broker_url = redis://127.0.0.1:$redis_port/$broker
imports =
$imports
    caerp.celery.schedulers
task_serializer = json
accept_content = json yaml
worker_hijack_root_logger = false
broker_connection_retry_on_startup = true
""")

SERVER = Template("""
[filter:fanstatic]
use = egg:fanstatic#fanstatic
versioning = true
recompute_hashes = false
bottom = true
publisher_signature = fanstatic

[pipeline:main]
pipeline =
    fanstatic
    caerp

[server:main]
use = egg:waitress#main
listen = 127.0.0.1:$http_port
threads = 4
""")

LOGGING = """
[loggers]
keys = root
[handlers]
keys = console
[formatters]
keys = generic
[logger_root]
level = WARN
handlers = console
[handler_console]
class = StreamHandler
args = (sys.stderr,)
level = NOTSET
formatter = generic
[formatter_generic]
format = %(asctime)s %(levelname)-5.5s [%(name)s:%(lineno)d] %(message)s
"""


def write(folder, *, name, url, http_port, redis_port, includes="endi_ext", first_redis=0):
    """Write `name`.ini and `name`-worker.ini in `folder`, and return their paths."""
    for kept in ("static", "ftp", "filedepot", "upload"):
        (folder / "tmp" / kept).mkdir(parents=True, exist_ok=True)
    imports = "\n".join(f"    caerp.celery.tasks.{task}" for task in TASKS)
    facts = {"state": folder, "url": url, "redis_port": redis_port, "includes": includes, "imports": imports}
    facts |= {"broker": first_redis, "sessions": first_redis + 1, "cache": first_redis + 2}
    settings, server = SETTINGS.substitute(facts), SERVER.substitute(http_port=http_port)
    web, worker = Path(folder / f"{name}.ini"), Path(folder / f"{name}-worker.ini")
    for file in (web, worker):
        file.touch(mode=0o600)  # it holds the password of the database
    web.write_text(f"[app:caerp]\nuse = egg:endi\n{settings}{server}{LOGGING}")
    worker.write_text(f"[app:main]\nuse = egg:endi#worker\n{settings}{LOGGING}")
    return web, worker
