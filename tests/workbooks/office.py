"""LibreOffice without a window: opens a file, works every formula out anew, and writes it down again."""

import shutil
import subprocess
from pathlib import Path

import pytest

SOFFICE = shutil.which("soffice")
SECONDS = 120
ALWAYS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"
 xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""
"""Without this LibreOffice believes what is stored in a file that looks like Excel's."""
needs_office = pytest.mark.skipif(
    SOFFICE is None, reason="LibreOffice (soffice) is not here, so no workbook was opened in it"
)


def convert(path: Path, to: str, folder: Path) -> Path:
    """The same file as `to` (xlsx or pdf). Fails if LibreOffice complains of anything."""
    profile = folder / "profile" / "user"
    profile.mkdir(parents=True, exist_ok=True)
    (profile / "registrymodifications.xcu").write_text(ALWAYS, encoding="utf-8")
    out = folder / "converted"
    assert SOFFICE
    done = subprocess.run(
        [
            SOFFICE,
            f"-env:UserInstallation={profile.parent.as_uri()}",
            "--headless",
            "--convert-to",
            to,
            "--outdir",
            str(out),
            str(path),
        ],
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=True,
    )
    assert "error" not in (done.stdout + done.stderr).lower()
    made = out / f"{path.stem}.{to}"
    assert made.is_file(), done.stderr
    return made
