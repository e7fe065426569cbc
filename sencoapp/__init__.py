"""SENCO app: the record of special educational needs that a mainstream school keeps on its own laptops.

Nothing in this package imports Qt. The window lives in the sibling package ``ui``.
"""

__version__ = "0.1.0"
