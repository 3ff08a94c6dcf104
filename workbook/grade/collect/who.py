"""What a platform calls a student."""

from dataclasses import dataclass

from workbook.course.text import printable
from workbook.grade.collect.names import short_hash


@dataclass(frozen=True)
class Who:
    """What a platform calls a student.

    Attributes
    ----------
    student : str
        A user name.
    tail : str
        A text that ends with the user name; the name of the assignment is before it.
    id : str
        The platform's own identifier, which stays the same.
    number : str
        A number that only tells students apart; it counts where there is neither of these.
    name, email : str
        Name and address.
    claimed : bool
        Whether only the work itself says that it is of this student.
    """

    student: str = ""
    tail: str = ""
    id: str = ""
    number: str = ""
    name: str = ""
    email: str = ""
    claimed: bool = False

    @property
    def shown(self) -> str:
        """The student as messages name them."""
        named = self.name or self.student or self.email or self.id or self.tail
        return printable(named or f"submission {self.number}")

    @property
    def mark(self) -> str:
        """What tells the student from another of the same name."""
        return self.id or self.number or short_hash(repr(self))
