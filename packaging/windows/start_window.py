"""EcoScore.exe: the window; with the reader's switch, the process that reads tables for it."""

import sys

from ecoscore.importing.child import run_if_child

if run_if_child(sys.argv[1:]):
    sys.exit(0)

from ui.start import main  # here, since the reading process must not load Qt

sys.exit(main(sys.argv[1:]))
