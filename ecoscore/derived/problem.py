"""What is wrong with a formula: where it stands, what happened, what to do."""

from __future__ import annotations


class ExpressionError(ValueError):
    """A formula cannot be used. `position` counts characters from 0; `message` and `advice` are Chinese sentences."""

    def __init__(self, position: int, message: str, advice: str = "") -> None:
        super().__init__(message)
        self.position = position
        self.message = message
        self.advice = advice

    def __str__(self) -> str:
        return f"第 {self.position + 1} 个字符处：{self.message}" + (f"（{self.advice}）" if self.advice else "")
