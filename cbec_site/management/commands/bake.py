import shutil
import tempfile
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from cbec_site.bake.site import Site
from cbec_site.bake.store import Store
from cbec_site.bake.walk import MARK, Bake, BakeError


class Command(BaseCommand):
    help = (
        "Write the whole public site as files that open from a disk or any store of "
        "files; a bake that is there already is replaced when the new one is whole."
    )

    def add_arguments(self, parser):
        parser.add_argument("directory", type=Path)
        parser.add_argument(
            "--sample",
            type=int,
            default=0,
            metavar="N",
            help="At most N pages of each kind in each language, to try it out.",
        )

    def handle(self, *args, directory, sample, **options):
        if not settings.SITE_URL:
            raise CommandError(
                "Set SITE_URL to the public address of the site: files and citations "
                "in the bake name it."
            )
        directory = directory.resolve()
        check_target(directory)
        directory.parent.mkdir(parents=True, exist_ok=True)
        # Beside the target, so that it can be moved there as one.
        with tempfile.TemporaryDirectory(
            dir=directory.parent, prefix=f".{directory.name}-"
        ) as place:
            summary = self.bake(Path(place), sample)
            replace(directory, Path(place))
        self.stdout.write(
            f"{directory}: the site as of {summary.day}, {summary.files} files"
        )

    def bake(self, place, sample):
        target = place / "new"
        target.mkdir()
        store = Store(place / "addresses.sqlite3")
        try:
            bake = Bake(Site(settings.SITE_URL), target, store, sample)
            summary = bake.make(self.stdout.write)
        except BakeError as error:
            raise CommandError(str(error)) from error
        finally:
            store.close()
        for address, named_on in summary.first_missing:
            self.stderr.write(f"left out: {address} is not there, named on {named_on}")
        if summary.missing > len(summary.first_missing):
            self.stderr.write(f"left out: {summary.missing} addresses in all")
        return summary


def check_target(directory):
    """Raises CommandError if something other than a bake would be lost."""
    if not directory.exists():
        return
    if not directory.is_dir():
        raise CommandError(f"{directory} is a file; name a directory.")
    if any(directory.iterdir()) and not (directory / MARK).exists():
        raise CommandError(
            f"{directory} holds files that are no bake; name an empty directory."
        )


def replace(directory, place):
    """Replace the previous bake with the new one."""
    if directory.exists():
        directory.rename(place / "old")
    shutil.move(place / "new", directory)
