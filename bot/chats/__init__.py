"""What stands behind the web chat: links and doors lead to conversations, which are held like any others."""
