"""How much a submission may use before it is stopped."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Limits of one submission.

    Attributes
    ----------
    cell_seconds, call_seconds : float
        Wall time of one cell, and of one call of the student's function.
    notebook_seconds : float
        Wall time of everything together.
    memory_bytes : int
        Address space beyond what the warm process already has.
    file_bytes : int
        Size of a file that is written.
    processes : int
        Threads at once; new processes are refused.
    open_files : int
        Files that are open at once.
    output_characters : int
        Printed text of one cell that is read; the rest is dropped.
    """

    cell_seconds: float = 10.0
    call_seconds: float = 10.0
    notebook_seconds: float = 60.0
    memory_bytes: int = 2**30
    file_bytes: int = 64 * 2**20
    processes: int = 64
    open_files: int = 256
    output_characters: int = 2**20
