"""Whatever is done to a notice, it is read or refused; what once was neither is kept in tests/data.

More of it, for as long as one likes: `python tools/fuzz_notices.py --seconds 600`.
"""

import pytest
from hypothesis import HealthCheck, given, settings

from tests.tenders.notices.fuzzing import DATA, check, files

FOUND = sorted((DATA / "notices" / "found").glob("*.bin"))


@pytest.mark.parametrize("path", FOUND, ids=lambda path: path.stem)
def test_what_was_found_stays_mended(path):
    check(path.read_bytes())


@settings(max_examples=300, suppress_health_check=list(HealthCheck))
@given(files())
def test_a_changed_notice_is_read_or_refused(content):
    check(content)
