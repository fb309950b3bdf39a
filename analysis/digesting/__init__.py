"""What the digest, coverage and the figures about tags are shaped from: plain rows in, plain rows out."""
