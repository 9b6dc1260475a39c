"""The host's service that draws documents, drawing an empty page."""

from io import BytesIO

from caerp.views.task.pdf_rendering_service import TaskPdfFromHtmlService

PAGE = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj "
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)


class BlankPage(TaskPdfFromHtmlService):
    """Names the file as the host does."""

    def render(self):
        return BytesIO(PAGE)
