"""Signing in and showing it is still you: what is let in, and that what is not sounds alike."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.support.soft_authenticator import EDDSA, ES256, RS256, SoftAuthenticator, b64, unb64
from tests.unit.services.passkeys.conftest import HERE, NOW, registered
from workflow_app.models.mail import Mail
from workflow_app.models.people import Person, SecurityEvent
from workflow_app.services import people
from workflow_app.services.passkeys import challenges, keys, options, proving
from workflow_app.services.passkeys.challenges import Purpose
from workflow_app.services.passkeys.keys import Because
from workflow_app.services.passkeys.site import Site
from workflow_app.services.people_login import LoginRefused


def asked(session: Session, username: str = "") -> dict[str, Any]:
    return options.to_sign_in(session, username, "c", NOW, site=HERE)


def refused(session: Session, answer: object, now: Any = NOW) -> LoginRefused:
    with pytest.raises(LoginRefused) as caught:
        proving.sign_in(session, answer, "c", now, site=HERE)
    return caught.value


@pytest.mark.parametrize("algorithm", [ES256, EDDSA, RS256])
def test_the_owner_comes_in_and_the_use_is_kept(
    session: Session, kari: Person, device: SoftAuthenticator, algorithm: int
) -> None:
    made = registered(session, kari, device, algorithm=algorithm)
    assert proving.sign_in(session, device.get(asked(session)), "c", NOW, site=HERE) is kari
    assert (made.counter, made.last_used_at) == (1, NOW)


def test_an_answer_lets_in_once_and_not_for_long(
    session: Session, kari: Person, device: SoftAuthenticator
) -> None:
    registered(session, kari, device)
    late = device.get(asked(session))
    assert refused(session, late, NOW + timedelta(minutes=5)).code == "passkey_expired"
    answer = device.get(asked(session))
    assert proving.sign_in(session, answer, "c", NOW, site=HERE) is kari
    assert refused(session, answer).code in ("passkey_expired", "passkey_counter")


def test_unknown_wrong_removed_and_ended_sound_the_same(
    session: Session, kari: Person, device: SoftAuthenticator
) -> None:
    stranger = SoftAuthenticator(device.origin)
    stranger.create(options.to_register(session, kari, NOW, site=HERE))
    made = registered(session, kari, device)
    forged = device.get(asked(session))
    forged["response"]["signature"] = stranger.get(asked(session))["response"]["signature"]
    anothers = device.get(asked(session))
    anothers["response"]["userHandle"] = b64(b"somebody else")
    other_site = device.get(asked(session))
    other_site["response"]["authenticatorData"] = b64(
        bytes(32) + unb64(other_site["response"]["authenticatorData"])[32:]
    )
    answers = [refused(session, one) for one in (stranger.get(asked(session)), forged, anothers, other_site)]
    moved = Site("ny.example", device_origins := ("https://avtale.example",))
    with pytest.raises(LoginRefused) as caught:
        proving.sign_in(session, device.get(asked(session)), "d", NOW, site=moved)
    assert device_origins
    answers.append(caught.value)
    keys.remove(session, kari.id, made.id, because=Because.OWNER, actor=None, now=NOW, real_now=NOW)
    session.query(SecurityEvent).delete()
    answers.append(refused(session, device.get(asked(session))))
    again = SoftAuthenticator(device.origin)
    registered(session, kari, again)
    people.end_person(session, kari, now=NOW)
    answers.append(refused(session, again.get(asked(session))))
    assert {(a.code, str(a.message)) for a in answers} == {(answers[0].code, str(answers[0].message))}
    assert answers[0].code == "passkey_wrong"


def test_another_address_and_a_finger_not_asked_for_are_named(
    session: Session, kari: Person, device: SoftAuthenticator
) -> None:
    registered(session, kari, device)
    assert (
        refused(session, device.get(asked(session), origin="https://evil.example")).code == "passkey_origin"
    )
    device.verifies = False
    assert refused(session, device.get(asked(session))).code == "passkey_unverified"


def test_a_counter_that_goes_back_is_refused_written_down_and_told_once_a_day(
    session: Session, kari: Person, device: SoftAuthenticator
) -> None:
    made = registered(session, kari, device)
    proving.sign_in(session, device.get(asked(session), step=9), "c", NOW, site=HERE)
    for _ in range(2):
        assert refused(session, device.get(asked(session), step=-2)).code == "passkey_counter"
    assert made.counter == 9
    kinds = list(session.scalars(select(SecurityEvent.kind)))
    assert kinds.count("passkey_suspected") == 2
    assert [m.kind for m in session.scalars(select(Mail))].count("passkey_suspected") == 1


def test_a_device_that_never_counts_is_believed(
    session: Session, kari: Person, device: SoftAuthenticator
) -> None:
    """Passkeys that are shared between devices leave the counter at nought (section 6.1.1)."""
    registered(session, kari, device)
    for _ in range(2):
        assert proving.sign_in(session, device.get(asked(session), step=0), "c", NOW, site=HERE) is kari


def test_it_is_throttled_as_passwords_are(session: Session, kari: Person, device: SoftAuthenticator) -> None:
    registered(session, kari, device)
    for _ in range(5):
        answer = device.get(asked(session))
        answer["response"]["signature"] = b64(bytes(70))
        assert refused(session, answer).code == "passkey_wrong"
    good = device.get(asked(session))
    no = refused(session, good)
    assert (no.code, no.retry_after) == ("throttled", 30)
    assert proving.sign_in(session, good, "c", NOW + timedelta(seconds=31), site=HERE) is kari


def test_a_name_nobody_has_is_asked_for_a_passkey_too(
    session: Session, kari: Person, device: SoftAuthenticator
) -> None:
    registered(session, kari, device)
    mine = asked(session, "Ordforer.Moss ")["allowCredentials"]
    assert [one["id"] for one in mine] == [b64(device.credentials[0].id)]
    nobodys = [asked(session, "finnes.ikke")["allowCredentials"] for _ in range(2)]
    assert nobodys[0] == nobodys[1]
    assert set(nobodys[0][0]) == set(mine[0]) == {"id", "type"}
    assert asked(session).get("allowCredentials", []) == []


def test_only_ones_own_passkey_shows_that_it_is_still_you(
    session: Session, kari: Person, device: SoftAuthenticator
) -> None:
    ola = people.add_person(session, username="ola", name="Ola Prøve", now=NOW)
    hers, his = device, SoftAuthenticator(device.origin)
    registered(session, kari, hers)
    registered(session, ola, his)
    row = challenges.make(session, Purpose.CONFIRM, subject=kari.id, now=NOW, person_id=kari.id)
    wanted = options.to_prove(session, kari, row, site=HERE)
    with pytest.raises(LoginRefused) as caught:
        proving.once_more(session, kari, his.get(wanted), Purpose.CONFIRM, NOW, site=HERE)
    assert caught.value.code == "passkey_wrong"
    with pytest.raises(LoginRefused) as caught:
        proving.once_more(session, ola, his.get(wanted), Purpose.CONFIRM, NOW, site=HERE)
    assert caught.value.code == "passkey_expired"
    with pytest.raises(LoginRefused) as caught:
        proving.once_more(session, kari, hers.get(wanted), Purpose.SIGN, NOW, site=HERE)
    assert caught.value.code == "passkey_expired"
    answer = hers.get(wanted)
    shown = proving.once_more(session, kari, answer, Purpose.CONFIRM, NOW, site=HERE)
    # The very same answer again, from an impatient finger, is no copied key.
    assert proving.once_more(session, kari, answer, Purpose.CONFIRM, NOW, site=HERE).passkey is shown.passkey
    assert challenges.spend(session, shown.challenge, NOW)
    assert not challenges.spend(session, shown.challenge, NOW)


def test_nobody_can_have_challenges_without_end(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(challenges, "PER_SUBJECT", 2)
    asked(session)
    asked(session)
    with pytest.raises(LoginRefused) as caught:
        asked(session)
    assert caught.value.code == "throttled"
    later = NOW + timedelta(minutes=5)
    assert options.to_sign_in(session, "", "c", later, site=HERE)["challenge"]
