#!/bin/sh
# librdkafka's own test suite against kafkalite; `--help` tells the rest.
set -eu
cd "$(dirname "$0")/../../.."
exec python3 scripts/dev.py run compat_tests.upstream.librdkafka "$@"
