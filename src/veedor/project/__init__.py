"""Open a project folder and wire what the use cases need; each use case is a function in the package that owns its verb."""
