"""Connect to a Dask cluster, or start one on this machine."""

from __future__ import annotations

import asyncio
import logging
import warnings
from importlib.util import find_spec

from newslint.core.errors import UsageError
from newslint.core.messages import msg
from newslint.runner.dask import Cluster

ANSWERED = 10.0
"""Seconds within which a scheduler must respond."""


def connected(address: str | None, jobs: int) -> Cluster:
    """Return the cluster of a scheduler; without an address a local one of ``jobs`` processes.

    Raises UsageError if Dask is not installed, no scheduler responds, or the cluster has no workers
    or workers that would give other results.
    """
    if find_spec("distributed") is None:
        raise UsageError("--engine dask needs Dask: pip install 'newslint[dask]'")
    with warnings.catch_warnings():
        # newslint reports version differences itself, and checks more than Dask does.
        warnings.simplefilter("ignore")
        cluster = _joined(address) if address is not None else _started(jobs)
        try:
            cluster.wait()
            cluster.check()
        except BaseException:
            cluster.close()
            raise
    return cluster


def _joined(address: str) -> Cluster:
    from distributed import Client
    from distributed.comm import parse_address, parse_host_port
    from distributed.comm.registry import get_backend

    _silence()
    try:
        # A client that cannot connect at all takes a minute to give up.
        scheme, rest = parse_address(address)
        get_backend(scheme)
        parse_host_port(rest)
    except ValueError as error:
        raise UsageError(
            msg(
                "--scheduler {address!r} is not a Dask address: {value}",
                address=address,
                value=error,
            )
        ) from None
    try:
        # A client waits forever for a server that accepts the connection and does not respond.
        kind = asyncio.run(asyncio.wait_for(_kind(address), ANSWERED))
        if kind == "Scheduler":
            return Cluster(Client(address, timeout=ANSWERED, set_as_default=False))
    except (OSError, TimeoutError) as error:  # network or TLS
        why = str(error).partition("\n")[0] or msg("no response")
        raise UsageError(
            msg("no Dask scheduler responds at {address}: {why}", address=address, why=why)
        ) from None
    except Exception:  # a server of another kind may send anything
        kind = msg("Dask cannot read its response")
    raise UsageError(msg("{address} is not a Dask scheduler: {kind}", address=address, kind=kind))


async def _kind(address: str) -> str:
    """Return the kind of server at an address: ``Scheduler`` or ``Worker``; empty for others."""
    from distributed.comm import connect
    from distributed.core import send_recv
    from distributed.security import Security

    security = Security().get_connection_args("client")
    comm = await connect(address, timeout=ANSWERED, **security)
    try:
        answer = await send_recv(comm, op="identity")
    finally:
        comm.abort()
    return str(answer["type"])


def _started(jobs: int) -> Cluster:
    from distributed import Client, LocalCluster

    _silence()
    own = LocalCluster(
        n_workers=jobs,
        threads_per_worker=1,
        dashboard_address=None,
        silence_logs=logging.CRITICAL,
    )
    return Cluster(Client(own, set_as_default=False), own)


def _silence() -> None:
    """Disable Dask's log on standard error: newslint reports what is relevant."""
    for name in list(logging.root.manager.loggerDict):
        if name.partition(".")[0] in ("distributed", "tornado", "asyncio"):
            logging.getLogger(name).setLevel(logging.CRITICAL)
