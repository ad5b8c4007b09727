class TrailIsAppendOnlyError(RuntimeError):
    """Somebody tried to change or remove an entry of the trail."""

    def __init__(self):
        super().__init__("The trail is append-only: an entry can be neither changed nor removed.")


class UnnamedActorError(ValueError):
    """A write without a name behind it."""

    def __init__(self, action: str):
        super().__init__(f"{action}: a write needs somebody who did it; give `by=` a user or a named actor.")
