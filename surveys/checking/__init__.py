"""What makes a definition unfit to send: reading the files, the rules, and saying what to write instead."""
