from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from cbec_site.backups import BackupError, read_backup


class Command(BaseCommand):
    help = (
        "Put a backup in the place of the site's database and uploaded files. Stop web "
        "server and worker first; run `migrate` afterwards if the site is newer."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--replace",
            action="store_true",
            help="Yes, everything that is there now is to go.",
        )

    def handle(self, *args, file, replace, **options):
        if not replace:
            raise CommandError(
                "This replaces the database and the uploaded files of the site. Add "
                "--replace if that is what you want."
            )
        try:
            manifest = read_backup(file)
        except (BackupError, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Restored what was backed up at {manifest['created_at']}.")
