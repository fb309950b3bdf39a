"""What we ask: definitions, stages, questions and the reading of replies. Pure; imports nothing else of ours."""
