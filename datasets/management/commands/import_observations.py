from datasets.importing.batch import import_file
from datasets.importing.commands import ImportCommand
from datasets.importing.plan import Options
from datasets.models import ImportBatch

NAMES = ("indicator", "region", "source", "unit")


class Command(ImportCommand):
    help = "Import yearly figures from CSV, TSV or XLSX: the whole file or nothing."
    model = ImportBatch

    def add_arguments(self, parser):
        super().add_arguments(parser)
        for name in NAMES:
            parser.add_argument(
                f"--{name}", default="", help=f"{name} where no column gives it"
            )

    def run(self, content, *, options, **more):
        said = self.options_of(options) | {name: options[name] for name in NAMES}
        return import_file(content, options=Options(**said), **more)
