# asyncio.start_server(ssl=...) under siege. Needs ssl.SSLContext.
import asyncio
import ssl


async def _sanswer(reader, writer):
    try:
        writer.write(await reader.readline())
        await writer.drain()
    except (OSError, ValueError):
        pass
    finally:
        try:
            writer.close()
            await writer.wait_closed()
        except OSError:
            pass


async def _sasync(address, port, seconds, key, cert):
    c = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    c.load_cert_chain(cert, key)
    s = await asyncio.start_server(_sanswer, address, port, ssl=c)
    print("listening")
    worst = 0
    import time

    end = time.ticks_add(time.ticks_ms(), seconds * 1000)
    while time.ticks_diff(end, time.ticks_ms()) > 0:
        # How long the other tasks stand still.
        t = time.ticks_ms()
        await asyncio.sleep_ms(10)
        worst = max(worst, time.ticks_diff(time.ticks_ms(), t) - 10)
    s.close()
    await s.wait_closed()
    return worst


def _sasyncio(address, port, seconds, key, cert):
    return asyncio.run(_sasync(address, port, seconds, key, cert))
