"""Name a browser by what it calls itself."""

from __future__ import annotations

_BROWSERS = (  # the first that is named: most also claim to be those further down
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("MicroMessenger", "WeChat"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("HarmonyOS", "HarmonyOS"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def device_name(agent: str) -> str:
    """Return browser and system, as ``Firefox · Windows``, or the start of what is none known."""
    known = [
        next((name for word, name in table if word in agent), None)
        for table in (_BROWSERS, _SYSTEMS)
    ]
    return " · ".join(filter(None, known)) or agent[:40]
