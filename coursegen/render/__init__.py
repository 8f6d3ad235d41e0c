"""Parts of a course as HTML for a target.

``html`` writes rich text, ``templates`` fills the templates, ``overview`` is the page about a unit, ``script`` joins the player's modules.
"""
