"""One file per outside system, named by settings; imported by nobody."""
