"""`python -m workbook.cli`: the command `workbook`."""

from workbook.cli import main

if __name__ == "__main__":
    main()
