#!/usr/bin/env python
"""Django's command line for CBEC Evidence."""

import os
import sys

from django.core.management import execute_from_command_line

from cbec_site.local import use_local_site

if __name__ == "__main__":
    use_local_site()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cbec_site.settings")
    execute_from_command_line(sys.argv)
