"""The papers as Excel files with living formulas."""
