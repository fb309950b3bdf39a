"""Words and phrases that point to something, and how they are found in what people write."""
