"""Real-shaped files that officials send: the scripts that make `tests/data/`, and the test that imports each of them.

`python -m tests.corpus.build` writes the files and, beside each, what importing it must give. What is expected is
written down by hand in the cases, from what an official would expect; no part of the importer is asked for it.
"""
