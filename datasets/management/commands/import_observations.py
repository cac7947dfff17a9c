import json
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from datasets.importing.batch import import_file, undo
from datasets.importing.plan import Options
from datasets.models import ImportBatch


class Command(BaseCommand):
    help = "Import yearly figures from CSV, TSV or XLSX: the whole file or nothing."

    def add_arguments(self, parser):
        parser.add_argument("file", nargs="?", help="the file to import")
        for name in ("indicator", "region", "source", "unit"):
            parser.add_argument(
                f"--{name}", default="", help=f"{name} of rows that name none"
            )
        parser.add_argument("--sheet", default="", help="read only this sheet")
        parser.add_argument("--encoding", default="", help="override what is found")
        parser.add_argument(
            "--ignore-columns", default="", help="headings to leave out, by comma"
        )
        parser.add_argument("--reason", default="", help="kept with the batch")
        parser.add_argument("--dry-run", action="store_true", help="write nothing")
        parser.add_argument("--json", action="store_true", help="print one object")
        parser.add_argument("--undo", type=int, metavar="ID", help="take a batch back")

    def handle(self, *args, **options):
        if options["undo"]:
            return self._undo(options)
        if not options["file"]:
            raise CommandError("Name a file, or --undo with the number of a batch.")
        path = Path(options["file"])
        try:
            content = path.read_bytes()
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}") from None
        outcome = import_file(
            content,
            file_name=path.name,
            options=Options(
                **{
                    name: options[name]
                    for name in ("indicator", "region", "source", "unit", "sheet")
                },
                encoding=options["encoding"],
                ignore=frozenset(filter(None, options["ignore_columns"].split(","))),
            ),
            reason=options["reason"],
            dry_run=options["dry_run"],
        )
        found = outcome.as_json()
        if options["json"]:
            self.stdout.write(json.dumps(found, ensure_ascii=False))
        else:
            self._print(outcome, found)
        if not outcome.is_accepted:
            raise SystemExit(1)

    def _print(self, outcome, found):
        for problem in outcome.plan.errors:
            self.stderr.write(self.style.ERROR(str(problem)))
        for problem in [*outcome.plan.warnings, *outcome.plan.suspicious]:
            self.stderr.write(self.style.WARNING(str(problem)))
        self.stdout.write(
            "{status}: {new} new, {changed} changed, {unchanged} unchanged".format(
                **found
            )
        )

    def _undo(self, options):
        try:
            batch = ImportBatch.objects.get(pk=options["undo"])
            done = undo(batch, reason=options["reason"])
        except ImportBatch.DoesNotExist:
            raise CommandError(f"There is no batch {options['undo']}.") from None
        except ValidationError as error:
            raise CommandError("\n".join(error.messages)) from None
        if options["json"]:
            self.stdout.write(json.dumps({"status": "ok", "batch": done.pk}))
        else:
            self.stdout.write(f"Batch {batch.pk} taken back by batch {done.pk}.")
