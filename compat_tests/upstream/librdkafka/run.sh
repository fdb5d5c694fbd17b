#!/bin/sh
# librdkafka's own test suite against kafkalite (default) or Apache Kafka: run.sh [--broker kafka] [--group-protocol consumer] [TEST ...]
cd "$(dirname "$0")/../../.." || exit 2
exec "${PYTHON:-python3}" -m compat_tests.upstream.librdkafka "$@"
