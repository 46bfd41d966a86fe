"""Word files, as they look with every change accepted; older formats by way of an office program."""
