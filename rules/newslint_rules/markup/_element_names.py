"""The element names that browsers know.

HTML: the standard's index of elements and its obsolete features (16.2). SVG and MathML elements
count only inside ``<svg>`` and ``<math>``, where every name is kept as it is.
"""

from __future__ import annotations

_NAMES = (
    # Current elements.
    "a abbr address area article aside audio b base bdi bdo blockquote body br button canvas"
    " caption cite code col colgroup data datalist dd del details dfn dialog div dl dt em embed"
    " fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe"
    " img input ins kbd label legend li link main map mark math menu meta meter nav noscript object"
    " ol optgroup option output p picture pre progress q rp rt ruby s samp script search section"
    " select selectedcontent slot small source span strong style sub summary sup svg table tbody td"
    " template textarea tfoot th thead time title tr track u ul var video wbr"
    # Obsolete elements that browsers still treat in a way of their own, or that real pages hold.
    " acronym applet basefont bgsound big blink center command content dir element font fencedframe"
    " frame frameset image isindex keygen listing marquee menuitem multicol nextid nobr noembed"
    " noframes param plaintext portal rb rtc shadow spacer strike tt xmp"
)
HTML_ELEMENTS = frozenset(_NAMES.split())
"""Names that are elements to a browser or were in some version of HTML."""

DROPPED_IN_BODY = frozenset({"frame", "frameset"})
"""Elements whose tags a browser drops in the body of a page."""
