"""How a reply is read: from its characters to the answer in it. `surveys.replies.parse_reply` is the way in."""
