"""How the table of `bot.jobs` is run by one process at a time, and written down.

`times` says when a job is due, `due` which of them are, `lease` who runs them, `runs` how each went, `ticking` puts these
together, and `running` turns it with APScheduler, which nothing else knows of. `standing` tells people how it stands.
"""
