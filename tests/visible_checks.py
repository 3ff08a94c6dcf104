"""The outcomes of the visible checks, without their card."""

from workbook.learn.check.check import make_card


def run_checks(function):
    """Return the verdict of every visible check of a function that has its right name."""
    return [entry.verdict for entry in make_card(function).entries]
