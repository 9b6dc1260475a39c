"""People are told once of what was committed, and of nothing else, whatever stops in between."""

import threading

from pyramid.scripting import prepare

from endi_ext.hosts.demo.mailer import FolderMailer
from endi_ext.web import telling
from tests.subcontracts.builders import a_proposal
from tests.web.telling import a_form, shown


def test_a_proposal_is_told_to_the_other_side_once_it_is_kept(as_user, post, books):
    page = a_form(as_user("helene")).submit("submit", status=303)
    (letter,) = post.letters()
    assert letter["To"] == "karim@passerelles.example"
    assert letter["Subject"] == "Menuiserie du Lac propose une sous-traitance : Une étagère"
    assert page.location.replace("/companies/1/", "/companies/2/") in letter.get_content()
    assert shown(books, 2) == [letter["Subject"]]
    assert shown(books, 1) == []


def test_a_letter_is_plain_text_names_its_reader_and_tells_no_amount(as_user, post):
    a_form(as_user("helene")).submit("submit", status=303)
    (letter,) = post.letters()
    assert letter.get_content_type() == "text/plain"
    assert letter.get_content().startswith("Bonjour Karim Benali,")
    assert letter.get_content().count("http://") == 1
    assert "1 250" not in str(letter["Subject"]) + letter.get_content()


def test_what_is_refused_is_told_to_nobody(as_user, post, books):
    a_form(as_user("helene"), seller="Menuiserie du Lac").submit("submit", status=422)
    assert post.letters() == []
    assert shown(books, 2) == []


def test_a_form_sent_twice_is_told_once(as_user, post, books):
    form = a_form(as_user("helene"))
    form.submit("submit", status=303)
    form.submit("submit", status=303)
    assert len(post.letters()) == len(shown(books, 2)) == 1


def test_what_somebody_typed_is_one_line_of_a_subject(as_user, post):
    a_form(as_user("helene"), "Étagère\r\nBcc: tout@le.monde").submit("submit", status="*")
    assert all("\n" not in str(letter["Subject"]) and letter["Bcc"] is None for letter in post.letters())


def test_what_was_committed_and_not_told_is_told_by_the_next(as_user, post, untold):
    a_form(as_user("helene")).submit("submit", status=303)
    titles = [subject.rpartition(" : ")[2] for _to, subject in post.subjects()]
    assert titles == ["Une mezzanine", "Une étagère"]


def test_reading_a_page_tells_nothing(as_user, post, untold):
    as_user("helene").get("/companies/1/exchanges")
    assert post.letters() == []


def test_telling_again_sends_nothing_more(post, untold, request_of_a_command):
    first = telling.tell(request_of_a_command, "https://endi.example.coop")
    second = telling.tell(request_of_a_command, "https://endi.example.coop")
    assert (first.told, first.letters, second.told, second.letters) == (1, 1, 0, 0)
    assert "https://endi.example.coop/companies/2/exchanges/subcontracts/" in post.letters()[0].get_content()


def test_without_an_address_a_letter_says_in_words_where_to_look(
    post,
    untold,
    request_of_a_command,
):
    telling.tell(request_of_a_command, "")
    said = post.letters()[0].get_content()
    assert "http" not in said
    assert "« À traiter »" in said


def test_two_who_tell_at_once_send_one_letter(demo_app, post, untold):
    barrier = threading.Barrier(4)

    def tell():
        with prepare(registry=demo_app.registry) as environment:
            barrier.wait()
            telling.tell(environment["request"], "")

    threads = [threading.Thread(target=tell) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(post.letters()) == 1


def test_a_letter_that_cannot_be_written_leaves_the_next_time(
    demo_app,
    post,
    untold,
    request_of_a_command,
    tmp_path,
):
    host = demo_app.registry.endi_ext_host
    (tmp_path / "a_file").write_text("no folder")
    right, host.mailer = host.mailer, FolderMailer(tmp_path / "a_file" / "mail", "from@passerelles.example")
    assert telling.tell(request_of_a_command, "").letters == 0
    host.mailer = right
    assert telling.tell(request_of_a_command, "").letters == 1
    assert len(post.letters()) == 1


class Stopped(Exception):
    """The program stops."""


class StoppingMailer(FolderMailer):
    """A mailer during which the program stops."""

    def deliver(self, *_args):
        raise Stopped


def test_a_program_that_stops_while_a_letter_leaves_never_sends_it_twice(
    demo_app,
    books,
    untold,
    request_of_a_command,
    tmp_path,
):
    host = demo_app.registry.endi_ext_host
    right, host.mailer = host.mailer, StoppingMailer(tmp_path, "from@passerelles.example")
    assert len(telling.tell(request_of_a_command, "").troubles) == 1
    host.mailer = right
    assert telling.tell(request_of_a_command, "").letters == 0
    assert len(shown(books, 2)) == 1, "the host told her all the same"


def test_one_who_cannot_be_told_keeps_nobody_else_from_it(
    demo_app,
    books,
    party,
    an_act,
    post,
    request_of_a_command,
):
    for company, title in ((2, "Perdue"), (3, "Reçue")):
        a_proposal(books, buyer=party(1), seller=party(company), title=title, act=an_act("helene"))
    books.commit()
    host = demo_app.registry.endi_ext_host

    class Selective(FolderMailer):
        """Stops at the letters of one person."""

        def deliver(self, request, key, recipient, subject, body):
            if recipient.startswith("karim"):
                raise Stopped
            return super().deliver(request, key, recipient, subject, body)

    host.mailer = Selective(host.mailer.folder, host.mailer.sender)
    count = telling.tell(request_of_a_command, "")
    assert (count.letters, len(count.troubles)) == (1, 1)
    assert [to for to, _subject in post.subjects()] == ["solene"]
