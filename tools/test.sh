#!/usr/bin/env bash
# Everything CI runs, from a fresh clone: checks, tests with the newest libraries, tests with the host's own.
# Each part runs whatever became of the others; the end says how each went, and the exit status if all went well.
set -uo pipefail
cd "$(dirname "$0")/.."
export PYTHONDONTWRITEBYTECODE=1
tools/prepare.sh test || exit 1
tools/prepare.sh endi || exit 1
mkdir -p var/test

# tests/hosts/endi needs a running enDI, tests/browser a served host: both run by themselves.
elsewhere=(--ignore=tests/hosts/endi --ignore=tests/browser)
summary=() failed=0

part() { # name, command…
    local name=$1 began=$SECONDS status log=var/test/${1// /-}.log line; shift
    printf '\n=== %s\n' "$name"
    "$@" 2>&1 | tee "$log"
    status=${PIPESTATUS[0]}
    [ "$status" = 0 ] || failed=1
    line=$(grep -E '(passed|failed|error).* in [0-9.]+s' "$log" | tail -1 | tr -d '=')
    summary+=("$([ "$status" = 0 ] && echo 'ok    ' || echo 'FAILED') $name ($((SECONDS - began)) s)${line:+:$line}")
}

part "checks" make --no-print-directory -j2 --output-sync=target checks
part "tests with the newest libraries" .venv/bin/pytest -q -n 2 "${elsewhere[@]}"
part "browser, demo" .venv/bin/pytest -q tests/browser
# What is in the repository does not depend on libraries, the demo takes the newest, and those of enDI warn about
# each other. Where a test runs once on each engine, enDI's is MariaDB.
part "tests with the libraries of enDI" \
    .venv-endi/bin/pytest -q -n 2 -p no:warnings -k "not sqlite" "${elsewhere[@]}" \
    --ignore=tests/repository --ignore=tests/hosts/demo
part "real enDI and browser" .venv-endi/bin/python tools/endi_host.py test -q tests/hosts/endi tests/browser
.venv-endi/bin/python tools/endi_host.py stop >/dev/null

printf '\n=== %d min %02d s in all\n' $((SECONDS / 60)) $((SECONDS % 60))
printf '%s\n' "${summary[@]}"
exit "$failed"
