"""A text sent where somebody reads it: a group robot of 企业微信, 钉钉 or 飞书, or e-mail.

Nothing here reads the clock, the environment or a file: target and moment come in. Nothing counts as sent
before the service said so, and no failure names a secret.
"""

from __future__ import annotations

from salesflow.push.message import leads_in, split
from salesflow.push.target import FIELDS, SECRETS, SERVICES, Failed, Target, checked

__all__ = [
    "FIELDS",
    "SECRETS",
    "SERVICES",
    "Failed",
    "Target",
    "checked",
    "leads_in",
    "limit",
    "send",
    "split",
]

# bytes of one message, by service; a mail has none
LIMITS = {"wecom": 2048, "dingtalk": 15_000, "feishu": 15_000}


def limit(service: str) -> int | None:
    """How many bytes one message of the service may have; None where there is no limit."""
    return LIMITS.get(service)


def send(target: Target, message: str, epoch: float) -> None:
    """Nothing; the service said that it took the message. Raises Failed.

    ``epoch`` is the moment (seconds since 1970) that goes into signatures and the mail's date.
    """
    if target.service == "mail":
        from salesflow.push import mail

        mail.send(target, message, epoch)
    else:
        from salesflow.push import robot

        robot.send(target, message, epoch)
