"""What we keep. The only package that speaks SQL."""
