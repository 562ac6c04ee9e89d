"""Certificates for servers on loopback: sound, expired, of another host, and signed by nobody."""

from __future__ import annotations

import datetime as dt
import ssl
from functools import cache

import trustme

HOST = "127.0.0.1"


@cache
def _authority() -> trustme.CA:
    return trustme.CA()


def trust() -> ssl.SSLContext:
    """What a client needs to believe the sound one."""
    context = ssl.create_default_context()
    _authority().configure_trust(context)
    return context


def sound(host: str = HOST) -> ssl.SSLContext:
    """A server whose certificate is in order, for `host`."""
    return _server(_authority().issue_cert(host))


def expired() -> ssl.SSLContext:
    """A server whose certificate has expired."""
    last = dt.datetime(2020, 1, 2, tzinfo=dt.UTC)
    return _server(
        _authority().issue_cert(HOST, not_before=dt.datetime(2020, 1, 1, tzinfo=dt.UTC), not_after=last)
    )


def self_signed() -> ssl.SSLContext:
    """A server whose certificate no authority has signed."""
    return _server(trustme.CA().issue_cert(HOST))


def _server(certificate: trustme.LeafCert) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    return context
