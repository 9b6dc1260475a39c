"""Reading public notices: eForms, BOAMP, awarded contracts. Pure: bytes in, facts out."""
