from django.utils.translation import gettext as _


class FileError(Exception):
    """A stored file that cannot be kept or given back."""


class FileNameError(FileError, ValueError):
    """A file without a usable name."""

    def __init__(self):
        super().__init__(_("The file has no name. Give it one and store it again. Nothing was stored."))


class FileMissingError(FileError):
    """A stored file's content is not in the data folder."""

    def __init__(self, name: str, digest: str):
        super().__init__(
            _(
                "The content of %(name)s (SHA-256 %(digest)s) is missing from the data folder. Restore it from a "
                "backup, or store the same file again; its record was kept."
            )
            % {"name": name, "digest": digest}
        )


class FileAlteredError(FileError):
    """A stored file's content is no longer what was stored."""

    def __init__(self, name: str, digest: str):
        super().__init__(
            _(
                "The content of %(name)s is not what was stored (SHA-256 %(digest)s): it was altered or damaged and "
                "is not shown. Restore it from a backup, or store the same file again; its record was kept."
            )
            % {"name": name, "digest": digest}
        )


class UnknownJobKindError(FileError, ValueError):
    """A kind of job that no room of this installation declares."""

    def __init__(self, name: str):
        super().__init__(
            _(
                "This program does not know the work “%(name)s”. Perhaps it was renewed while it ran: stop Sasando, "
                "start it, and ask for the work again. Nothing was kept."
            )
            % {"name": name}
        )
