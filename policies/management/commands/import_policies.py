from datasets.imports.commands import ImportCommand
from policies.importing.importer import policies


class Command(ImportCommand):
    help = "Import policies from CSV, TSV or XLSX: the whole file or nothing."
    importer = policies

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument(
            "--publish", action="store_true", help="publish new policies at once"
        )
        parser.add_argument(
            "--withdraw-absent",
            action="store_true",
            help="withdraw every published policy that the file lacks",
        )

    def options_of(self, options):
        said = {name: options[name] for name in ("publish", "withdraw_absent")}
        return super().options_of(options) | said
