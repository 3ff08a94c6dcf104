"""Fuzzers of what the judge reads from the student's process.

`properties` and `rogue` say what must hold; hypothesis checks them in tests/test_wire_session.py,
and two programs do so with atheris (``pip install -e ".[fuzz]"``), guided by coverage::

    python -m tests.fuzz.wire_decoder -max_total_time=60
    python -m tests.fuzz.session -max_total_time=60

They take libFuzzer's options, and folders for the inputs that they find.
"""
