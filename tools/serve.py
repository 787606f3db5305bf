"""Serve a settings file on a port of this machine, for ``make serve``.

``pserve`` does the same but cannot be given another port without a second
settings file. The address is always loopback, whatever the file says:
production has ``pserve`` and a file of its own.

    python tools/serve.py development.ini 6543
"""

from __future__ import annotations

import sys

import plaster
import waitress

from workflow_app.settings import SettingsError

HOST = "127.0.0.1"


def main(ini: str, port: int) -> int:
    """Serve until interrupted; 1 with a sentence when the settings cannot be used."""
    loader = plaster.get_loader(ini, protocols=["wsgi"])
    loader.setup_logging({})
    options = {key: value for key, value in loader.get_settings("server:main").items() if key != "use"}
    try:
        app = loader.get_wsgi_app()
    except SettingsError as error:
        print(f"make: {ini}: {error}", file=sys.stderr)
        return 1
    print(f"Avtaleflyt is at http://{HOST}:{port} (Ctrl-C stops it)", flush=True)
    waitress.serve(app, **{**options, "listen": f"{HOST}:{port}", "_quiet": True})
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2])))
