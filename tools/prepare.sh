#!/usr/bin/env bash
# Prepare this clone: system packages and virtual environments. Quick when nothing changed.
#
#   tools/prepare.sh demo     .venv able to serve the demo (SQLite only)
#   tools/prepare.sh dev      .venv with every extra: MariaDB, tests, checks
#   tools/prepare.sh bench    dev, and what benchmarks measure beside: peers, people who open pages
#   tools/prepare.sh test     dev, and the servers and browser the tests start themselves
#   tools/prepare.sh endi     .venv-endi: the real enDI with its own pinned libraries, and this plugin in it
set -euo pipefail
cd "$(dirname "$0")/.."
goal=${1:?demo, dev, bench, test or endi}
mkdir -p var

fail() { printf '%s\n' "$*" >&2; exit 1; }

# --- Python 3.11 --------------------------------------------------------------------------------
python=
for candidate in "${PYTHON:-}" python3.11 /usr/bin/python3.11 /usr/local/bin/python3.11; do
    [ -n "$candidate" ] || continue
    if "$candidate" -c 'import sys; raise SystemExit(sys.version_info[:2] != (3, 11))' 2>/dev/null; then
        python=$(command -v "$candidate"); break
    fi
done

# --- system packages ----------------------------------------------------------------------------
have() { command -v "$1" >/dev/null 2>&1 || [ -x "/usr/sbin/$1" ]; }
have_library() { /sbin/ldconfig -p 2>/dev/null | grep -q "$1"; }

needed=()
need_unless() { local package=$1; shift; "$@" >/dev/null 2>&1 || needed+=("$package"); }

header() { "$python" -c 'import os, sysconfig; raise SystemExit(not os.path.exists(sysconfig.get_path("include") + "/Python.h"))'; }
[ -n "$python" ] || needed+=(python3.11 python3.11-venv python3.11-dev)
[ -z "$python" ] || need_unless python3.11-venv "$python" -c 'import ensurepip'
need_unless libpango-1.0-0 have_library libpango-1.0.so.0
need_unless libpangoft2-1.0-0 have_library libpangoft2-1.0.so.0
need_unless libharfbuzz-subset0 have_library libharfbuzz-subset.so.0
need_unless fonts-open-sans test -d /usr/share/fonts/truetype/open-sans
if [ "$goal" != demo ]; then
    [ -z "$python" ] || need_unless python3.11-dev header
    need_unless build-essential have gcc
    need_unless pkg-config have pkg-config
    need_unless libmariadb-dev have mariadb_config
fi
if [ "$goal" = test ] || [ "$goal" = endi ] || [ "$goal" = bench ]; then
    need_unless mariadb-server have mariadbd
    need_unless redis-server have redis-server
    need_unless locales test -e /usr/share/i18n/locales/fr_FR
fi
if [ "$goal" = test ]; then
    need_unless chromium have chromium
fi

if [ ${#needed[@]} -gt 0 ]; then
    command="apt-get install --no-install-recommends ${needed[*]}"
    [ "$(id -u)" = 0 ] || fail "Il manque des paquets du système. En root : $command"
    have apt-get || fail "Il manque des paquets du système, et apt-get n'est pas là pour les installer : ${needed[*]}"
    printf 'Installation des paquets du système : %s\n' "${needed[*]}"
    export DEBIAN_FRONTEND=noninteractive
    { apt-get update -qq && apt-get install -y -qq --no-install-recommends "${needed[@]}"; } >var/apt.log 2>&1 \
        || fail "apt-get n'a pas pu installer ces paquets : pas d'accès au réseau ? (Le détail est dans var/apt.log.)"
    [ -n "$python" ] || python=/usr/bin/python3.11
fi

# --- virtual environments -----------------------------------------------------------------------
# A stamp holds the fingerprint of what was installed: the second run installs nothing.
install_into() { # directory, stamp name, pip arguments
    local venv=$1 stamp=$1/.installed-$2 fingerprint; shift 2
    fingerprint=$(cat setup.cfg setup.py | sha256sum | cut -c1-64)
    [ "$(cat "$stamp" 2>/dev/null)" = "$fingerprint" ] && return 0
    [ -x "$venv/bin/python" ] || "$python" -m venv "$venv"
    printf 'Installation des bibliothèques dans %s (une à deux minutes la première fois)\n' "$venv"
    # Without --use-pep517 pip installs in the old way where wheel is there, and the command it makes then fails.
    "$venv/bin/python" -m pip install -q --disable-pip-version-check --use-pep517 --retries 2 "$@" >var/pip.log 2>&1 \
        || fail "L'installation des bibliothèques a échoué : pas d'accès au réseau ? (Le détail est dans var/pip.log.)"
    printf '%s\n' "$fingerprint" >"$stamp"
}

case $goal in
    demo) install_into .venv demo -e '.[demo]' ;;
    bench) install_into .venv bench -e '.[demo,mariadb,dev,bench]' ;;
    dev | test) install_into .venv dev -e '.[demo,mariadb,dev]' ;;
    endi) install_into .venv-endi endi -e '.[demo,mariadb,endi]' pytest pytest-xdist hypothesis WebTest pypdf rfc8785 playwright axe-playwright-python ;;
    *) fail "$goal ? demo, dev, test ou endi" ;;
esac
