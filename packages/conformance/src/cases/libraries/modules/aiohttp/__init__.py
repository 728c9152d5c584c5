# Ours: opens its stream as micropython-lib's aiohttp does: a context or True for `ssl`, and no name of the server.
import asyncio


class ClientResponse:
    def __init__(self, reader, status):
        self._reader = reader
        self.status = status

    async def text(self):
        return str(await self._reader.read(-1), "utf-8")


class _Request:
    def __init__(self, url, ssl):
        self._url = url
        self._ssl = ssl
        self._reader = None

    async def __aenter__(self):
        scheme, _, place, path = self._url.split("/", 3)
        name, _, port = place.partition(":")
        secure = (self._ssl or True) if scheme == "https:" else None
        reader, writer = await asyncio.open_connection(
            name, int(port or (443 if secure else 80)), ssl=secure
        )
        self._reader = reader
        writer.write(b"GET /%s HTTP/1.0\r\nHost: %s\r\nConnection: close\r\n\r\n" % (path, name))
        await writer.drain()
        status = int((await reader.readline()).split(None, 2)[1])
        while (await reader.readline()) not in (b"", b"\r\n"):
            pass
        return ClientResponse(reader, status)

    async def __aexit__(self, *args):
        self._reader.close()
        await self._reader.wait_closed()


class ClientSession:
    async def __aenter__(self):
        return self

    async def __aexit__(self, *args):
        return await asyncio.sleep(0)

    def get(self, url, ssl=None):
        return _Request(url, ssl)
