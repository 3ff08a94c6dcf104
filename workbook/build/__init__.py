"""From plain text to notebooks and to the data of the visible checks."""
