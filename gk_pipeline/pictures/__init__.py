"""What people look at: terminal tables; charts and pages come from the same facts."""
