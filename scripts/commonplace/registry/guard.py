"""Decides which network addresses may be asked: notes come from strangers, so only public ones."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from commonplace.registry.failure import Cause, FailedError

LookUp = Callable[[str, int], Iterable[str]]
"""The network addresses of a host, for a port."""

_IP = ipaddress.IPv4Address | ipaddress.IPv6Address

# Beyond what the standard library calls not global: special uses, old relays, and a cloud's own services.
_CLOSED_V4 = tuple(
    map(ipaddress.IPv4Network, ("192.0.0.0/24", "192.88.99.0/24", "168.63.129.16/32", "224.0.0.0/4"))
)
_GLOBAL_V6 = ipaddress.IPv6Network("2000::/3")
# Parts of it in which another address is wrapped, or that lead nowhere.
_CLOSED_V6 = tuple(map(ipaddress.IPv6Network, ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")))
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


def is_public(address: str) -> bool:
    """Whether a network address belongs to the public internet."""
    ip = ipaddress.ip_address(address)
    if isinstance(ip, ipaddress.IPv6Address) and ip in _NAT64:
        ip = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    if isinstance(ip, ipaddress.IPv4Address):
        return ip.is_global and not _lies_in(ip, _CLOSED_V4)
    return ip in _GLOBAL_V6 and ip.is_global and not _lies_in(ip, _CLOSED_V6)


def _lies_in(ip: _IP, networks: Iterable[ipaddress.IPv4Network | ipaddress.IPv6Network]) -> bool:
    return any(ip in network for network in networks)


def _system_look_up(host: str, port: int) -> list[str]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


@dataclass(frozen=True, slots=True)
class Guard:
    """Turns the name of a host into the addresses that a connection may be made to."""

    allow_private: bool = False
    look_up: LookUp = _system_look_up

    def addresses(self, host: str, port: int) -> tuple[str, ...]:
        """Every address of a host. The connection goes to one of these, so nothing is looked up twice.

        Raises:
            FailedError: There is no such host, or one of its addresses is not public.

        """
        found = tuple(self._found(host, port))
        private = [each for each in found if not self.allow_private and not is_public(each)]
        if private:
            words = f"leads into a private network ({private[0]}), which readers cannot reach"
            raise FailedError(Cause.PRIVATE, words)
        return found

    def _found(self, host: str, port: int) -> Iterable[str]:
        try:
            return self.look_up(host, port)
        except socket.gaierror as fault:
            if fault.errno in (socket.EAI_NONAME, getattr(socket, "EAI_NODATA", None)):
                raise FailedError(Cause.NO_HOST, f"there is no host {host}") from None
            raise FailedError(Cause.NO_LOOKUP, f"the host {host} could not be looked up") from None
        except (UnicodeError, ValueError):
            raise FailedError(Cause.NO_ADDRESS, f"'{host}' cannot be the name of a host") from None
