#!/usr/bin/env python3
"""Bring the translations up to date: every text of the window, and the files that the program loads.

    .venv/bin/python packaging/translations.py            collect the texts, keep what is translated, compile
    .venv/bin/python packaging/translations.py --check    say what is out of date or not translated, change nothing

Qt's own collector is not used: it does not know functions such as ``_tr`` that name their context themselves, nor the
sentences of errors, which are raised in English and translated where they are shown.
"""

import argparse
import ast
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape

import PySide6
from defusedxml import ElementTree

ROOT: Final = Path(__file__).resolve().parent.parent
SOURCES: Final = ROOT / "zestdesk"
FOLDER: Final = ROOT / "resources" / "translations"
LANGUAGES: Final = ("de",)

ERRORS: Final = "UserError"
"""Context of the sentences of errors."""

ELSEWHERE: Final = ("diorama", "evaluation", "render.py", "fetch.py", "__main__.py")
"""Where errors are raised that only the command line shows."""

Text = tuple[str, str]
"""Context and English text."""


class UntranslatableError(Exception):
    """A text that is put together before it is translated, so that no file can hold it."""


def collected(folder: Path = SOURCES) -> dict[Text, str]:
    """Return every text below a folder with the file that it is first found in.

    Raises:
        UntranslatableError: a call's text is no plain literal.
    """
    modules = {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(folder.rglob("*.py"))}
    names = {path: ".".join(path.relative_to(folder.parent).with_suffix("").parts) for path in modules}
    shared = {names[path]: _contexts(tree) for path, tree in modules.items()}
    found: dict[Text, str] = {}
    for path, tree in modules.items():
        shown = path.relative_to(folder).parts[0] not in ELSEWHERE
        collector = _Collector(
            path, shared[names[path]] | _imported(tree, shared), _constants(tree), errors_are_shown=shown
        )
        collector.visit(tree)
        for text in collector.found:
            found.setdefault(text, path.relative_to(folder.parent).as_posix())
    return found


def _constants(tree: ast.Module) -> dict[str, str]:
    """Return the module's names for plain texts."""
    found = {}
    for node in tree.body:
        target: ast.expr | None = node.target if isinstance(node, ast.AnnAssign) else None
        if isinstance(node, ast.Assign) and len(node.targets) == 1:
            target = node.targets[0]
        value = getattr(node, "value", None)
        if isinstance(target, ast.Name) and isinstance(value, ast.Constant) and isinstance(value.value, str):
            found[target.id] = value.value
    return found


def _contexts(tree: ast.Module) -> dict[str, str]:
    """Return the module's functions that only translate, with the context that they do it in."""
    constants, found = _constants(tree), {}
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and isinstance(node.body[-1], ast.Return):
            call = node.body[-1].value
            if isinstance(call, ast.Call) and _is_translate(call) and isinstance(call.args[1], ast.Name):
                context = _plain(call.args[0], constants)
                if context:
                    found[node.name] = context
    return found


def _imported(tree: ast.Module, shared: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """Return such functions that a module imports from others, by the names that it gives them."""
    found = {}
    for node in tree.body:
        if isinstance(node, ast.ImportFrom):
            theirs = shared.get(node.module or "", {})
            found.update({each.asname or each.name: theirs[each.name] for each in node.names if each.name in theirs})
    return found


def _is_translate(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Attribute) and ast.unparse(call.func) == "QCoreApplication.translate"


def _plain(node: ast.expr, constants: Mapping[str, str]) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    return constants.get(node.id, "") if isinstance(node, ast.Name) else ""


def _sentence_of(call: ast.Call) -> ast.expr | None:
    """Return the sentence of a call that makes an error, or marks a part of one."""
    function = call.func
    if isinstance(function, ast.Name) and function.id in {ERRORS, "sentence"} and call.args:
        return call.args[0]
    if isinstance(function, ast.Attribute) and function.attr == "error" and len(call.args) == 2:
        return call.args[1]  # of Fields; a log's first argument is its text
    return None


def _assigned(function: ast.FunctionDef, name: str) -> list[ast.expr]:
    """Return what a function assigns to a name."""
    found = [node for node in ast.walk(function) if isinstance(node, ast.Assign)]
    return [node.value for node in found if name in {each.id for each in node.targets if isinstance(each, ast.Name)}]


class _Collector(ast.NodeVisitor):
    """Finds the texts of one module."""

    def __init__(
        self, path: Path, contexts: Mapping[str, str], constants: Mapping[str, str], *, errors_are_shown: bool
    ) -> None:
        self._path, self._contexts, self._constants = path, contexts, constants
        self._errors_are_shown = errors_are_shown
        self._classes: list[str] = []
        self._functions: list[ast.FunctionDef] = []
        self.found: list[Text] = []

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        """Keep the class: its name is the context of ``self.tr``."""
        self._classes.append(node.name)
        self.generic_visit(node)
        self._classes.pop()

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        """Pass by the functions that only translate what they are given."""
        if not (node.name in self._contexts and not self._classes):
            self._functions.append(node)
            self.generic_visit(node)
            self._functions.pop()

    def visit_Call(self, node: ast.Call) -> None:
        """Take the texts of a call that translates."""
        function = node.func
        if _is_translate(node):
            context = _plain(node.args[0], self._constants)
            if context != ERRORS:  # their sentences are found where they are raised
                self._take(context, node.args[1])
        elif isinstance(function, ast.Name) and function.id in self._contexts:
            self._take(self._contexts[function.id], node.args[0])
        elif isinstance(function, ast.Attribute) and function.attr == "tr":
            if not isinstance(function.value, ast.Name) or function.value.id != "self" or not self._classes:
                raise UntranslatableError(f"{self._path}:{node.lineno}: nobody can know the class behind this call")
            self._take(self._classes[-1], node.args[0])
        elif self._errors_are_shown:
            sentence = _sentence_of(node)
            if sentence is not None:
                self._take_sentence(sentence)
        self.generic_visit(node)

    def _take_sentence(self, text: ast.expr) -> None:
        """Take the sentence of an error; what is translated already, or comes from elsewhere, is passed over."""
        if isinstance(text, ast.IfExp):
            self._take_sentence(text.body)
            self._take_sentence(text.orelse)
        elif isinstance(text, ast.Name):
            function = self._functions[-1] if self._functions else None
            for value in _assigned(function, text.id) if function else ():
                self._take_sentence(value)
        elif isinstance(text, ast.JoinedStr | ast.BinOp | ast.Attribute):
            raise UntranslatableError(
                f"{self._path}:{text.lineno}: write {{values}} in the sentence and give them by name, "
                "or use UserError.elsewhere"
            )
        elif isinstance(text, ast.Constant):
            self._take(ERRORS, text)

    def _take(self, context: str, text: ast.expr) -> None:
        if isinstance(text, ast.IfExp):
            self._take(context, text.body)
            self._take(context, text.orelse)
        elif context and isinstance(text, ast.Constant) and isinstance(text.value, str):
            self.found.append((context, text.value))
        else:
            raise UntranslatableError(f"{self._path}:{text.lineno}: {ast.unparse(text)} is no plain text")


def translated(path: Path) -> dict[Text, str]:
    """Return the finished translations of a ``.ts`` file; none where there is no file yet."""
    found: dict[Text, str] = {}
    if not path.exists():
        return found
    for context in ElementTree.parse(path).getroot().iter("context"):
        for message in context.iter("message"):
            translation = message.find("translation")
            if translation is not None and translation.get("type") is None and translation.text:
                found[context.findtext("name") or "", message.findtext("source") or ""] = translation.text
    return found


def ts_text(language: str, texts: Mapping[Text, str], done: Mapping[Text, str]) -> str:
    """Return the contents of a ``.ts`` file, in Qt Linguist's format.

    Args:
        language: its code.
        texts: what there is, with its file.
        done: what is translated; texts that are gone are left out.
    """
    lines = ['<?xml version="1.0" encoding="utf-8"?>', "<!DOCTYPE TS>"]
    lines.append(f'<TS version="2.1" language="{language}" sourcelanguage="en">')
    for context in sorted({context for context, _ in texts}):
        lines += ["<context>", f"    <name>{escape(context)}</name>"]
        for (_, text), file in sorted(item for item in texts.items() if item[0][0] == context):
            lines += ["    <message>", f'        <location filename="../../{file}"/>']
            lines.append(f"        <source>{escape(text)}</source>")
            translation = done.get((context, text))
            lines.append(
                f"        <translation>{escape(translation)}</translation>"
                if translation
                else '        <translation type="unfinished"></translation>'
            )
            lines.append("    </message>")
        lines.append("</context>")
    return "\n".join([*lines, "</TS>", ""])


def compiled(ts: Path) -> bytes:
    """Return what the program loads, made of a ``.ts`` file by Qt's ``lrelease``."""
    tool = Path(PySide6.__file__).parent / ("lrelease.exe" if sys.platform == "win32" else "lrelease")
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder, "out.qm")
        subprocess.run([tool, "-silent", ts, "-qm", out], check=True)
        return out.read_bytes()


def outdated(language: str, texts: Mapping[Text, str]) -> Iterator[str]:
    """Yield a sentence on everything that is not as it should be."""
    ts, qm = FOLDER / f"zestdesk_{language}.ts", FOLDER / f"zestdesk_{language}.qm"
    done = translated(ts)
    yield from (
        f"{language}: not translated: {context}: {text}"
        for context, text in sorted(texts)
        if (context, text) not in done
    )
    if not ts.exists() or ts.read_text(encoding="utf-8") != ts_text(language, texts, done):
        yield f"{language}: {ts.name} does not list the texts that there are"
    elif not qm.exists() or qm.read_bytes() != compiled(ts):
        yield f"{language}: {qm.name} is not made of {ts.name}"


def update(language: str, texts: Mapping[Text, str]) -> Iterable[str]:
    """Write both files of a language, and return what is left to be translated."""
    ts = FOLDER / f"zestdesk_{language}.ts"
    FOLDER.mkdir(exist_ok=True)
    ts.write_text(ts_text(language, texts, translated(ts)), encoding="utf-8", newline="\n")
    ts.with_suffix(".qm").write_bytes(compiled(ts))
    return outdated(language, texts)


def main() -> int:
    """Do what the command line asks for; the exit code is 1 where something is left to do."""
    parser = argparse.ArgumentParser(description="Bring the translations up to date.")
    parser.add_argument("--check", action="store_true", help="only say what is out of date")
    options = parser.parse_args()
    try:
        texts = collected()
    except UntranslatableError as error:
        print(error, file=sys.stderr)
        return 1
    left = [line for code in LANGUAGES for line in (outdated if options.check else update)(code, texts)]
    print("\n".join(left) or f"{len(texts)} texts, all translated.")
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
