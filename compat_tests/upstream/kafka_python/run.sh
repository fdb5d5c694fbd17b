#!/usr/bin/env bash
# kafka-python's integration tests against kafkalite; `--help` tells the rest.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../../.."
exec python3 scripts/dev.py run compat_tests.upstream.kafka_python "$@"
