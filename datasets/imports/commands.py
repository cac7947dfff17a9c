"""What the import commands have in common: importing a file, undoing a batch."""

import json
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from datasets.spreadsheets.tidying import notes_on

from .importer import Importer
from .mappings import Mapping, remembered
from .outcome import Outcome
from .plans import ProgressCallback
from .progress_bar import progress_bar

COUNTS = ("new", "changed", "unchanged", "withdrawn")


class ImportCommand(BaseCommand):
    """Imports a file completely or not at all, and reports what it did.

    Subclasses set `importer` and define `options_of`.
    """

    importer: Importer

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", help="the file to import")
        parser.add_argument("--sheet", default="", help="read only this sheet")
        parser.add_argument("--encoding", default="", help="override what is found")
        parser.add_argument(
            "--ignore-columns", default="", help="headings to leave out, by comma"
        )
        parser.add_argument(
            "--accept",
            action="append",
            default=[],
            metavar="KIND",
            help="write in spite of doubts of this kind; may be given several times",
        )
        parser.add_argument(
            "--remembered",
            action="store_true",
            help="read names as was decided in previews of files of this source",
        )
        parser.add_argument("--reason", default="", help="kept with the batch")
        parser.add_argument("--dry-run", action="store_true", help="write nothing")
        parser.add_argument("--json", action="store_true", help="print one object")
        parser.add_argument("--undo", type=int, metavar="ID", help="take a batch back")

    def options_of(self, options: dict) -> dict:
        """The importer's options, from the arguments of the command."""
        return {
            "sheet": options["sheet"],
            "encoding": options["encoding"],
            "ignore": frozenset(filter(None, options["ignore_columns"].split(","))),
            "mapping": self._mapping(options),
        }

    def _mapping(self, options: dict) -> Mapping:
        if not options["remembered"]:
            return {}
        return remembered(self.importer.model._meta.label, options.get("source", ""))

    def handle(self, *args: Any, **options: Any) -> None:
        if options["undo"]:
            return self._undo(options)
        if not options["file"]:
            raise CommandError("Name a file, or --undo with the number of a batch.")
        path = Path(options["file"])
        try:
            content = path.read_bytes()
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}") from None
        with self._progress(options) as progress:
            outcome = self.importer.import_file(
                content,
                file_name=path.name,
                options=self.importer.options_class(**self.options_of(options)),
                reason=options["reason"],
                dry_run=options["dry_run"],
                accept=options["accept"],
                progress=progress,
            )
        report = outcome.as_json()
        if options["json"]:
            self.stdout.write(json.dumps(report, ensure_ascii=False))
        else:
            self._print(outcome, report)
        if not outcome.is_accepted:
            raise SystemExit(1)
        return None

    def _progress(
        self, options: dict
    ) -> AbstractContextManager[ProgressCallback | None]:
        """A progress bar for people; programs read one object and nothing else."""
        is_quiet = options["json"] or not options["verbosity"]
        return nullcontext() if is_quiet else progress_bar(self.stderr)

    def _print(self, outcome: Outcome, report: dict) -> None:
        for group in outcome.plan.errors.groups.values():
            self.stderr.write(self.style.ERROR(str(group)))
        for problem in notes_on(outcome.plan):
            self.stderr.write(self.style.WARNING(str(problem)))
        counts = [name for name in COUNTS if name in report]
        said = ", ".join(f"{report[name]} {name}" for name in counts)
        self.stdout.write(f"{report['status']}: {said}")

    def _undo(self, options: dict) -> None:
        try:
            batch = self.importer.model.objects.get(pk=options["undo"])
            done = self.importer.undo(batch, reason=options["reason"])
        except ObjectDoesNotExist:
            raise CommandError(f"There is no batch {options['undo']}.") from None
        except ValidationError as error:
            raise CommandError("\n".join(error.messages)) from None
        if options["json"]:
            self.stdout.write(json.dumps({"status": "ok", "batch": done.pk}))
        else:
            self.stdout.write(f"Batch {batch.pk} undone by batch {done.pk}.")
