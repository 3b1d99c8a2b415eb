"""Import comments into a site from any format; existing comments are never changed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from service.core import Core
from service.domain.site import Site
from service.store.upkeep import archive
from service.store.upkeep.archive import Archived, ArchivedThread
from service.transfer import checks
from service.transfer.checks import Checked
from service.transfer.rows import Placed, Skipped, ThreadRow

BATCH = 200


@dataclass(slots=True)
class ImportReport:
    """The results of an import so far; `read` counts comments and what was skipped."""

    added: int = 0
    known: int = 0
    threads: int = 0
    skipped: list[Skipped] = field(default_factory=list)

    @property
    def read(self) -> int:
        """The number of rows that were read, without articles."""
        return self.added + self.known + len(self.skipped)


def import_site(
    core: Core, site: Site, rows: Iterable[Placed | Skipped], *, keep: bool
) -> Iterator[ImportReport]:
    """Import rows, yielding the report after each batch; with `keep=False` only check them."""
    run = _Import(core, site, keep)
    for row in rows:
        run.take(row)
        if len(run.waiting) >= BATCH:
            run.store()
            yield run.report
    run.store()
    yield run.report


class _Import:
    """One import: what waits to be stored, and what became of the rest."""

    def __init__(self, core: Core, site: Site, keep: bool) -> None:
        self.report = ImportReport()
        self.waiting: list[Checked] = []
        self._core, self._site, self._keep = core, site, keep
        self._record = core.at(site.name)
        self._articles: set[str] = set()

    def take(self, placed: Placed | Skipped) -> None:
        """Check a row, and keep it until the next batch is stored."""
        if isinstance(placed, Skipped):
            self.report.skipped.append(placed)
            return
        row, now = placed.row, self._core.now()
        try:
            if isinstance(row, ThreadRow):
                self._add_article(checks.thread(self._site, row, now))
                self.report.threads += 1
            else:
                self.waiting.append(Checked(placed.line, *checks.comment(self._site, row, now)))
        except (ValueError, OverflowError) as error:
            self.report.skipped.append(Skipped(placed.line, str(error)))

    def store(self) -> None:
        """Store what waits, without answers to comments under another article."""
        comments, self.waiting = self._placed_rightly(self.waiting), []
        if not self._keep:
            self.report.added += len(comments)
            return
        for comment in comments:
            self._add_article(comment.article)
        archived: list[Archived] = [comment.archived for comment in comments]
        is_new = archive.add_comments(self._record, archived, now=self._core.now())
        self.report.added += sum(is_new)
        self.report.known += len(is_new) - sum(is_new)

    def _add_article(self, article: ArchivedThread) -> None:
        """Store an article; the address that a comment names does not come after its own row."""
        is_of_comment = not article.thread.title and not article.votes and not article.moved_to
        if self._keep and not (is_of_comment and article.thread.id in self._articles):
            archive.add_thread(self._record, article)
        self._articles.add(article.thread.id)

    def _placed_rightly(self, batch: list[Checked]) -> list[Checked]:
        parents = sorted({str(row.comment.parent) for row in batch if row.comment.parent})
        threads = archive.threads_of(self._record, parents)
        threads |= {row.comment.id: row.comment.thread for row in batch}
        rightly: list[Checked] = []
        for row in batch:
            comment = row.comment
            if comment.parent and threads.get(comment.parent, comment.thread) != comment.thread:
                why = "parent: it is a comment under another article"
                self.report.skipped.append(Skipped(row.line, why))
            else:
                rightly.append(row)
        return rightly
