"""Who may sign for whom: keys of the parties, and their signatures over an accord's text."""
