"""Text messages through Twilio: `sending` hands them over, `reading` makes sense of what Twilio posts to us.

The only package that may import `twilio`.
"""

from __future__ import annotations

from channels.sms.reading import TwilioReader
from channels.sms.sending import TwilioSms

__all__ = ["TwilioReader", "TwilioSms"]
