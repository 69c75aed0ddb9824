"""`python -m ecoscore` is the command `ecoscore`."""

import sys

from ecoscore.cli import main

sys.exit(main())
