"""``python -m sencoapp``: the command line, without a window."""

import sys

from sencoapp.cli import main

if __name__ == "__main__":
    sys.exit(main())
