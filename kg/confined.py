"""Takes the network and other programs from this process for good, where the kernel can (Linux, seccomp).

The filter is that of seccomp(2): calls that make a connection, run a program, or look into another
process fail with EPERM. What is open already stays open; forks and threads have the same filter.
"""

from __future__ import annotations

import ctypes
import platform
import sys
from dataclasses import dataclass
from typing import Final

_NO_NEW_PRIVILEGES: Final = 38  # prctl(2)
_SET_FILTER: Final = 1  # seccomp(2): SECCOMP_SET_MODE_FILTER
_ALL_THREADS: Final = 1  # SECCOMP_FILTER_FLAG_TSYNC
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06  # instructions of the classic BPF, on words
_ALLOW: Final = 0x7FFF0000
_EPERM: Final = 0x00050001
_NUMBER, _MACHINE = 0, 4  # offsets in struct seccomp_data
_OTHER_ABI: Final = 0x40000000  # x32's calls have this bit; it is in no other number


@dataclass(frozen=True, slots=True)
class _Kernel:
    """A machine's name in audit.h, the number of seccomp(2), and those of what is taken."""

    audit: int
    seccomp: int
    taken: tuple[int, ...]


# socket, connect, bind, execve, execveat, ptrace, process_vm_readv and _writev, io_uring_setup
_KERNELS: Final = {
    "x86_64": _Kernel(0xC000003E, 317, (41, 42, 49, 59, 322, 101, 310, 311, 425)),
    "aarch64": _Kernel(0xC00000B7, 277, (198, 203, 200, 221, 281, 117, 270, 271, 425)),
}


class _Step(ctypes.Structure):
    _fields_ = (
        ("code", ctypes.c_uint16),
        ("yes", ctypes.c_uint8),
        ("no", ctypes.c_uint8),
        ("value", ctypes.c_uint32),
    )


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_uint16), ("steps", ctypes.POINTER(_Step)))


def confine() -> bool:
    """Take network and programs from this process; return whether the kernel did so."""
    kernel = _KERNELS.get(platform.machine())
    if sys.platform != "linux" or kernel is None:
        return False
    steps = _steps(kernel)
    program = _Program(len(steps), (_Step * len(steps))(*steps))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0):
        return False
    return bool(libc.syscall(kernel.seccomp, _SET_FILTER, _ALL_THREADS, ctypes.byref(program)) == 0)


def _steps(kernel: _Kernel) -> list[_Step]:
    """Return the filter: a call of another machine or ABI, or one that is taken, fails."""
    refuse = len(kernel.taken) + 1  # steps from the one after the check of the ABI to the last
    checks = [_Step(_EQUAL, refuse - place - 1, 0, number) for place, number in enumerate(kernel.taken)]
    return [
        _Step(_LOAD, 0, 0, _MACHINE),
        _Step(_EQUAL, 0, refuse + 2, kernel.audit),
        _Step(_LOAD, 0, 0, _NUMBER),
        _Step(_AT_LEAST, refuse, 0, _OTHER_ABI),
        *checks,
        _Step(_RETURN, 0, 0, _ALLOW),
        _Step(_RETURN, 0, 0, _EPERM),
    ]
