#!/usr/bin/env bash
# Everything CI runs, from a fresh clone: checks, tests with the newest libraries, tests with the host's own.
# Each part runs whatever became of the others; the end says how each went, and the exit status if all went well.
set -uo pipefail
cd "$(dirname "$0")/.."
# Hundreds of processes start in here: what the first one compiled, the others find.
unset PYTHONDONTWRITEBYTECODE
tools/prepare.sh test || exit 1
mkdir -p var/test && rm -f var/test/*
# Downloading waits for others: the environment of enDI is made beside the first tests.
tools/prepare.sh endi >var/test/prepare.txt 2>&1 &
prepared=$!
export PYTEST_ADDOPTS="--durations=20 --durations-min=1"

# tests/hosts/endi needs a running enDI, tests/browser a served host: both run by themselves.
elsewhere=(--ignore=tests/hosts/endi --ignore=tests/browser)
summary=() failed=0

log_of() { echo "var/test/${1// /-}.log"; }

run() { # name, command…: into its log, with its exit status and its seconds beside
    local log began=$SECONDS; log=$(log_of "$1"); shift
    "$@" 2>&1 | tee "$log"
    echo "${PIPESTATUS[0]} $((SECONDS - began))" >"$log.end"
}

note() { # name: how it went, for the summary
    local log status took line; log=$(log_of "$1")
    read -r status took <"$log.end"
    [ "$status" = 0 ] || failed=1
    line=$(grep -E '(passed|failed|error).* in [0-9.]+s' "$log" | tail -1 | tr -d '=')
    summary+=("$([ "$status" = 0 ] && echo 'ok    ' || echo 'FAILED') $1 ($took s)${line:+:$line}")
}

# The slowest of all parts, to know what to make quicker.
slowest() { # how many
    local log name
    for log in var/test/*.log; do
        name=$(basename "$log" .log)
        grep -E '^[0-9.]+s (call|setup|teardown) ' "$log" | sed "s/$/  (${name//-/ })/"
    done | sort -rn | head -"$1"
}

part() { printf '\n=== %s\n' "$1"; run "$@"; note "$1"; }

part "checks" make --no-print-directory -j2 --output-sync=target checks
part "tests with the newest libraries" .venv/bin/pytest -q -n 2 "${elsewhere[@]}"
wait "$prepared" || { cat var/test/prepare.txt; exit 1; }
# What is in the repository does not depend on libraries, nor do models beside which anything happens; the demo takes
# the newest, and those of enDI warn about each other. Where a test runs once on each engine, enDI's is MariaDB. Every
# form and view of ours is opened and sent with enDI's libraries too; page by page the real enDI does, below.
part "tests with the libraries of enDI" \
    .venv-endi/bin/pytest -q -n 2 -p no:warnings -k "not sqlite" "${elsewhere[@]}" --ignore-glob="*/test_any_*.py" \
    --ignore-glob="*/web/test_*_pages.py" --ignore=tests/web/test_strangers.py \
    --ignore=tests/simulation/test_broken_years.py \
    --ignore=tests/repository --ignore=tests/hosts/demo --ignore=tests/stories/test_the_demo_year.py
# Whoever is in front of a server spends much time waiting: side by side they share the cores. The servers and the
# prepared database come first, each finds them there, and each enDI has Redis databases of its own.
.venv-endi/bin/python tools/endi_host.py ini >/dev/null
run "browser, demo" .venv/bin/pytest -q tests/browser >/dev/null &
ENDI_TEST_REDIS=12 run "browser, real enDI" .venv-endi/bin/python tools/endi_host.py test -q tests/browser >/dev/null &
part "real enDI" .venv-endi/bin/python tools/endi_host.py test -q tests/hosts/endi
wait
for name in "browser, demo" "browser, real enDI"; do
    printf '\n=== %s\n' "$name"
    cat "$(log_of "$name")"
    note "$name"
done
.venv-endi/bin/python tools/endi_host.py stop >/dev/null

printf '\n=== the slowest twenty\n'
slowest 20
printf '\n=== %d min %02d s in all\n' $((SECONDS / 60)) $((SECONDS % 60))
printf '%s\n' "${summary[@]}"
exit "$failed"
