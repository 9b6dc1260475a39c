"""What the documentation says of the workflows is what they do."""

import runpy
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent


def test_the_page_of_the_workflows_is_up_to_date():
    tool = runpy.run_path(str(ROOT / "tools" / "workflow_tables.py"))
    assert (ROOT / "docs" / "workflows.md").read_text(encoding="utf-8") == tool["page"]()
