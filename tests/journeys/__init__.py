"""The whole service as processes of its own, between stand-ins that play Twilio and a mail server."""
