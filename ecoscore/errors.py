"""The two ways a request can fail: the input is refused, or the environment is at fault; anything else is a bug."""

from __future__ import annotations

from collections.abc import Sequence

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ecoscore.model.finding import Finding


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
        self._findings = tuple(findings)

    @property
    def findings(self) -> tuple[Finding, ...]:
        # The reading process, started for every import, has no need of findings, nor of what they need.
        from ecoscore.model.finding import Finding, Severity  # noqa: PLC0415

        return self._findings or (Finding(Severity.ERROR, "refused", self.message, advice=self.advice),)


class EnvironmentFailed(EcoScoreError):
    """The machine would not: file locked, disk full, no permission, file damaged or too new."""
