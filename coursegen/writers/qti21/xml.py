"""The few functions that XML is put together with: what is mixed content must not be indented, so nothing here adds a blank."""

from __future__ import annotations

from ...render.html import escape_value

NAMESPACE = "http://www.imsglobal.org/xsd/imsqti_v2p1"


def element(name: str, *content: str, **attributes: object) -> str:
    """An element with what is in it, which is XML already. Attributes that are None are left out; of ``xml_lang`` the ``_`` is a colon."""
    values = "".join(
        f' {key.rstrip("_").replace("_", ":")}="{escape_value(_said(value))}"' for key, value in attributes.items() if value is not None
    )
    inside = "".join(content)
    return f"<{name}{values}>{inside}</{name}>" if inside else f"<{name}{values}/>"


def lines(name: str, *content: str, **attributes: object) -> str:
    """An element that holds elements alone, each on a line of its own."""
    return element(name, *(f"\n{each}" for each in content if each), "\n", **attributes)


def document(root: str) -> bytes:
    """A file of a package: its root element, in the namespace of QTI 2.1."""
    name = root[: min(root.index(" "), root.index(">"))]
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{name} xmlns="{NAMESPACE}"{root[len(name) :]}\n'.encode()


def _said(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
