"""A release: the lake's tables as files that describe themselves, under a name, never to be written over."""
