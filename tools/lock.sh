#!/bin/sh
# Makes requirements.lock (to run and to build) and requirements-test.lock (those and the tests' needs) anew.
# The versions in the files that are there are kept where they still fit; `tools/lock.sh --upgrade` takes the newest.
# It works in a throw-away environment and asks the index that pip is set up with; the files name no host.
set -eu
cd "$(dirname "$0")/.."
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
"${PYTHON:-python3}" -m venv "$room/venv"
"$room/venv/bin/pip" install --quiet uv
index=$("$room/venv/bin/pip" config get global.index-url 2>/dev/null || true)
[ -z "$index" ] || export UV_DEFAULT_INDEX="$index"

lock() { # lock FILE what-to-lock…
    file=$1
    shift
    "$room/venv/bin/uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
        --no-annotate --no-emit-index-url --output-file "$file" "$@" >/dev/null
    if grep -n '://' "$file"; then
        echo "$file names a host" >&2
        exit 1
    fi
}
lock requirements.lock "$@" pyproject.toml --group build
lock requirements-test.lock "$@" --constraint requirements.lock pyproject.toml --group build --group test
