"""What happened becomes mails, agreement by agreement: one that cannot be told keeps nobody else waiting."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.functional.postal import postal_site
from tests.support.smtp import SmtpServer
from workflow_app.services.mail import telling


def test_what_cannot_be_told_of_one_agreement_stops_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with SmtpServer() as server, postal_site(tmp_path, server) as postal:
        broken, sound = postal.draft(), postal.draft(title="En avtale til")
        whole = telling.readers

        def readers(session: Any, agreement: Any, *rest: Any) -> Any:
            if agreement.id == broken:
                raise ValueError("kari@kommune.example is no word for it")
            return whole(session, agreement, *rest)

        monkeypatch.setattr(telling, "readers", readers)
        for ident in (broken, sound):
            postal.program("slt").do(ident, "agree")
        postal.go()
        assert {mail.agreement_id for mail in postal.rows()} == {sound}
    assert f"nobody could be told of {broken}: ValueError" in caplog.text
    assert "kari@" not in caplog.text
