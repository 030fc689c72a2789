"""Counts what was found to be as demanded, and what was not."""


class Tally:
    """Checks in their order; every failure is printed at once."""

    def __init__(self):
        self.passed = 0
        self.failed = 0

    def equal(self, what, found, wanted):
        """Found must be what was wanted. Neither may hold an identifier, name or token."""
        if found == wanted:
            self.passed += 1
        else:
            self.failed += 1
            print(f"FAILED {what}: found {found!r}, wanted {wanted!r}")

    def raises(self, what, errors, action):
        """The action must end in one of these errors."""
        try:
            action()
        except errors:
            self.passed += 1
        except Exception as error:  # the other checks are still to be made
            self.equal(what, type(error).__name__, _names(errors))
        else:
            self.equal(what, "no error", _names(errors))


def _names(errors):
    return " or ".join(e.__name__ for e in (errors if isinstance(errors, tuple) else (errors,)))
