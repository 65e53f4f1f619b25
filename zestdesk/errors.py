"""The one kind of error that is meant for the person at the screen."""

from typing import Self

__all__ = ["Sentence", "UserError", "sentence"]


class UserError(Exception):
    """Something the user can mend: its text is one clear sentence that names the place and the mend.

    Everything that reads, checks or generates raises this (or a subclass) for bad input. The window shows the text
    in a dialog, the command prints it on stderr and exits with code 2. Any other exception is a defect.

    What a sentence says of the case at hand goes in as named values, so that the window can say it in another language:
    ``UserError("The text has {count} tokens.", "prompt", count=9)``. A value may be such an error itself, of which the
    message counts, or a :class:`Sentence`.

    Attributes:
        message: the sentence, in English.
        place: where, for example ``layers[3].path`` or a file's name; may be empty.
        template: the sentence with its values left out.
        values: what belongs in there; empty where the template is the sentence.
    """

    message: str

    def __init__(self, message: str, place: str = "", **values: object) -> None:
        self.template, self.values = message, values
        said = {name: value.message if isinstance(value, UserError) else value for name, value in values.items()}
        self.message = message.format(**said) if values else message
        self.place = place
        super().__init__(self.message, place)

    def __str__(self) -> str:
        return f"{self.place}: {self.message}" if self.place else self.message

    def at(self, outer: str) -> Self:
        """Return the same error placed inside ``outer``: ``path`` at ``layers[3]`` becomes ``layers[3].path``."""
        return self.elsewhere(f"{outer}.{self.place}" if self.place else outer)

    def within(self, file: str) -> Self:
        """Return the same error placed in a file: ``path`` in ``a.json`` becomes ``a.json: path``."""
        return self.elsewhere(f"{file}: {self.place}" if self.place else file)

    def elsewhere(self, place: str) -> Self:
        """Return the same error at another place, without traceback and cause."""
        return type(self)(self.template, place, **self.values)


class Sentence(str):
    """A text for people, a whole sentence or a part of one, that the window can say in another language."""

    __slots__ = ()


def sentence(text: str) -> Sentence:
    """Return a text that is part of a :class:`UserError` raised elsewhere; translators find it by this call."""
    return Sentence(text)
