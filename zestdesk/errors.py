"""The one kind of error that is meant for the person at the screen."""

__all__ = ["UserError"]


class UserError(Exception):
    """Something the user can mend: its text is one clear sentence that names the place and the mend.

    Everything that reads, checks or generates raises this (or a subclass) for bad input. The window shows the text
    in a dialog, the command prints it on stderr and exits with code 2. Any other exception is a defect.

    Attributes:
        message: the sentence.
        place: where, for example ``layers[3].path`` or a file's name; may be empty.
    """

    def __init__(self, message: str, place: str = "") -> None:
        super().__init__(message, place)
        self.message = message
        self.place = place

    def __str__(self) -> str:
        return f"{self.place}: {self.message}" if self.place else self.message

    def at(self, outer: str) -> "UserError":
        """Return the same error placed inside ``outer``: ``path`` at ``layers[3]`` becomes ``layers[3].path``."""
        return type(self)(self.message, f"{outer}.{self.place}" if self.place else outer)
