from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from cbec_site.accounts import second_factor, sessions


class Command(BaseCommand):
    help = "Remove the second factor of an account that lost it, and end its sessions."

    def add_arguments(self, parser):
        parser.add_argument("name")

    def handle(self, *args, name, **options):
        user = get_user_model().objects.filter(username=name).first()
        if user is None:
            raise CommandError(f"There is no account “{name}”.")
        second_factor.remove(user)
        sessions.end_all(user)
        self.stdout.write(f"{name} signs in with the password alone now.")
