"""What Moodle makes of things whatever file they come in; every writer of a Moodle format uses it.

``words`` names and texts as Moodle keeps them · ``question`` its types of question, and ``kinds`` which of them each kind becomes, with
``fractions`` what an option is worth, ``embedded`` answers inside a text, ``special`` questions that need another way, ``nodes`` texts made
ready · ``verdicts`` what becomes of questions there · ``unfolded`` case studies as pages · ``collection`` records of a database
"""
