"""From a frozen text to what crosses the wire: Markdown, layout, MIME; composed once, filled for
each.
"""
