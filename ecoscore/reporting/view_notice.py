"""From a result to the publication notice (公示稿): the results, how they came about, and where to object."""

from __future__ import annotations

from ecoscore.model.result import Result
from ecoscore.reporting.document import DocumentView, Notes, Paragraph, Part, Signature
from ecoscore.reporting.view_common import subject_of
from ecoscore.reporting.view_document import opening, result_grids, result_notes
from ecoscore.reporting.view_parts import PaperMeta

_BLANK_SPAN = "　　　年　　月　　日至　　月　　日"
_BLANK_CONTACT = "受理部门：　　　　　　　　联系电话：　　　　　　　　"


def notice_view(result: Result, meta: PaperMeta | None = None, *, previous: Result | None = None) -> DocumentView:
    """The notice of a period's results. Names of people never appear: results are of districts."""
    meta = meta or PaperMeta()
    subject = subject_of(result, meta)
    parts: list[Part] = [
        Paragraph(opening(result, meta, "现将考核结果予以公示，接受社会监督。")),
        Paragraph(_BLANK_SPAN, "公示时间："),
        Paragraph(
            "公示期间，对考核结果有异议的，请以书面形式反映，写明事实、理由并附依据。以单位名义反映的加盖公章，"
            "以个人名义反映的署真实姓名和联系方式，以便核实。",
            "异议受理：",
        ),
        Paragraph(meta.contact or _BLANK_CONTACT, "联系方式：" if meta.contact else ""),
        *result_grids(result, previous),
        Notes(result_notes(result, meta)),
        Signature(meta.issuer, meta.date),
    ]
    title = f"{meta.organisation}{result.period.title}{subject}结果公示"
    return DocumentView("公示稿", title, "", result.period.title, result.scheme.title, tuple(parts), meta)
