"""The kinds of source that an audience may have, a section of ``sources.<audience>`` a file."""
