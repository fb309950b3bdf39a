"""What replies mean: urgent concerns, sentiment, themes, and the shaping of a digest. Pure."""
