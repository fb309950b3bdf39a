"""How messages travel. A channel knows nothing of surveys or storage."""
