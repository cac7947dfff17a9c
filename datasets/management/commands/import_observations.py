from argparse import ArgumentTypeError

from datasets.importing.importer import observations
from datasets.importing.validity import parse_moment
from datasets.imports.commands import ImportCommand

NAMES = ("indicator", "region", "source", "unit")


class Command(ImportCommand):
    help = "Import yearly figures from CSV, TSV or XLSX: the whole file or nothing."
    importer = observations

    def add_arguments(self, parser):
        super().add_arguments(parser)
        for name in NAMES:
            parser.add_argument(
                f"--{name}", default="", help=f"{name} where no column gives it"
            )
        parser.add_argument(
            "--withdraw-absent",
            action="store_true",
            help="withdraw the published values of these series that the file lacks",
        )
        parser.add_argument(
            "--as-of",
            type=moment,
            metavar="YYYY-MM-DD[THH:MM]",
            help="since when the values hold here; now if not given",
        )

    def options_of(self, options):
        said = {name: options[name] for name in (*NAMES, "withdraw_absent")}
        return super().options_of(options) | said | {"moment": options["as_of"]}


def moment(text):
    """The argument as a moment; argparse prints errors."""
    try:
        return parse_moment(text)
    except ValueError:
        raise ArgumentTypeError(
            f"{text}: give a day such as 2025-03-01 or a time such as 2025-03-01T09:30."
        ) from None
