"""What each step of the witness's command line does and says."""

from __future__ import annotations

import argparse
import json
import signal
import sys
import threading
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from workflow_app.domain.trail import vkey_text
from workflow_app.witness import files, house
from workflow_app.witness.client import Log
from workflow_app.witness.faults import Alarm, StateLost, WitnessFault
from workflow_app.witness.house import House
from workflow_app.witness.rounds import Round
from workflow_app.witness.serving import Server
from workflow_app.witness.state import FOR_GOOD


def say(nb: str, en: str) -> None:
    """One thing on standard output, at once: a log that is followed shows it."""
    print(f"{nb} / {en}", flush=True)


def complain(fault: WitnessFault) -> None:
    """One thing on standard error."""
    print(f"avtaleflyt witness: {fault.said.nb} / {fault.said.en}", file=sys.stderr, flush=True)


def new(args: argparse.Namespace) -> int:
    """Make a witness and say what is to be done with its public key."""
    made = house.build(args.dir, args.name, args.log_key, args.url)
    say(
        f"Vitnet er laget i {args.dir}. Dette er den offentlige nøkkelen, til den som administrerer parten:",
        f"The witness is made in {args.dir}. This is its public key, for the party's administrator:",
    )
    print(vkey_text(made.known))
    return 0


def show(args: argparse.Namespace) -> int:
    """Say who the witness is and what it remembers; 1 where it may not cosign."""
    home = house.at_home(args.dir)
    told: dict[str, Any] = {
        "vkey": vkey_text(home.known), "log_keys": [vkey_text(key) for key in home.log_keys], "url": home.url,
        "retired": home.retired_file.exists(), "size": None, "root": None, "alarm": None, "lost": False,
    }  # fmt: skip
    try:
        memory = home.remember()
        told |= {"size": memory.size, "root": memory.root, "alarm": memory.alarm or None}
        told |= {"evidence": memory.evidence or None, "delivered": memory.delivered}
    except StateLost as lost:
        told["lost"] = True
        if not told["retired"]:
            complain(lost)
    if args.json:
        print(json.dumps(told, indent=2, ensure_ascii=False))
    else:
        for name, value in told.items():
            print(f"{name:10} {_shown(value)}")
    return 1 if told["retired"] or told["lost"] or told["alarm"] else 0


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return f"{value['nb']} / {value['en']}"
    return ", ".join(value) if isinstance(value, list) else "-" if value is None else str(value)


def once(args: argparse.Namespace) -> int:
    """One round."""
    home = house.at_home(args.dir)
    with home.working() as memory:
        _round(Round(home, memory, Log(home.url)), args.quiet)
    return 0


def _round(work: Round, quiet: bool) -> None:
    done = work.go()
    if quiet:
        return
    if done:
        say(f"Medsignert ved {done[-1]} oppføringer.", f"Cosigned at {done[-1]} entries.")
    else:
        say(
            f"Ingenting nytt siden {work.memory.size} oppføringer.",
            f"Nothing new since {work.memory.size} entries.",
        )


def run(args: argparse.Namespace) -> int:
    """Rounds until it is stopped or raises an alarm; a log that does not answer is asked again."""
    home, stopped = house.at_home(args.dir), _stopped()
    with home.working() as memory:
        work = Round(home, memory, Log(home.url))
        while not stopped.is_set():
            try:
                _round(work, args.quiet)
            except Alarm:
                raise
            except WitnessFault as fault:
                complain(fault)
                if fault.code == 2:
                    raise SystemExit(2) from fault
            stopped.wait(args.every)
    return 0


def _stopped() -> threading.Event:
    stopped = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    return stopped


def serve(args: argparse.Namespace) -> int:
    """Answer logs that ask, until it is stopped, or until an alarm ends it with 1, as it does ``run``."""
    home, stopped = house.at_home(args.dir), _stopped()
    alarms: list[Alarm] = []

    def hear(fault: WitnessFault) -> None:
        complain(fault)
        if isinstance(fault, Alarm):
            alarms.append(fault)
            stopped.set()

    host, _, port = args.listen.rpartition(":")
    if not (host and port.isascii() and port.isdecimal() and int(port) < 65536):
        raise WitnessFault(
            f"--listen {args.listen}: skriv adresse:port, som 127.0.0.1:8090.",
            f"--listen {args.listen}: write address:port, such as 127.0.0.1:8090.",
            2,
        )
    with (
        home.working() as memory,
        Server((host, int(port)), Round(home, memory, Log(home.url)), hear) as server,
    ):
        threading.Thread(target=server.serve_forever, daemon=True).start()
        where = f"http://{host}:{server.server_address[1]}/add-checkpoint"
        say(f"Svarer på {where}", f"Answering at {where}")
        stopped.wait()
        server.shutdown()
    return 1 if alarms else 0


def trust(args: argparse.Namespace) -> int:
    """Trust one more key of the same log."""
    home = house.at_home(args.dir)
    key = house.log_key_of(args.vkey)
    if key.name != home.origin:
        raise WitnessFault(
            f"Nøkkelen er til loggen {key.name}; vitnet passer på {home.origin}.",
            f"The key is of the log {key.name}; the witness looks after {home.origin}.",
            2,
        )
    with files.alone(home.folder / "lock"):
        # The newest first: that is the one the next head is signed with.
        others = tuple(known for known in home.log_keys if known != key)
        house.write_settings(replace(home, log_keys=(key, *others)))
    say(f"Stoler nå på {key.name}+{key.key_id.hex()}.", f"Now trusts {key.name}+{key.key_id.hex()}.")
    return 0


def resume(args: argparse.Namespace) -> int:
    """Take the alarm away: a person has looked, and says why the witness may go on from what it remembers."""
    home = house.at_home(args.dir)
    with files.alone(home.folder / "lock"):
        home.refuse_retired()
        memory = home.remember()
        if FOR_GOOD in memory.alarm:
            house.refuse_alarmed(memory)
        if not memory.alarm:
            raise WitnessFault("Vitnet har ingen alarm.", "The witness has no alarm.", 2)
        at = _now()
        note = f"{at}\n{memory.alarm['nb']}\n{memory.alarm['en']}\nresume: {args.because}\n".encode()
        files.write_durably(home.folder / f"{memory.evidence.removesuffix('.txt')}-resume.txt", note)
        home.keep(replace(memory, alarm={}, evidence=""))
    say(
        f"Vitnet fortsetter fra {memory.size} oppføringer; bevisene i {memory.evidence} blir liggende.",
        f"The witness goes on from {memory.size} entries; the evidence in {memory.evidence} stays.",
    )
    return 0


def retire(args: argparse.Namespace) -> int:
    """Never cosign again: say so on the disk first, then throw the private key away."""
    home: House = house.at_home(args.dir)
    with files.alone(home.folder / "lock"):
        home.refuse_retired()
        files.write_durably(home.retired_file, f"{_now()}\n{args.because}\n".encode())
        home.key_file.unlink(missing_ok=True)
        files.sync_folder(home.folder)
    say(
        "Vitnet er tatt ut av bruk og nøkkelen slettet. Be den som administrerer parten, om å avslutte det:",
        "The witness is retired and its key deleted. Ask the party's administrator to end it:",
    )
    print(vkey_text(home.known))
    return 0


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
