"""Show one training step with real numbers: the same as ``workbook flow``, options included.

``python3 visualize_flow.py --help`` lists them. It takes the notebooks around the current folder,
or else the reference solutions.
"""

import sys


def main() -> None:
    """Run the command, or without its packages what the library can do alone."""
    try:
        import click  # noqa: F401
        import rich  # noqa: F401

        from workbook.cli.learn import flow as command
    except ModuleNotFoundError as error:
        if error.name not in ("click", "rich"):
            sys.exit(f"This needs {error.name}: run `pip install -e .` in the folder of this file.")
        if sys.argv[1:]:
            sys.exit(
                f"Options need {error.name}: run `pip install -e .` in the folder of this file. "
                "Without options, NumPy and matplotlib are enough."
            )
        from workbook import flow

        flow()
    else:
        command(prog_name="python3 visualize_flow.py")


if __name__ == "__main__":
    main()
