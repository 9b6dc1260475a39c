"""Ask a host started for this alone for some pages, and print what came: `python -m … INI LOGIN PATH…`."""

import json
import sys

from tests.hosts.endi.hosted import Endi


def main(ini, login, *paths):
    browser = Endi.started(ini).browser(login)
    answers = {path: browser.get(path, status="*") for path in paths}
    print(json.dumps({path: [answer.status_int, answer.text] for path, answer in answers.items()}))


if __name__ == "__main__":
    main(*sys.argv[1:])
