"""Run the command line: ``python -m kafkalite``."""

from __future__ import annotations

import sys

from kafkalite.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
