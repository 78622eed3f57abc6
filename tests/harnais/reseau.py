"""No test reaches outside this machine: a connection elsewhere than loopback raises."""

import ipaddress
import sys


def close() -> None:
    """Close the network of this process, for good."""
    sys.addaudithook(_refuse_outside)


def _refuse_outside(event: str, args: tuple[object, ...]) -> None:
    if event == "socket.connect" and isinstance(args[1], tuple) and not _is_loopback(str(args[1][0])):
        raise PermissionError(f"Un essai veut joindre {args[1]} : les essais ne joignent que cette machine.")


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
