"""A letter as programs of mail read it."""

from __future__ import annotations

from django.core.mail import EmailMultiAlternatives

from reforms.alerts.models import Letter


def message_of(letter: Letter) -> EmailMultiAlternatives:
    """The message of a letter, the same every time but for its date. Raises ValueError for what is no address."""
    message = EmailMultiAlternatives(
        subject=letter.subject,
        body=letter.text,
        to=[address_of(letter)],
        headers={"Message-ID": letter.message_id} | _automatic() | _unsubscribing(letter.unsubscribe_url),
    )
    if letter.html:
        message.attach_alternative(letter.html, "text/html")
    return message


def address_of(letter: Letter) -> str:
    """Where it goes: one address and nothing else. Raises ValueError, which does not repeat it."""
    address = letter.recipient.email
    name, at, domain = address.rpartition("@")
    # Django would write a name that is not ASCII as if it were a person's, which is another address.
    if not (name.isascii() and name and at and domain) or any(map(_is_foreign, address)):
        raise ValueError("not an address")
    return address


def _automatic() -> dict[str, str]:
    """So that nobody's program answers that they are on holiday."""
    return {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}


def _unsubscribing(url: str) -> dict[str, str]:
    """So that a program of mail can offer it as one button (RFC 8058)."""
    if not url:
        return {}
    return {"List-Unsubscribe": f"<{url}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def _is_foreign(sign: str) -> bool:
    """Whether no address of one person has this sign."""
    return sign.isspace() or sign in ',;<>"\0'
