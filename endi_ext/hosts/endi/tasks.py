"""What the host's Celery worker does for us."""

from caerp.celery.conf import get_request
from caerp.utils.mail import send_mail
from pyramid_celery import celery_app


@celery_app.task(name="endi_ext.send_letter")
def send_letter(recipients: list[str], subject: str, body: str) -> bool:
    """Send a plain text letter; the host notes in its log what could not leave."""
    return bool(send_mail(get_request(), recipients, body, subject))
