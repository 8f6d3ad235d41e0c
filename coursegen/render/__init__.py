"""Parts of a course as HTML for a target: ``html`` writes rich text, ``templates`` fills the templates, ``script`` joins the player's modules."""
