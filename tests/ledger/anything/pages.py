"""Walking through the pages of a list."""


def walk(page_at):
    """Follow the cursors to the end, then back, and return the rows; both ways must agree."""
    pages = [page_at()]
    assert pages[0].previous_cursor is None
    while pages[-1].next_cursor:
        pages.append(page_at(cursor=pages[-1].next_cursor))
    there = [row for page in pages for row in page.rows]
    back, cursor = list(pages[-1].rows), pages[-1].previous_cursor
    while cursor:
        page = page_at(cursor=cursor)
        back, cursor = [*page.rows, *back], page.previous_cursor
    assert [row.id for row in back] == [row.id for row in there]
    return there
