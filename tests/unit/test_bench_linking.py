"""Gold mentions of events are read from CAT XML and linked within their topic."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.bench.linking import VALIDATED, figures, score_corpora, score_ecb, table
from kg.bench.mentions import read_mentions
from kg.cli.benches import bench
from kg.errors import ReadError
from kg.extraction import Reader

QUAKE = ("A quake shook Arnby on Monday .", "The quake killed two people in Arnby .")
OTHER = ("A quake shook Lund , Sudland said .", "Sudland sent tents to Lund after the quake .")


def cat(
    path: Path,
    sentences: Iterable[str],
    marks: Iterable[tuple[str, str, int]],
    shared: str = "CROSS_DOC_COREF",
) -> None:
    """Write a file: each mark is (word, instance, how many times the word stood before)."""
    words = [(word, n) for n, sentence in enumerate(sentences) for word in sentence.split()]
    tokens = "".join(
        f'<token t_id="{i}" sentence="{n}" number="{i}">{word}</token>' for i, (word, n) in enumerate(words)
    )
    mentions, targets, links = "", "", ""
    for m, (word, instance, before) in enumerate(marks):
        at = [i for i, (w, _) in enumerate(words) if w == word][before]
        tag = "EVENT_MENTION" if shared == "REFERS_TO" else "ACTION_OCCURRENCE"
        mentions += f'<{tag} m_id="{m}"><token_anchor t_id="{at}"/></{tag}>'
        if instance:
            named = f' instance_id="{instance}"' if shared != "INTRA_DOC_COREF" else ""
            targets += f'<ACTION_OCCURRENCE m_id="1{m}" TAG_DESCRIPTOR="x"{named}/>'
            ends = f'<source m_id="{m}"/><target m_id="1{m}"/>'
            links += f'<{shared} r_id="{m}">{ends}</{shared}>'
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        f"<Document doc_name='{path.name}'>{tokens}<Markables>{mentions}{targets}</Markables>"
        f"<Relations>{links}</Relations></Document>",
        encoding="utf-8",
    )


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "ecb"
    marks = [("quake", "ACT1", 0), ("quake", "ACT1", 1), ("killed", "", 0)]
    cat(folder / "1" / "1_1ecb.xml", QUAKE, marks)
    cat(folder / "1" / "1_2ecb.xml", QUAKE, marks)
    cat(folder / "2" / "2_1ecbplus.xml", QUAKE, [("quake", "ACT2", 0), ("quake", "ACT2", 1)])
    return folder


def test_mentions_of_one_instance_are_one_event_in_every_file(corpus: Path) -> None:
    one, other = (read_mentions(corpus / "1" / name, "1") for name in ("1_1ecb.xml", "1_2ecb.xml"))

    assert one.mentions[0].instance == other.mentions[1].instance


def test_a_mention_without_a_relation_is_its_own_event(corpus: Path) -> None:
    one, other = (read_mentions(corpus / "1" / name, "1") for name in ("1_1ecb.xml", "1_2ecb.xml"))

    assert one.mentions[2].instance != other.mentions[2].instance


def test_coreference_inside_a_file_stays_inside_it(tmp_path: Path) -> None:
    for name in ("1_1ecb.xml", "1_2ecb.xml"):
        cat(tmp_path / name, QUAKE, [("quake", "x", 0)], "INTRA_DOC_COREF")
    one, other = (read_mentions(tmp_path / name, "1") for name in ("1_1ecb.xml", "1_2ecb.xml"))

    assert one.mentions[0].instance != other.mentions[0].instance


def test_topics_are_linked_each_alone(corpus: Path, reader: Reader) -> None:
    found = score_ecb(corpus, reader)

    assert all(len({report.split("/")[0] for report in group}) == 1 for group in found.clusters)


def test_the_same_quake_in_two_articles_is_one_event(corpus: Path, reader: Reader) -> None:
    given = figures(score_ecb(corpus, reader))

    assert (given["merge_precision"], given["merge_recall"], given["coref_events"]) == (
        pytest.approx(0.9, abs=0.11),
        1.0,
        4,
    )


def test_two_stories_of_one_topic_stay_apart(tmp_path: Path, reader: Reader) -> None:
    for n in (1, 2):
        cat(tmp_path / "1" / f"1_{n}ecb.xml", QUAKE, [("quake", "ACT1", 0)])
        cat(tmp_path / "1" / f"1_{n}ecbplus.xml", OTHER, [("quake", "ACT2", 0)])
    given = figures(score_ecb(tmp_path, reader))

    assert (given["merge_precision"], given["merge_recall"], given["lemma_conll_f1"] < 1) == (1.0, 1.0, True)


def test_only_validated_sentences_count_where_they_are_listed(corpus: Path, reader: Reader) -> None:
    listed = "Topic,File,Sentence Number\n1,1ecb,0\n1,2ecb,0\n"
    (corpus.parent / VALIDATED).write_text(listed, encoding="utf-8")

    assert figures(score_ecb(corpus, reader))["coref_mentions"] == 2


def test_a_folder_without_files_is_told(tmp_path: Path, reader: Reader) -> None:
    with pytest.raises(ReadError, match="no topic folders"):
        score_ecb(tmp_path, reader)


def test_corpora_of_meantime_are_found_by_their_folder(tmp_path: Path, reader: Reader) -> None:
    folder = tmp_path / "corpus_x" / "intra_cross-doc_annotation"
    cat(folder / "1_a.xml", QUAKE, [("quake", "OTH1", 0), ("quake", "OTH1", 1)], "REFERS_TO")
    found = score_corpora(tmp_path, reader)

    assert found is not None
    assert figures(found)["coref_events"] == 1


def test_without_marks_across_files_there_is_nothing_to_score(tmp_path: Path, reader: Reader) -> None:
    assert score_corpora(tmp_path, reader) is None


def test_a_wrong_link_is_told_with_its_reasons(tmp_path: Path, reader: Reader) -> None:
    for n in (1, 2):
        cat(tmp_path / "1" / f"1_{n}ecb.xml", QUAKE, [("quake", f"ACT{n}", 0)])

    assert "wrong\tquake\tquake\tstory" in table(score_ecb(tmp_path, reader))


def test_half_of_the_files_may_be_scored(tmp_path: Path, reader: Reader) -> None:
    folder = tmp_path / "corpus_x" / "intra_cross-doc_annotation"
    for name in ("1_a.xml", "2_b.xml"):
        cat(folder / name, QUAKE, [("quake", "OTH1", 0)], "REFERS_TO")
    found = score_corpora(tmp_path, reader, slice(1, None, 2))

    assert found is not None
    assert [m.account.article for m in found.mentions] == ["corpus_x/2_b"]


def test_the_command_prints_the_figures_as_one_object(corpus: Path) -> None:
    done = CliRunner().invoke(bench, ["ecb", str(corpus), "--json"])

    assert {"coref_conll_f1", "merge_precision"} <= json.loads(done.stdout).keys()
