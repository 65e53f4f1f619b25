"""Translations: every text is in the files, everything is translated, and what is filled in stays what it is."""

import importlib.util
import re
import string
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtCore import QTranslator

from zestdesk.ui.languages import LANGUAGES, SOURCE

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("translations", ROOT / "packaging" / "translations.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def texts(script: ModuleType) -> dict[tuple[str, str], str]:
    return script.collected()


def test_what_is_offered_is_what_is_translated(script: ModuleType) -> None:
    assert set(LANGUAGES) == {SOURCE, *script.LANGUAGES}


@pytest.mark.parametrize("code", [code for code in LANGUAGES if code != SOURCE])
def test_files_are_complete_and_up_to_date(script: ModuleType, texts: dict[tuple[str, str], str], code: str) -> None:
    # Otherwise: run packaging/translations.py, translate what it lists, run it again.
    assert list(script.outdated(code, texts)) == []


@pytest.mark.parametrize("code", [code for code in LANGUAGES if code != SOURCE])
def test_the_program_gets_every_translation(script: ModuleType, code: str) -> None:
    done = script.translated(script.FOLDER / f"zestdesk_{code}.ts")
    translator = QTranslator()
    assert translator.load(f"zestdesk_{code}", str(script.FOLDER))
    assert {key: translator.translate(*key) for key in done} == done


def fields(text: str) -> set[str]:
    names = {name for _, name, _, _ in string.Formatter().parse(text) if name and name.isidentifier()}
    return names | set(re.findall(r"%[1-9]", text))


@pytest.mark.parametrize("code", [code for code in LANGUAGES if code != SOURCE])
def test_translations_keep_places_and_shape(script: ModuleType, code: str) -> None:
    for (context, text), translation in script.translated(script.FOLDER / f"zestdesk_{code}.ts").items():
        where = (context, text, translation)
        assert fields(translation) == fields(text), where
        assert translation.endswith("…") == text.endswith("…"), where
        assert translation.count("\n") == text.count("\n"), where
        assert (translation[:1] == " ") == (text[:1] == " "), where
        assert translation.count(";;") == text.count(";;"), where
        assert set(re.findall(r"\*\.\w+", translation)) == set(re.findall(r"\*\.\w+", text)), where


@pytest.mark.parametrize("code", [code for code in LANGUAGES if code != SOURCE])
def test_menus_have_one_mnemonic_at_most(script: ModuleType, code: str) -> None:
    for (_, text), translation in script.translated(script.FOLDER / f"zestdesk_{code}.ts").items():
        assert translation.replace("&&", "").count("&") <= 1, translation
        assert not ("&" in text and "&" not in translation), (text, translation)


def write(folder: Path, text: str) -> Path:
    package = folder / "package"
    package.mkdir()
    (package / "texts.py").write_text(
        "from PySide6.QtCore import QCoreApplication\n"
        'WHERE = "Place"\n'
        "def tr(text):\n    return QCoreApplication.translate(WHERE, text)\n",
        encoding="utf-8",
    )
    (package / "uses.py").write_text(text, encoding="utf-8")
    return package


def test_every_way_to_translate_is_found(script: ModuleType, tmp_path: Path) -> None:
    package = write(
        tmp_path,
        "from package.texts import tr as told\n"
        "from PySide6.QtCore import QCoreApplication\n"
        "class Panel:\n"
        "    def show(self, one):\n"
        '        def later():\n            return self.tr("a")\n'
        '        return self.tr("b" if one else "c" "d"), told("e"), QCoreApplication.translate("Other", "f")\n',
    )
    assert sorted(script.collected(package)) == [
        ("Other", "f"), ("Panel", "a"), ("Panel", "b"), ("Panel", "cd"), ("Place", "e"),
    ]  # fmt: skip


def test_sentences_of_errors_are_found_where_they_are_raised(script: ModuleType, tmp_path: Path) -> None:
    package = write(
        tmp_path,
        "from package.texts import tr as told\n"
        "class Reader:\n"
        "    def read(self, one, given, fields):\n"
        '        raise UserError("a {x}" if one else "b", "place", x=1)\n'
        "    def other(self, one, given, fields):\n"
        '        text = "c" "d"\n'
        "        raise UserError(text)\n"
        "    def third(self, one, given, fields):\n"
        '        fields.error("key", "e"), log.error("not this"), UserError(given)\n'
        '        UserError(told("f")), sentence("g")\n',
    )
    (package / "render.py").write_text('raise UserError(f"only {on} the command line")\n', encoding="utf-8")
    found = script.collected(package)
    assert sorted(found) == [("Place", "f"), *(("UserError", text) for text in ("a {x}", "b", "cd", "e", "g"))]


@pytest.mark.parametrize(
    "line",
    ['UserError(f"{one} more")', 'UserError("a" + one)', "UserError(error.message)", 'self.error("x", f"{one}")'],
)
def test_errors_that_no_file_can_hold_are_refused(script: ModuleType, tmp_path: Path, line: str) -> None:
    package = write(tmp_path, f"class Reader:\n    def read(self, one, error):\n        raise {line}\n")
    with pytest.raises(script.UntranslatableError, match="by name"):
        script.collected(package)


@pytest.mark.parametrize(
    "line", ['self.tr(f"{one} more")', 'self.tr("a" + one)', "self.tr(one)", 'one.tr("a")', "told(one)"]
)
def test_texts_that_no_file_can_hold_are_refused(script: ModuleType, tmp_path: Path, line: str) -> None:
    package = write(
        tmp_path,
        f"from package.texts import tr as told\nclass Panel:\n    def show(self, one):\n        return {line}\n",
    )
    with pytest.raises(script.UntranslatableError, match=r"uses\.py"):
        script.collected(package)


def test_markup_and_quotes_survive(script: ModuleType, tmp_path: Path) -> None:
    text = 'a < b & "c" > d “e” 👩‍🚀'
    file = tmp_path / "zestdesk_xx.ts"
    file.write_text(script.ts_text("xx", {("C", text): "c.py"}, {("C", text): text}), encoding="utf-8")
    assert script.translated(file) == {("C", text): text}
    qm = tmp_path / "zestdesk_xx.qm"
    qm.write_bytes(script.compiled(file))
    translator = QTranslator()
    assert translator.load(str(qm))
    assert translator.translate("C", text) == text


def test_what_is_gone_is_dropped_and_what_is_new_is_unfinished(script: ModuleType, tmp_path: Path) -> None:
    file = tmp_path / "zestdesk_xx.ts"
    file.write_text(script.ts_text("xx", {("C", "new"): "c.py"}, {("C", "old"): "alt"}), encoding="utf-8")
    assert "old" not in file.read_text(encoding="utf-8")
    assert script.translated(file) == {}
    assert 'type="unfinished"' in file.read_text(encoding="utf-8")
