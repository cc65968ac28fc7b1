"""What an admin sees and does; every view is for admins alone."""
