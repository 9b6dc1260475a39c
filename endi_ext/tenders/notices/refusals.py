"""Why a file is no notice one can answer: the sentences are in web/refusals/tender_notices.py."""

from .model import NoticeRefused


class NoticeTooLarge(NoticeRefused):
    """The file, or what it unfolds to, is larger than any notice (facts: most_mb)."""

    code = "notice_too_large"


class NoticeEmpty(NoticeRefused):
    """There is nothing in the file."""

    code = "notice_empty"


class NoticeTooDeep(NoticeRefused):
    """Elements within elements beyond what any notice has."""

    code = "notice_too_deep"


class NoticeWithDoctype(NoticeRefused):
    """The XML brings definitions of its own (DOCTYPE, entities): no notice does, attacks do."""

    code = "notice_with_doctype"


class NoticeUnreadable(NoticeRefused):
    """Damaged, cut off, or in another encoding than it says (facts: format "XML" or "JSON", line)."""

    code = "notice_unreadable"


class NoNotice(NoticeRefused):
    """A file of another kind, told by `code`: an archive, a PDF, a picture, a page, another XML…"""

    def __init__(self, code: str = "no_notice", **facts: object) -> None:
        self.code = code
        super().__init__(**facts)


class NotOpen(NoticeRefused):
    """A notice, but not one that calls for tenders; `code` says which: planning, result, modification…"""

    def __init__(self, code: str, **facts: object) -> None:
        self.code = code
        super().__init__(**facts)
