"""Places in a text: Python counts code points, Qt counts UTF-16 units, of which an emoji has two."""

__all__ = ["qt_index", "qt_length", "text_index"]


def qt_length(text: str) -> int:
    """Return a text's length as Qt counts it."""
    return len(text) + sum(letter > "\uffff" for letter in text)


def qt_index(text: str, index: int) -> int:
    """Return Qt's place of Python's ``index`` in a text."""
    return qt_length(text[:index])


def text_index(text: str, index: int) -> int:
    """Return Python's place of Qt's ``index`` in a text; between the two halves of an emoji, that before it."""
    low = text.encode("utf-16-le", "surrogatepass")[: 2 * index]
    return len(low.decode("utf-16-le", "ignore"))
