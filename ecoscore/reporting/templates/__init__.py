"""A bureau's own .xlsx or .docx filled with results, its formatting kept."""

from __future__ import annotations

from ecoscore.reporting.templates.form import Template, read_template
from ecoscore.reporting.templates.listing import TemplateField, fields_of, general_fields
from ecoscore.reporting.templates.resolve import Resolver
from ecoscore.reporting.templates.source import Source

__all__ = ["Resolver", "Source", "Template", "TemplateField", "fields_of", "general_fields", "read_template"]
