"""The two ways a request can fail: the input is refused, or the environment is at fault; anything else is a bug."""

from __future__ import annotations

from collections.abc import Sequence

from ecoscore.model.finding import Finding, Severity


class EcoScoreError(Exception):
    """A failure with a sentence for the user. `message` says what happened and where, `advice` what to do."""

    def __init__(self, message: str, advice: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.advice = advice

    def __str__(self) -> str:
        return self.message + (f"（{self.advice}）" if self.advice else "")


class InputRefused(EcoScoreError):
    """What was given cannot be used; `findings` say why, each with its place. Nothing was written."""

    def __init__(self, message: str, advice: str = "", findings: Sequence[Finding] = ()) -> None:
        super().__init__(message, advice)
        self.findings: tuple[Finding, ...] = tuple(findings) or (
            Finding(Severity.ERROR, "refused", message, advice=advice),
        )


class EnvironmentFailed(EcoScoreError):
    """The machine would not: file locked, disk full, no permission, file damaged or too new."""
