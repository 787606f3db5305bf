"""``make bench``: every figure beside its limit, as JSON on standard output."""

from __future__ import annotations

import tempfile
from pathlib import Path

from tests.bench import (
    appending,
    calendars,
    district,
    importing,
    papers,
    passkeys,
    proofs,
    reading,
    sealing,
    served,
    steps,
)
from tests.bench.stage import build, many
from workflow_app.services.passwords import STANDARD


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        stage = build(folder, STANDARD)
        found = {"write_path": steps.measure(stage), "http": served.measure(stage, folder)}
        found["calendars"] = calendars.measure(stage, folder)
        found["tree"] = appending.measure(stage, folder)
        many(stage, 10_000)
        found["at_10000_agreements"] = served.pages(stage, folder)
        country = folder / "country"
        country.mkdir()
        found["overview_of_357_kommuner"] = district.measure(build(country, STANDARD), country)
        found["papers"] = papers.measure(stage)
        found["seals"] = sealing.measure(stage)
        found["proofs"] = proofs.measure(folder)
        found["passkeys"] = passkeys.measure()
        found["reading"] = reading.measure()
        found["import"] = importing.measure(folder)
        served.dump(found)


if __name__ == "__main__":
    main()
