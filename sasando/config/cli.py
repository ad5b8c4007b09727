"""The command `sasando`: Django's command line with the settings chosen."""

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    """Run `sasando COMMAND ...`."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sasando.config.settings")
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
