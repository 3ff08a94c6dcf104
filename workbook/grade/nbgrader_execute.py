"""nbgrader's own ``Execute``, with a confined kernel, for assignments that are nbgrader's alone."""

from typing import Any

from nbgrader.converters import Autograde
from nbgrader.converters.base import NbGraderException
from nbgrader.preprocessors import Execute

from workbook.grade.sandbox.kernel import ConfinedKernelManager


class ConfinedExecute(Execute):  # type: ignore[misc]
    """Runs a notebook in a confined kernel."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(kernel_manager_class=ConfinedKernelManager, **kwargs)

    def create_kernel_manager(self) -> Any:
        """Return a manager of a kernel, with this course's limits."""
        manager = super().create_kernel_manager()
        # The exporter holds its preprocessors.
        manager.limits, manager.written = self.parent.limits, self.parent.written
        return manager


def use_own_preprocessors(converter: Any, confined: bool) -> None:
    """Let a converter use the preprocessors of an nbgrader that nobody has configured.

    Parameters
    ----------
    converter : nbgrader.converters.Autograde
        The converter.
    confined : bool
        Whether the notebooks run in a confined kernel.
    """
    traits = Autograde.class_traits()
    for name in ("sanitize_preprocessors", "autograde_preprocessors"):
        own = traits[name].default(converter)
        chosen = [ConfinedExecute if one is Execute and confined else one for one in own]
        setattr(converter, name, chosen)


def check_allowed(exporter: Any, assignment: str) -> bool:
    """Return whether an assignment's notebooks run confined; stop where they may not run at all.

    Raises
    ------
    NbGraderException
        If nothing here confines them, and the settings do not allow them to run unconfined.
    """
    if assignment in exporter.unconfined_assignments:
        exporter.log.warning(
            "%s runs with your own rights, as nbgrader_config.py allows: its code can read your "
            "files, change the gradebook, and use the network",
            assignment,
        )
        return False
    if exporter.layers.bubblewrap:
        return True
    text = (
        f"{assignment} is not one of the workbook's assignments: nbgrader runs its notebooks in a "
        "kernel, which only bubblewrap can confine, and here it does not work (`workbook doctor` "
        "says why). To run them anyway, with your own rights, add to nbgrader_config.py:\n"
        f'    c.SubmissionExporter.unconfined_assignments = ["{assignment}"]'
    )
    exporter.log.error(text)
    raise NbGraderException(text)
