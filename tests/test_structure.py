"""Rules of structure: no cycles, small folders and files, unique class names, people are "they"."""

import ast
import re
import subprocess
from collections import Counter
from graphlib import TopologicalSorter
from pathlib import Path
from statistics import median

import grimp
import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("service", "workers", "models")
GRAPH = grimp.build_graph(*PACKAGES)
FILES = [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]
TREES = {path: ast.parse(path.read_text("utf-8")) for path in FILES}
FUNCTIONS = [
    (f"{path.relative_to(ROOT)}:{node.name}", (node.end_lineno or node.lineno) - node.lineno + 1)
    for path, tree in TREES.items()
    for node in ast.walk(tree)
    if isinstance(node, ast.FunctionDef)
]
MOST_MODULES = 20
# Nouns of the field: lists of words, whatever their number.
WORDS = ROOT / "service" / "domain"
LONGEST_FILE, LONGEST_FUNCTION = 300, 40
USUAL_FILE, USUAL_FUNCTION = 80, 6
# Shapes are seen by programs, so they have the names of the things that they show.
PROSE = (".py", ".md", ".html", ".js", ".lua", ".css", ".toml")
# The changelog is history, the licence is not ours, and the demo's people are characters.
NOT_OURS = ("CHANGELOG.md", "LICENSE", "service/demo/", "service/web/templates/demo/")
NOT_OURS += ("tests/test_structure.py",)
# "he" in quotes is Hebrew.
GENDERED = re.compile(r"(?<!\")\b(?:he|him|his|himself)\b", re.IGNORECASE)


def lines(path):
    return len(path.read_text("utf-8").splitlines())


def test_no_module_imports_itself_around_a_corner():
    imports = {module: GRAPH.find_modules_directly_imported_by(module) for module in GRAPH.modules}
    assert list(TopologicalSorter(imports).static_order())


@pytest.mark.parametrize("package", sorted(filter(GRAPH.find_children, GRAPH.modules)))
def test_no_room_imports_itself_around_a_corner(package):
    rooms = GRAPH.find_children(package)
    inside = {module: room for room in rooms for module in (room, *GRAPH.find_descendants(room))}
    imports = {room: set() for room in rooms}
    for module, room in inside.items():
        imported = map(inside.get, GRAPH.find_modules_directly_imported_by(module))
        imports[room] |= {other for other in imported if other not in (None, room)}
    assert list(TopologicalSorter(imports).static_order())


@pytest.mark.parametrize(
    "room", sorted({path.parent for path in FILES} - {WORDS}), ids=lambda p: str(p.name)
)
def test_a_room_is_no_hall(room):
    modules = [path for path in room.glob("*.py") if path.name != "__init__.py"]
    assert len(modules) <= MOST_MODULES


def test_files_are_short():
    assert not {str(path): lines(path) for path in FILES if lines(path) > LONGEST_FILE}
    assert median(lines(path) for path in FILES if path.name != "__init__.py") <= USUAL_FILE


def test_functions_are_short():
    assert not [name for name, length in FUNCTIONS if length > LONGEST_FUNCTION]
    assert median(length for _, length in FUNCTIONS) <= USUAL_FUNCTION


def test_no_two_classes_have_one_name():
    names = Counter(
        node.name
        for path, tree in TREES.items()
        if not path.name.endswith("shapes.py")
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
    )
    assert not {name for name, count in names.items() if count > 1}


def test_people_are_they():
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True)
    paths = listed.stdout.splitlines() or [str(p.relative_to(ROOT)) for p in FILES]
    ours = [
        n
        for n in paths
        if n.endswith(PROSE) and not n.startswith((*NOT_OURS, "tests/test_structure.py"))
    ]
    offences = [
        f"{name}:{number}: {line.strip()}"
        for name in ours
        if (ROOT / name).exists()
        for number, line in enumerate((ROOT / name).read_text("utf-8").splitlines(), 1)
        if GENDERED.search(line)
    ]
    assert not offences
