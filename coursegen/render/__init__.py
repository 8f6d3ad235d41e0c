"""Parts of a course as HTML for a target.

``html`` writes rich text, ``links`` drops those that lead nowhere, ``templates`` fills the templates, ``overview`` is the page about a
unit, ``script`` joins the player's modules, ``faults`` is what can be wrong with a course's own templates.
"""
