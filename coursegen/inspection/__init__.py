"""Looks into packages, ours or another's: what is in them, whether they are sound, and what will happen on import."""

from __future__ import annotations

from .looking import inspect
from .model import Inspection
from .opened import Member, Opened, open_package

__all__ = ["Inspection", "Member", "Opened", "inspect", "open_package"]
