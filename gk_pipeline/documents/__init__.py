"""One reader a media type behind one interface: what a file says, before anyone interprets it."""
