"""The sub-commands of `bin/psl demarche`, one file each."""
