"""The plug-in of ``nbgrader zip_collect``: reads the times that platforms write into names."""

from datetime import UTC
from pathlib import Path

from nbgrader.plugins import FileNameCollectorPlugin

from workbook.grade.submissions.timestamps import TimezoneError, time_named, zone_of_names


class PlatformCollector(FileNameCollectorPlugin):  # type: ignore[misc]
    """Finds student, file and time in a path, by the setting ``named_regexp``.

    nbgrader would read 2026-02-01-09-30-00 as nine o'clock.
    """

    def collect(self, submitted_file: str) -> dict[str, str | None] | None:
        """Return what a path says, with its time converted to UTC."""
        found: dict[str, str | None] | None = super().collect(submitted_file)
        time = time_named((found or {}).get("timestamp") or "")
        if found and time:
            try:
                zone = zone_of_names(Path(self.parent.coursedir.root))
            except TimezoneError as error:
                self.parent.fail("%s", error)
            time = time.replace(tzinfo=zone).astimezone(UTC)
            found["timestamp"] = f"{time:%Y-%m-%d %H:%M:%S}"
        return found
