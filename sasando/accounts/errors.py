class UnknownRoleError(ValueError):
    """A role that does not exist."""

    def __init__(self, role: str, known: list[str]):
        super().__init__(f"There is no role {role!r}. The roles are: {', '.join(known)}.")


class IncompatibleRoleError(ValueError):
    """A role that one person may not hold beside another."""

    def __init__(self, user: str, role: str, other: str):
        super().__init__(
            f"{user} holds the role {other!r} and so cannot be given {role!r}: one person may not hold both. "
            "End the other holding first. Nothing was changed."
        )


class UsernameTakenError(ValueError):
    """A user name that somebody has already."""

    def __init__(self, username: str):
        super().__init__(
            f"There is already a user {username!r}. Choose another user name. Nothing was changed."
        )
