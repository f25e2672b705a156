"""Workbooks of other kinds: an old one (.xls), as a program wrote it of made-up lines, and OpenDocument ones (.ods), as one would."""

import zipfile
from base64 import b64decode
from io import BytesIO
from zlib import decompress

OLD = decompress(
    b64decode(
        """
eNrtWFtslEUUPvPvpX/bpd0WClhwXatASy+2olBRbEuLQqIpUbwk1si23V5gu23aNaEm6iLyYiCR8KAPJIaEi0HjJSaaeIntGw8aeeFBI0khajT4sBoMIbFdv3NmdvlZW+wuaCLs2Xwz/5z/n5lz5p
w5Z2ZPfVM2dfjDyrOUQfeTi2aSheR18BRQnGr4iSzDm0kmkyl2Mk//K5o2NdvQDft5ALZ5AWADhUCRsbHP1Hm6cegxGsYvRkHaRFHUozRO2dBieIxzvPn0mZnnd/Ol/Py5z8/xm+O4C7ja/ue4z/t/
AVAClOoUQGVAObAQWARUiE8QLQGWArcAlcAyYDlwKxAAbgOCwO1AFXAHcCewAlgJrAKqgRpgNVAL1AH1QIPRodHUjDV4vge41/DWoW7Ox6t/pEIbVvR66LMFX7HJxfZn4REfuCfFL84BXTTCvtEeiv
QE/yvaKDKEFMswASfdoLzwVQt+eghlCb0vbz6XcoN4IKiVgs3Gq5+2WkX+/VJWSVmCUtEn0uc74TTBF78XT39dNoKiAtVOIYrQIHUjFg7ii0o6yXvsZfmCd4hqkzf81bW8Dbh9dIT32cPhaHg0FAm4
y+go77FxUFf90FBXfW9vwF1Jx3hTOZldwYH1Q0Prx8YC7hI6zlv0mYFnNWdKNuER+iMZdGz4iSDzWQbhX5gf38qSTzcd/wjWbrZ1rtXfJzL5NXPw6+bgr56DXzgrPy1PdSb/qOa7M/nH5uAf/xv/oI
VGnJJc++MuqcviXqnL426pF8YLpF4U9yS3yybbi3Qx7hHH5+gRGWNGjc37E4zh3rAwzhTqLzpjA+HRfZhV4TepbIBo235F52kH55tEtwjjTYh+Pi2fy0A5cply8NZQcYKjw5fY4zbtVpjLnlCtKFsp
8JtfZzQbg9nIWPZFJLU/kTdsk/0ge1t/OBrDaB2hcYzdFsOk20KRnR7SGuFNWzSKmULAriRypU0Bj86VPXYFcNk9KkxtcULVgdd/ReD1QfxeqMphqkxU8WO4+vbl58+trWx5TvhxujziCrYK1andeD
PpXi09aqV8Rb5NJeQ9wntVypXp/j+3rHI8V6efEy01jufDCJ6FkIrELBZmq1NLfd49k9unWlK1oifwxqYXRW1Sr9mlRtMSqVw6+PGiWn7zXKdDoioVnpqFZ2XwpuUgoo8eZFoKLZVuWbJ2qZYLLVe6
5UbLbVpK1oXleckqEr0WU8kpJBfIyzouoXdPnDgRif/U+gVSi8IoS+mi4pkDMpKyvDJPhfS3pH+56W+l++9Df83h/v1bf6jy0YUW3YOl4WPPj1Rk1pXpV9rKGiQ2a8snbOPELDh0STSK9m7ZAIgCCf
8shzuLiqQf92ENH7TK6WOvzo5ED4gl+RhWaqxCJjVRP3ZAv+0cSKUOlDebv6p0mfJXNasfejNsFnTazM7BZrbDZpS32b9hs4IMmzU6bebLwWa+62uzLEnhhuMq0ndAv63DyIR+9RDfuR4d7BkdHhvu
iwU37eoJR4L3ravfFuoORyJh8YaNg319zddy91RkYleONJOkdPjLGJem9r71+6XOAf87B2yqXfXRt2yWN83dVJmFZufcbO6pXWYJB8x9NWburHFzb91nzge/TOs7KPcZHglHR8Z3RcjcSy1xCT12ij
Kf472JFZ++cEY5n6+3/syxTn99+lDDMv/BN6B/3aX3OjghZvC6zD07df7xO3R8JJ169V1bmTuxZfRInZd4rdpGRp4Mj44NDkevXCNe3zUNTZSnG5Ou5/9/4n8ZMWi2PuyTrTpq01OYfZR24rbNcuzM
Wv5yOXBpP01m8b/ageJUnGnHvEM0Qp2QYUdO87sc/8HNp89dwJZ0nOukCIVzth8fJrP9/6/J/FenD+KP0/PQf4hCYvst8II+sQlzYjSI5+hVxqo283uyWP+7gZPp+TswQ4/IEBYPzE6e5hz0Xwu8nf
//V+gvtaRKtQ==
"""
    )
)
"""Three sheets: Calls with a header and two lines whose agent is merged, Codes, which is hidden, and Other."""
OFFICE = "urn:oasis:names:tc:opendocument:xmlns"
SPREADSHEET = "application/vnd.oasis.opendocument.spreadsheet"
HEADER = "<table:table-row>{}{}</table:table-row>"


def cell(text: str, more: str = "") -> str:
    return f'<table:table-cell office:value-type="string"{more}><text:p>{text}</text:p></table:table-cell>'


def row(*cells: str, more: str = "") -> str:
    return f"<table:table-row{more}>{''.join(cells)}</table:table-row>"


def opened(body: str, kind: str = SPREADSHEET) -> bytes:
    """An .ods whose only sheet has these rows."""
    spaces = " ".join(f'xmlns:{one}="{OFFICE}:{one}:1.0"' for one in ("office", "table", "text"))
    table = f'<table:table table:name="Calls">{body}</table:table>'
    content = f"<office:document-content {spaces}><office:body><office:spreadsheet>{table}</office:spreadsheet></office:body></office:document-content>"
    data = BytesIO()
    with zipfile.ZipFile(data, "w", 8) as archive:
        archive.writestr("mimetype", kind)
        archive.writestr("META-INF/manifest.xml", f'<m:manifest xmlns:m="{OFFICE}:manifest:1.0"/>')
        archive.writestr("content.xml", content)
    return data.getvalue()
