"""Assessment schemes: read, bundled, written."""

from ecoscore.schemes.bundled import DEFAULT, bundled, load_scheme
from ecoscore.schemes.dump import dump_scheme
from ecoscore.schemes.parse import parse_scheme

__all__ = ["DEFAULT", "bundled", "dump_scheme", "load_scheme", "parse_scheme"]
