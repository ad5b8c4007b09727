"""What can go wrong with appointments and ranks."""

from datetime import date


class NipTakenError(ValueError):
    """Another employee already has this number."""

    def __init__(self, name: str):
        super().__init__(f"This NIP belongs to {name}, who is on record. Nothing was changed.")


class PostHeldError(ValueError):
    """A post has one definitive holder; another was to be appointed beside."""

    def __init__(self, post: str, holder: str, since: date | None):
        super().__init__(
            f"The post {post} is held by {holder} since {since or 'before the records'}. "
            "End that appointment first, or appoint an acting holder (Plt.). Nothing was changed."
        )


class PositionMismatchError(ValueError):
    """Post, unit and position do not belong together."""


class BackwardsError(ValueError):
    """A new rank, degree or appointment that would begin before the one it follows."""

    def __init__(self, what: str, day: date, before: date | None):
        super().__init__(
            f"{what} from {day} would begin before the present one of {before}. Give a later day; "
            "an entry in error is corrected by ending it first. Nothing was changed."
        )
