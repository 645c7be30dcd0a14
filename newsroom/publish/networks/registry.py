"""Which network is which; each is imported when it is asked for."""

from __future__ import annotations

from newsroom.content.announcing import NetworkName
from newsroom.publish.networks.network import Network


def network(name: NetworkName) -> Network:
    """The network of that name."""
    match name:
        case "max":
            from newsroom.publish.networks.max import Max

            return Max()
        case "vk":
            from newsroom.publish.networks.vk import Vk

            return Vk()
        case "ok":
            from newsroom.publish.networks.ok import Ok

            return Ok()
        case "telegram":
            from newsroom.publish.networks.telegram import Telegram

            return Telegram()
        case "mail":
            from newsroom.publish.networks.mail import MAIL

            return MAIL
        case _:
            return _without_keys(name)


def _without_keys(name: NetworkName) -> Network:
    """Those that need no secrets."""
    match name:
        case "indexnow":
            from newsroom.publish.networks.indexnow import IndexNow

            return IndexNow()
        case "websub":
            from newsroom.publish.networks.websub import WebSub

            return WebSub()
        case _:
            from newsroom.publish.networks.manual import Manual

            return Manual()
