"""Small enough to love."""

import ast

import pytest
from django.conf import settings

from tests.house.test_arrows import sources

LONGEST_FUNCTION, LONGEST_FILE, LONGEST_TEMPLATE, LONGEST_ELEMENT, MOST_ARGUMENTS = 40, 300, 80, 100, 5


@pytest.mark.parametrize("path", sources(), ids=str)
def test_files_and_functions_stay_small(path):
    text = path.read_text()
    if "demo" not in path.parts:
        assert text.count("\n") <= LONGEST_FILE, f"{path} is longer than {LONGEST_FILE} lines"
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or 0) - node.lineno + 1
            assert length <= LONGEST_FUNCTION, f"{path.name}: {node.name} has {length} lines"
            arguments = [a.arg for a in node.args.posonlyargs + node.args.args + node.args.kwonlyargs]
            arguments = [a for a in arguments if a not in {"self", "cls", "request"}]
            assert len(arguments) <= MOST_ARGUMENTS, f"{path.name}: {node.name} takes {len(arguments)} arguments"


@pytest.mark.parametrize("path", sorted((settings.BASE_DIR / "templates").rglob("*.html")), ids=str)
def test_templates_stay_small(path):
    assert path.read_text().count("\n") <= LONGEST_TEMPLATE, path


@pytest.mark.parametrize("path", sorted((settings.BASE_DIR / "static/js").rglob("*.js")), ids=str)
def test_scripts_stay_small(path):
    assert path.read_text().count("\n") <= LONGEST_ELEMENT, path
