"""The dossier of a tender: its forms and annexes, each told once and printed as PDF and as ODT.

What goes to a French buyer is in French, whatever the reader's language. Nothing is ticked or signed for
anybody: what is declared upon honour is left to whoever signs.
"""
