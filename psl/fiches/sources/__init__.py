"""Reading DILA's content from what carries it: npm archive (JSON), DILA's zip (XML), folder, one file. Pure: nothing is fetched."""
