"""The provision map as a PDF."""

from sencoapp.documents.pdf.press import printed
from sencoapp.documents.provision_map_content import provision_map_content
from sencoapp.domain.snapshot import MapContent


def provision_map_pdf(content: MapContent) -> bytes:
    """Of one pupil upright with the sum behind each cost; of a school lying, grouped by pupil, with totals."""
    return printed(provision_map_content(content))
