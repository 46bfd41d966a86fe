"""Text that is laid over a PDF page without a picture of its look: viewers draw it, pdfium does not."""

import ctypes
from collections.abc import Iterator

import pypdfium2 as pdfium
import pypdfium2.raw as pdf

from gk_pipeline.documents.pdf.paint import Box

_NOT_SEEN = pdf.FPDF_ANNOT_FLAG_INVISIBLE | pdf.FPDF_ANNOT_FLAG_HIDDEN | pdf.FPDF_ANNOT_FLAG_NOVIEW
_TEXTS = {pdf.FPDF_ANNOT_FREETEXT: (b"Contents", b"RC"), pdf.FPDF_ANNOT_WIDGET: (b"V",)}
"""Of the kinds of annotations that show text, what holds it."""
_NO_TEXT = 2
"""Bytes that the end of a text takes."""


def undrawn(page: pdfium.PdfPage) -> list[Box]:
    """Where text stands on a page that is shown by viewers but has no look in the file."""
    return list(_undrawn(page))


def _undrawn(page: pdfium.PdfPage) -> Iterator[Box]:
    for number in range(pdf.FPDFPage_GetAnnotCount(page)):
        annotation = pdf.FPDFPage_GetAnnot(page, number)
        try:
            if _shows_text(annotation) and not pdf.FPDFAnnot_HasKey(annotation, b"AP"):
                rect = pdf.FS_RECTF()
                pdf.FPDFAnnot_GetRect(annotation, ctypes.byref(rect))
                (left, right), (low, high) = sorted((rect.left, rect.right)), sorted((rect.bottom, rect.top))
                yield Box(left, low, right, high)
        finally:
            pdf.FPDFPage_CloseAnnot(annotation)


def _shows_text(annotation: pdf.FPDF_ANNOTATION) -> bool:
    if pdf.FPDFAnnot_GetFlags(annotation) & _NOT_SEEN:
        return False
    keys = _TEXTS.get(pdf.FPDFAnnot_GetSubtype(annotation), ())
    return any(pdf.FPDFAnnot_GetStringValue(annotation, key, None, 0) > _NO_TEXT for key in keys)
