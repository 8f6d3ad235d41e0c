"""The preview: a course in its real player, in a browser on this machine, that follows every save of its sources.

``watch`` notices a save · ``studio`` reads, checks and remembers the last good state · ``show`` holds a course's packages in memory ·
``atlas`` knows which page a finding is about · ``case_map`` lays out a case study as a drawing · ``pages`` the preview's own pages ·
``server`` answers the browser, and nobody else.
"""
