"""What the documents for developers name exists: files, folders, functions and classes."""

import ast
import re

import pytest

from tests.project_files import ROOT

DOCUMENTS = ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md")
_PATH = re.compile(r"`((?:graph|loaders|queries|app|tests|docs|bench)/[\w./-]*)(?::(\w+))?`")
_LINK = re.compile(r"\]\(([^)#:]+)\)")


def _defined(text: str) -> set[str]:
    """The names that a module defines at its top level."""
    names: set[str] = set()
    for node in ast.parse(text).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Assign):
            names |= {target.id for target in node.targets if isinstance(target, ast.Name)}
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            names.add(node.target.id)
    return names


@pytest.mark.parametrize("document", DOCUMENTS)
def test_what_a_document_names_exists(document: str) -> None:
    text = (ROOT / document).read_text("utf-8")
    missing = []
    for path, name in _PATH.findall(text):
        file = ROOT / path
        if not file.exists():
            missing.append(path)
        elif name and name not in _defined(file.read_text("utf-8")):
            missing.append(f"{path}:{name}")
    missing += [link for link in _LINK.findall(text) if not (ROOT / link).exists()]
    assert missing == []
