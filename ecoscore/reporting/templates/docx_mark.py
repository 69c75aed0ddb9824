"""The mark of a result among a document's own properties, beside those that Word or WPS keeps there."""

from __future__ import annotations

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from lxml import etree  # type: ignore[import-untyped]

from ecoscore.reporting.marks import properties
from ecoscore.reporting.view_parts import PaperMeta

_CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VARIANT = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_FORMAT_ID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_FIRST_ID = 2  # 0 and 1 are taken by the format
_EMPTY = f'<Properties xmlns="{_CUSTOM}" xmlns:vt="{_VARIANT}"/>'.encode()


def keep_mark(document: Document, meta: PaperMeta) -> None:
    """Write the mark, in place of one that the form may have from an earlier filling."""
    kept = dict(properties(meta))
    if not kept:
        return
    package = document.part.package
    held = next((r for r in package.rels.values() if r.reltype == RELATIONSHIP_TYPE.CUSTOM_PROPERTIES), None)
    root = parse_xml(_EMPTY if held is None else held.target_part.blob)
    for node in list(root):
        if node.get("name") in kept:
            root.remove(node)
    number = max((int(node.get("pid", "0")) for node in root), default=_FIRST_ID - 1)
    for n, (name, value) in enumerate(kept.items(), start=number + 1):
        node = etree.SubElement(root, f"{{{_CUSTOM}}}property", fmtid=_FORMAT_ID, pid=str(n), name=name)
        etree.SubElement(node, f"{{{_VARIANT}}}lpwstr").text = value
    blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    if held is None:
        part = Part(PackURI("/docProps/custom.xml"), CONTENT_TYPE.OFC_CUSTOM_PROPERTIES, blob, package)
        package.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_PROPERTIES)
    else:
        held.target_part._blob = blob  # noqa: SLF001  a plain part has no way to change it
