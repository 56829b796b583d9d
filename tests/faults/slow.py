"""A road to a server on which every answer takes its time."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress


@contextmanager
def slow_road(port: int, *, seconds: float) -> Iterator[int]:
    """A port of this machine that leads to another one; each answer from there arrives so many seconds late."""
    loop = asyncio.new_event_loop()
    road = loop.run_until_complete(asyncio.start_server(lambda *ends: _lead(*ends, port, seconds), "127.0.0.1", 0))
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        yield road.sockets[0].getsockname()[1]
    finally:
        asyncio.run_coroutine_threadsafe(_close(road), loop).result(timeout=10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(timeout=10)
        loop.close()


async def _lead(there: asyncio.StreamReader, back: asyncio.StreamWriter, port: int, seconds: float) -> None:
    """Carry both ways until either side hangs up."""
    answers, questions = await asyncio.open_connection("127.0.0.1", port)
    with suppress(OSError, asyncio.CancelledError):
        await asyncio.gather(_carry(there, questions, 0), _carry(answers, back, seconds))
    questions.close()
    back.close()


async def _carry(source: asyncio.StreamReader, target: asyncio.StreamWriter, seconds: float) -> None:
    while data := await source.read(65536):
        await asyncio.sleep(seconds)
        target.write(data)
        await target.drain()
    raise ConnectionResetError


async def _close(road: asyncio.Server) -> None:
    road.close()
    carriers = asyncio.all_tasks() - {asyncio.current_task()}
    for carrier in carriers:
        carrier.cancel()
    await asyncio.gather(*carriers, return_exceptions=True)
