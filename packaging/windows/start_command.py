"""ecoscore-cli.exe: the command line, for scripts and schedules."""

import sys

from ecoscore.cli import main

sys.exit(main())
