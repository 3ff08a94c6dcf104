"""Pictures of networks and of their numbers, drawn with matplotlib."""
