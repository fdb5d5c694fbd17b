"""`python -m compat_tests.upstream.kafka_python`: see `run.py`."""

from __future__ import annotations

import sys

from compat_tests.upstream.kafka_python.run import main

sys.exit(main())
