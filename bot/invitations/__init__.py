"""From a case stage to an invitation, and from an invitation that is due to an open conversation."""
