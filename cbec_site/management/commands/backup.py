from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from cbec_site.backups import BackupError, verify_backup, write_backup


class Command(BaseCommand):
    help = "Write the database and the uploaded files into one verified file."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)

    def handle(self, *args, file, **options):
        try:
            write_backup(file)
            manifest = verify_backup(file)
        except (BackupError, OSError) as error:
            raise CommandError(str(error)) from error
        count, size = len(manifest["files"]), file.stat().st_size
        self.stdout.write(f"{file}: {count} files, {size:,} bytes, verified.")
