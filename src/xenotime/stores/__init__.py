"""Files, folders and the clock: the outside world behind the services' ports."""
