"""Each command, run as a process: what it prints where, and how it exits."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]


def test_build_says_on_standard_error_what_it_did(kg: Run, built: Path) -> None:
    done = kg("build", "articles", cwd=built)

    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.startswith("2 articles read, 0 new or changed: ")
    assert re.search(r"^ +1 phone call$", done.stderr, re.MULTILINE)
    assert "undated" in done.stderr


def test_explain_lists_refused_candidates_on_standard_output(kg: Run, built: Path) -> None:
    done = kg("build", "articles", "--explain", cwd=built)

    assert all(line.count("\t") == 5 for line in done.stdout.splitlines())


def test_options_go_before_what_the_text_says(kg: Run, built: Path, tmp_path: Path) -> None:
    article = built / "articles" / "harbour.txt"
    done = kg("build", article, "--title", "Other words", "--published", "2024-06", cwd=tmp_path)
    shown = kg("show", "Other words", cwd=tmp_path)

    assert done.returncode == 0
    assert "2024-06" in shown.stdout


def test_a_question_is_answered_in_order_of_time_as_tsv_in_a_pipe(kg: Run, built: Path) -> None:
    done = kg("query", "timeline", cwd=built)
    days = [line.split("\t")[0] for line in done.stdout.splitlines()[1:]]

    assert (done.returncode, done.stderr) == (0, "")
    assert days == sorted(days)
    assert "2024-05-01" in days


def test_a_parameter_narrows_the_answer(kg: Run, built: Path) -> None:
    done = kg("query", "timeline", "from=2024-05-02", "to=2024-05-02", cwd=built)

    assert [line.split("\t")[4] for line in done.stdout.splitlines()[1:]] == ["raid"]


def test_without_a_name_the_questions_are_listed(kg: Run, tmp_path: Path) -> None:
    done = kg("query", cwd=tmp_path)

    assert {"timeline", "actor", "claims", "evidence"} <= {
        line.split()[0] for line in done.stdout.splitlines()
    }


def test_show_prints_the_query_without_running_it(kg: Run, built: Path) -> None:
    done = kg("query", "timeline", "from=2024-05-02", "--show", cwd=built)

    assert '"2024-05-02"^^' in done.stdout


@pytest.mark.parametrize(("day", "code"), [("2024-05-02", 0), ("2030-01-01", 1)])
def test_exit_status_tells_whether_something_was_found(kg: Run, built: Path, day: str, code: int) -> None:
    assert kg("query", "timeline", f"from={day}", "-e", cwd=built).returncode == code


def test_an_empty_answer_is_fine_without_being_asked(kg: Run, built: Path) -> None:
    assert kg("query", "timeline", "from=2030-01-01", cwd=built).returncode == 0


def test_sparql_comes_from_standard_input(kg: Run, built: Path) -> None:
    done = kg("query", "--sparql", "-", cwd=built, given="ASK { ?s ?p ?o }")

    assert done.stdout == "answer\ntrue\n"


@pytest.mark.parametrize(
    ("ending", "reads"),
    [
        ("csv", lambda text: len(next(csv.reader(io.StringIO(text)))) == 6),
        ("tsv", lambda text: text.count("\t") >= 5),
        ("json", lambda text: "bindings" in json.loads(text)["results"]),
        ("md", lambda text: text.startswith("| earliest | latest |")),
    ],
)
def test_the_ending_of_the_output_names_the_format(
    kg: Run, built: Path, tmp_path: Path, ending: str, reads: Callable[[str], bool]
) -> None:
    output = tmp_path / f"out.{ending}"
    done = kg("query", "timeline", "-o", output, cwd=built)

    assert (done.returncode, done.stdout) == (0, "")
    assert reads(output.read_text(encoding="utf-8"))


def test_show_tells_what_a_thing_is(kg: Run, built: Path) -> None:
    done = kg("show", "Karl Ek", cwd=built)

    assert done.stdout.startswith("Karl Ek  <https://")
    assert "type: person" in done.stdout


def test_why_prints_each_claim_with_its_exact_words(kg: Run, built: Path) -> None:
    rows = kg("query", "timeline", "from=2024-03-04", "to=2024-03-04", cwd=built).stdout.splitlines()
    done = kg("why", rows[1].split("\t")[2], cwd=built)
    text = (built / "articles" / "harbour.txt").read_text(encoding="utf-8")
    quotes = re.findall(r"“([^“”]*)” (\d+)\.\.(\d+)", done.stdout)

    assert "agent: Karl Ek · asserted by Anna Berg · confidence" in done.stdout
    assert len(quotes) >= 4
    assert [text[int(a) : int(b)] for _, a, b in quotes] == [quote for quote, _, _ in quotes]


def test_an_ambiguous_label_lists_the_candidates(kg: Run, built: Path) -> None:
    done = kg("show", "Norway", cwd=built)

    assert (done.returncode, done.stdout) == (3, "")
    assert re.search(r"ambiguous; choose one of actor:\S+, place:\S+", done.stderr)


def test_validate_finds_a_built_store_valid(kg: Run, built: Path) -> None:
    done = kg("validate", cwd=built)

    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.startswith("0 violations")


def test_validate_says_what_is_wrong_with_a_file_and_exits_with_1(kg: Run, tmp_path: Path) -> None:
    (tmp_path / "bad.ttl").write_text(
        "@prefix kg: <https://w3id.org/kgnews/ns#> . <urn:x> a kg:Claim .", encoding="utf-8"
    )
    done = kg("validate", "bad.ttl", cwd=tmp_path)

    assert done.returncode == 1
    assert done.stdout.startswith("Violation: ")


@pytest.mark.parametrize("ending", ["ttl", "trig", "nq", "jsonld"])
def test_an_export_loads_and_exports_again(kg: Run, built: Path, tmp_path: Path, ending: str) -> None:
    first, again = tmp_path / f"a.{ending}", tmp_path / f"b.{ending}"
    kg("export", first, cwd=built)
    kg("load", first, cwd=tmp_path)
    done = kg("export", again, cwd=tmp_path)

    assert done.returncode == 0
    assert first.read_bytes() == again.read_bytes()


def test_an_export_of_one_article_leaves_the_other_out(kg: Run, built: Path) -> None:
    done = kg("export", "-", "--format", "turtle", "--article", "Finland demands an apology", cwd=built)

    assert "Gotland" in done.stdout
    assert "Karl Ek" not in done.stdout


def test_an_asserted_export_holds_no_inferred_graph(kg: Run, built: Path) -> None:
    whole = kg("export", "-", "--format", "nquads", cwd=built).stdout
    asserted = kg("export", "-", "--format", "nquads", "--asserted", cwd=built).stdout

    assert "graph/inferred>" in whole
    assert "graph/inferred>" not in asserted


def test_info_counts_what_the_store_holds(kg: Run, built: Path) -> None:
    facts = dict(line.split("\t") for line in kg("info", cwd=built).stdout.splitlines())

    assert facts["articles"] == "2"
    assert int(facts["events"]) >= 5


def test_a_project_overlays_what_is_shipped(kg: Run, tmp_path: Path) -> None:
    made = kg("init", "mine", cwd=tmp_path)
    tested = kg("test-event", "ontology/events/border-closure.ttl", cwd=tmp_path / "mine")
    text = "Latvia closed its border with Belarus on 2 May 2024."
    (tmp_path / "mine" / "articles" / "a.txt").write_text(text, encoding="utf-8")
    done = kg("build", "articles", cwd=tmp_path / "mine")

    assert (made.returncode, tested.returncode, done.returncode) == (0, 0, 0)
    assert "1 closing of a border" in done.stderr


def test_a_failing_example_is_told_in_words(kg: Run, tmp_path: Path) -> None:
    kg("init", "mine", cwd=tmp_path)
    file = tmp_path / "mine" / "ontology" / "events" / "border-closure.ttl"
    file.write_text(
        file.read_text(encoding="utf-8").replace('kg:target "Belarus"', 'kg:target "Estonia"'), "utf-8"
    )
    done = kg("test-event", file, cwd=tmp_path / "mine")

    assert done.returncode == 1
    assert 'target is "Belarus", not "Estonia"' in done.stdout


def test_the_bench_prints_the_figures_as_one_object(kg: Run, tmp_path: Path, evaluation: Path) -> None:
    folder = (evaluation / "article").resolve()
    done = kg("bench", "article", folder, "--json", "--predictions", "rows.jsonl", cwd=tmp_path)
    rows = [json.loads(line) for line in (tmp_path / "rows.jsonl").read_text("utf-8").splitlines()]

    assert set(json.loads(done.stdout)) >= {
        "main_all_right", "main", "requested_all_right", "requested", "found_typed", "events",
        "asserted_precision", "filler_precision", "context_as_actual", "ungrounded", "quotes_exact",
    }  # fmt: skip
    assert rows


@pytest.mark.parametrize(
    "args", [("nonsense",), ("query", "nonsense"), ("query", "timeline", "x"), ("export", "a.b")]
)
def test_wrong_usage_exits_with_2_and_prints_no_data(kg: Run, built: Path, args: tuple[str, ...]) -> None:
    done = kg(*args, cwd=built)

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr


def test_the_store_can_be_named_by_a_variable(kg: Run, built: Path, tmp_path: Path) -> None:
    done = kg("info", cwd=tmp_path, KG_STORE=str(built / "store"))

    assert "articles\t2\n" in done.stdout


def test_the_version_is_that_of_the_distribution(kg: Run, tmp_path: Path) -> None:
    assert re.fullmatch(r"kg, version \d+\.\d+\.\d+\n", kg("--version", cwd=tmp_path).stdout)


def test_a_reader_that_stops_early_is_no_error(command: list[str], built: Path) -> None:
    shell = f"{' '.join(command)} export - --format nquads | head -n 1; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", shell], cwd=built, capture_output=True, text=True, check=False)

    assert done.stdout.splitlines()[-1] == "0"
    assert "Traceback" not in done.stderr


def test_the_module_runs_as_the_command() -> None:
    done = subprocess.run([sys.executable, "-m", "kg", "--help"], capture_output=True, text=True, check=True)

    assert "Commands:" in done.stdout


def test_the_tests_of_a_project_run_with_validate(kg: Run, built: Path, tmp_path: Path) -> None:
    kg("init", "mine", cwd=tmp_path)
    test = "# Nobody is called Karl Ek.\nSELECT ?who { ?who ?name 'Karl Ek' } ORDER BY ?who\n"
    (tmp_path / "mine" / "tests" / "names.rq").write_text(test, encoding="utf-8")
    done = kg("validate", "--store", built / "store", cwd=tmp_path / "mine")

    assert done.returncode == 1
    assert done.stdout.startswith(
        "Violation: names.rq: Nobody is called Karl Ek. Found: who: Karl Ek (actor:"
    )


def test_a_test_that_is_no_sparql_is_told_with_its_file(kg: Run, built: Path, tmp_path: Path) -> None:
    kg("init", "mine", cwd=tmp_path)
    (tmp_path / "mine" / "tests" / "names.rq").write_text("SELECT", encoding="utf-8")
    done = kg("validate", "--store", built / "store", cwd=tmp_path / "mine")

    assert done.returncode == 3
    assert "names.rq: malformed SPARQL" in done.stderr


def test_only_some_rows_are_asked_for(kg: Run, built: Path) -> None:
    whole = kg("query", "timeline", cwd=built).stdout.splitlines()

    assert kg("query", "timeline", "--limit", "2", cwd=built).stdout.splitlines() == whole[:3]
    assert kg("query", "timeline", "--offset", "2", cwd=built).stdout.splitlines() == [whole[0], *whole[3:]]
    assert kg("query", "timeline", "--offset", "999", cwd=built).stdout.splitlines() == whole[:1]
    assert kg("query", "--sparql", "ASK {}", "--limit", "2", cwd=built).returncode == 2
