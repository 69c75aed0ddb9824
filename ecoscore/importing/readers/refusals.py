"""The sentences in which files that cannot be read end, where several readers say the same."""

from __future__ import annotations

from ecoscore.errors import InputRefused

SAVE_AS = "请在 Excel 或 WPS 中打开它，另存为“Excel 工作簿（.xlsx）”后重新导入"
ASK_AGAIN = "请向填报单位重新索取该文件，或在 Excel、WPS 中打开后另存一份再导入"
COPY_TABLE = "请把其中的表格复制到 Excel，保存后再导入"


def damaged(detail: str) -> InputRefused:
    return InputRefused(f"文件不完整或已损坏（{detail}）", ASK_AGAIN)


def with_password() -> InputRefused:
    return InputRefused("文件设有打开密码，无法读取", "请在 Excel 或 WPS 中输入密码打开，取消密码并另存后重新导入")


def too_many_cells(most: int) -> InputRefused:
    return InputRefused(f"表格超过 {most:,} 个单元格，不是正常的报表，已停止读取", "请只留指标数据后重试")
