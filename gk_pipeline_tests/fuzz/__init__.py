"""Documents mutated at random: none may crash, hang or be silently wrong."""
