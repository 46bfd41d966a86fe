"""What terminal and pages say alike of a judged report: which of it matters, and in which words."""
