"""Find where a wrong answer goes wrong, and how, if no known mistake explains it."""
