"""Assessment schemes: read, bundled, written, compared."""

from ecoscore.schemes.bundled import DEFAULT, bundled, load_scheme
from ecoscore.schemes.compare import SchemeChange, compare_schemes
from ecoscore.schemes.dump import dump_scheme
from ecoscore.schemes.parse import parse_scheme
from ecoscore.schemes.sheet_read import read_scheme_workbook

__all__ = [
    "DEFAULT",
    "SchemeChange",
    "bundled",
    "compare_schemes",
    "dump_scheme",
    "load_scheme",
    "parse_scheme",
    "read_scheme_workbook",
]
