"""What tells people inside a host, told once: each host adds how its notifications are read."""

import pytest

TITLE = "Un devis <b>attend</b> & patiente"


class NotifierContract:
    """Who works where, and notifications kept or lost with what they tell of."""

    def test_the_people_of_a_company_have_a_key_a_name_and_an_address(self, hosted):
        with hosted.request_of("helene") as request:
            key = hosted.host.actor(request).key
        assert (key, "Hélène Marchand", "helene@passerelles.example") in people(hosted, "Menuiserie du Lac")

    def test_the_key_of_a_person_is_the_same_in_each_company(self, hosted):
        with hosted.request_of("aminata") as request:
            key = hosted.host.actor(request).key
            companies = hosted.host.actor(request).host_keys
        assert len(companies) > 1
        with hosted.session() as session:
            for company in companies:
                assert key in [user for user, *_rest in hosted.host.notifier.people(session, company)]

    @pytest.mark.parametrize("host_key", ["cooperative:0", "company:999999"])
    def test_nobody_works_where_nobody_can(self, hosted, host_key):
        with hosted.session() as session:
            assert list(hosted.host.notifier.people(session, host_key)) == []

    def test_a_notification_is_kept_or_lost_with_the_transaction(self, hosted):
        notify(hosted, "Gardée")
        with pytest.raises(LookupError):
            notify(hosted, "Perdue", LookupError)
        assert [title for title in self.notified(hosted, "helene") if title in ("Gardée", "Perdue")] == [
            "Gardée"
        ]

    def test_a_notification_is_read_by_one_person_as_text(self, hosted):
        notify(hosted, TITLE)
        assert not any("patiente" in title for title in self.notified(hosted, "karim"))
        assert any("patiente" in title for title in self.notified(hosted, "helene"))
        page = self.page_of_notifications(hosted, "helene")
        assert "<b>attend</b>" not in page

    def notified(self, hosted, login):
        """Return the titles of what a person was notified of."""
        raise NotImplementedError

    def page_of_notifications(self, hosted, login):
        """Return what the host shows of them, as HTML."""
        raise NotImplementedError


def people(hosted, name):
    with hosted.session() as session:
        return list(hosted.host.notifier.people(session, hosted.party_named(name).host_key))


def notify(hosted, title, then=None):
    """Notify helene in a transaction, which is then left by an exception if one is given."""
    with hosted.request_of("helene") as request:
        key = hosted.host.actor(request).key
        with hosted.host.transaction(request) as session:
            hosted.host.notifier.notify(request, session, key, title, "Le corps", "/companies/1/exchanges")
            session.flush()
            if then is not None:
                raise then
