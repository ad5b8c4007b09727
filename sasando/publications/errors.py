"""What can go wrong between the records and a printed book. Each sentence says what was kept and what to do."""

from django.utils.translation import gettext as _

from sasando.publications.markdown import TemplateError


class PublicationError(ValueError):
    """A book or an edition that cannot be made, signed or read as asked."""


class WrongYearError(PublicationError):
    """A year of which there can be no book."""

    def __init__(self, year: object, first: int, last: int):
        super().__init__(
            _(
                "There is no book of the year %(year)s: give a year from %(first)s to %(last)s. Nothing was made."
            )
            % {"year": year, "first": first, "last": last}
        )


class NoOfficeError(PublicationError):
    """The data folder belongs to no office yet."""

    def __init__(self):
        super().__init__(
            _(
                "This data folder has no office yet. Run “sasando init CODE --admin USER” first. Nothing was made."
            )
        )


class UnknownFormatError(PublicationError):
    """A format the book does not come in."""

    def __init__(self, name: str, known: tuple[str, ...]):
        super().__init__(
            _("The book does not come as “%(name)s”. The formats are: %(known)s. Nothing was made.")
            % {"name": name, "known": ", ".join(known)}
        )


class UnknownKindError(PublicationError):
    """A kind of book there is no text for."""

    def __init__(self, kind: str, known: tuple[str, ...]):
        super().__init__(
            _("There is no book of the kind “%(kind)s”. The kinds are: %(known)s. Nothing was made.")
            % {"kind": kind, "known": ", ".join(known)}
        )


class BookTextError(PublicationError):
    """The text of the book cannot be used; the sentence names the file and the line."""

    def __init__(self, error: TemplateError):
        self.name, self.line = error.name, error.line
        place = (
            _("%(name)s, line %(line)s") % {"name": error.name, "line": error.line}
            if error.line
            else error.name
        )
        super().__init__(
            _(
                "The text of the book cannot be used (%(place)s): %(problem)s. Nothing was made; the last edition is "
                "as it was. Correct the line, then make the book again."
            )
            % {"place": place, "problem": error.message.rstrip(".")}
        )


class BookSettingsError(PublicationError):
    """The office's settings of the book (paper, emblem) cannot be used."""

    def __init__(self, name: str, problem: str):
        super().__init__(
            _("%(name)s cannot be used: %(problem)s. Nothing was made; the last edition is as it was.")
            % {"name": name, "problem": problem}
        )


class PictureError(PublicationError):
    """A picture of the book (emblem, photograph) that cannot be set."""

    def __init__(self, problem: str):
        super().__init__(
            _("The book could not be set: %(problem)s. Nothing was made; the last edition is as it was.")
            % {"problem": problem}
        )


class NoSpaceError(PublicationError):
    """The disk is full."""

    def __init__(self, folder: object):
        super().__init__(
            _(
                "The disk is full: the book could not be written to %(folder)s. No half edition was left, and the last "
                "edition is as it was. Free some space, then make the book again."
            )
            % {"folder": folder}
        )


class CannotWriteError(PublicationError):
    """The folder cannot be written to."""

    def __init__(self, folder: object, problem: str):
        super().__init__(
            _(
                "The book could not be written to %(folder)s: %(problem)s. No half edition was left, and the last "
                "edition is as it was."
            )
            % {"folder": folder, "problem": problem}
        )


class EditionError(PublicationError):
    """A step of an edition that is not open to whom takes it. Nothing was changed."""


class PreparedYourselfError(EditionError):
    """Who prepared an edition wants to publish it."""

    def __init__(self, name: str):
        super().__init__(
            _(
                "%(name)s prepared this edition and cannot publish it, too: publication takes two people. Nothing was "
                "changed."
            )
            % {"name": name}
        )


class InitialledBeforeError(EditionError):
    """The same person initials twice."""

    def __init__(self, name: str):
        super().__init__(
            _(
                "%(name)s has initialled this edition already; the next initial is another's. Nothing was changed."
            )
            % {"name": name}
        )


class MayNotInitialError(EditionError):
    """Somebody whose initial is not the one awaited."""

    def __init__(self, awaited: str):
        super().__init__(
            _("This edition now waits for the initial of %(awaited)s. Nothing was changed.")
            % {"awaited": awaited}
        )


class WrongStepError(EditionError):
    """A step that does not follow from where the edition stands."""

    def __init__(self, step: str, state: str):
        super().__init__(
            _("“%(step)s” is not possible: the edition is “%(state)s”. Nothing was changed.")
            % {"step": step, "state": state}
        )


class ReasonMissingError(EditionError):
    """A withdrawal without a reason."""

    def __init__(self):
        super().__init__(
            _("Say why the edition is withdrawn; readers will see the reason. Nothing was changed.")
        )


class DraftChangedError(EditionError):
    """The files of a draft are not those that were prepared and initialled."""

    def __init__(self):
        super().__init__(
            _(
                "The files of this draft are not those that were prepared and initialled. It was not published. "
                "Prepare a new edition."
            )
        )
