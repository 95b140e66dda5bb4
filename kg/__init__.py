"""kg: news articles in, a knowledge graph that can be trusted out.

    >>> import kg
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder, kg.Store.memory() as store:
    ...     path = Path(folder, "news.txt")
    ...     _ = path.write_text("Police raided a warehouse in Oslo on 2 May 2024.", encoding="utf-8")
    ...     (built,) = kg.build([path], store)
    ...     print(kg.render_answer(kg.ask(store, "timeline"), "tsv").splitlines()[1].split("\\t")[:2])
    ['2024-05-02', '2024-05-02']

Every public name is listed here and imported when it is first asked for, so that `import kg`
costs next to nothing. `docs/api.md` shows them at work.
"""

from __future__ import annotations

TYPE_CHECKING = False  # what type checkers take for true; the typing module is slow to import

if TYPE_CHECKING:
    from kg.api import (
        build,
        build_shards,
        check_event_file,
        compare,
        export_store,
        find_thing,
        import_actors,
        load_file,
        load_kit,
        load_knowledge,
        load_shards,
        validate_files,
        validate_store,
    )
    from kg.bench.article import score as score_article
    from kg.bench.articles import score_articles
    from kg.bench.coverage import coverage as score_coverage
    from kg.bench.petrarch import score_petrarch
    from kg.bench.sentences import score_sentences
    from kg.binding import choices as query_choices
    from kg.commit import Knowledge, rebuild, retract
    from kg.decisions import correct, merge, purge, reject, split
    from kg.diff import diff_text as differences_text
    from kg.errors import KgError
    from kg.export import ExportChoice
    from kg.grounds import why_fact, why_fact_text
    from kg.info import info_text as store_info
    from kg.model import Article
    from kg.plan import plan as query_plan
    from kg.project import find_project, init_project
    from kg.query import ask as run_sparql
    from kg.query import run as run_query
    from kg.questions import ask, query_help, query_text, saved_queries, saved_query
    from kg.read import find_articles
    from kg.read import read as read_article
    from kg.render import render as render_answer
    from kg.scanning import fsck
    from kg.show import show as describe
    from kg.show import show_text as describe_text
    from kg.show import why, why_text
    from kg.sidecar import Metadata
    from kg.store import Store
    from kg.summary import summary as summarise

__all__ = [
    "Article",
    "ExportChoice",
    "KgError",
    "Knowledge",
    "Metadata",
    "Store",
    "ask",
    "build",
    "build_shards",
    "check_event_file",
    "compare",
    "correct",
    "describe",
    "describe_text",
    "differences_text",
    "export_store",
    "find_articles",
    "find_project",
    "find_thing",
    "fsck",
    "import_actors",
    "init_project",
    "load_file",
    "load_kit",
    "load_knowledge",
    "load_shards",
    "merge",
    "purge",
    "query_choices",
    "query_help",
    "query_plan",
    "query_text",
    "read_article",
    "rebuild",
    "reject",
    "render_answer",
    "retract",
    "run_query",
    "run_sparql",
    "saved_queries",
    "saved_query",
    "score_article",
    "score_articles",
    "score_coverage",
    "score_petrarch",
    "score_sentences",
    "split",
    "store_info",
    "summarise",
    "validate_files",
    "validate_store",
    "why",
    "why_fact",
    "why_fact_text",
    "why_text",
]

_PUBLIC = {
    "ExportChoice": ("kg.export", "ExportChoice"),
    "find_thing": ("kg.api", "find_thing"),
    "split": ("kg.decisions", "split"),
    "retract": ("kg.commit", "retract"),
    "reject": ("kg.decisions", "reject"),
    "rebuild": ("kg.commit", "rebuild"),
    "purge": ("kg.decisions", "purge"),
    "merge": ("kg.decisions", "merge"),
    "why_fact_text": ("kg.grounds", "why_fact_text"),
    "why_fact": ("kg.grounds", "why_fact"),
    "differences_text": ("kg.diff", "diff_text"),
    "correct": ("kg.decisions", "correct"),
    "compare": ("kg.api", "compare"),
    "Knowledge": ("kg.commit", "Knowledge"),
    "ask": ("kg.questions", "ask"),
    "build": ("kg.api", "build"),
    "build_shards": ("kg.api", "build_shards"),
    "check_event_file": ("kg.api", "check_event_file"),
    "describe": ("kg.show", "show"),
    "describe_text": ("kg.show", "show_text"),
    "export_store": ("kg.api", "export_store"),
    "find_articles": ("kg.read", "find_articles"),
    "fsck": ("kg.scanning", "fsck"),
    "find_project": ("kg.project", "find_project"),
    "import_actors": ("kg.api", "import_actors"),
    "init_project": ("kg.project", "init_project"),
    "load_file": ("kg.api", "load_file"),
    "load_kit": ("kg.api", "load_kit"),
    "load_knowledge": ("kg.api", "load_knowledge"),
    "load_shards": ("kg.api", "load_shards"),
    "query_choices": ("kg.binding", "choices"),
    "query_help": ("kg.questions", "query_help"),
    "query_plan": ("kg.plan", "plan"),
    "query_text": ("kg.questions", "query_text"),
    "read_article": ("kg.read", "read"),
    "render_answer": ("kg.render", "render"),
    "run_query": ("kg.query", "run"),
    "run_sparql": ("kg.query", "ask"),
    "saved_queries": ("kg.questions", "saved_queries"),
    "saved_query": ("kg.questions", "saved_query"),
    "score_article": ("kg.bench.article", "score"),
    "score_articles": ("kg.bench.articles", "score_articles"),
    "score_coverage": ("kg.bench.coverage", "coverage"),
    "score_petrarch": ("kg.bench.petrarch", "score_petrarch"),
    "score_sentences": ("kg.bench.sentences", "score_sentences"),
    "store_info": ("kg.info", "info_text"),
    "summarise": ("kg.summary", "summary"),
    "validate_files": ("kg.api", "validate_files"),
    "validate_store": ("kg.api", "validate_store"),
    "why": ("kg.show", "why"),
    "why_text": ("kg.show", "why_text"),
    "Article": ("kg.model", "Article"),
    "KgError": ("kg.errors", "KgError"),
    "Metadata": ("kg.sidecar", "Metadata"),
    "Store": ("kg.store", "Store"),
}


def __getattr__(name: str) -> object:
    """Import a public name from its module when it is first asked for."""
    if name not in _PUBLIC:
        raise AttributeError(f"module 'kg' has no attribute {name!r}; docs/api.md lists its names")
    from importlib import import_module

    module, attribute = _PUBLIC[name]
    return getattr(import_module(module), attribute)


def __dir__() -> list[str]:
    return __all__
