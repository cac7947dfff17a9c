from datasets.imports.commands import ImportCommand
from policies.importing.batch import import_policies
from policies.importing.plan import Options
from policies.models import PolicyBatch


class Command(ImportCommand):
    help = "Import policies from CSV, TSV or XLSX: the whole file or nothing."
    model = PolicyBatch

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

    def run(self, content, *, options, **more):
        said = self.options_of(options) | {
            name: options[name] for name in ("publish", "withdraw_absent")
        }
        return import_policies(content, options=Options(**said), **more)
