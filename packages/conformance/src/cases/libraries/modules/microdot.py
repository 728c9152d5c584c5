# Ours: serves by asyncio.start_server(ssl=...) as microdot does, and answers one route.
import asyncio


class Microdot:
    def __init__(self):
        self._routes = {}
        self._server = None

    def get(self, path):
        def decorate(function):
            self._routes[path] = function
            return function

        return decorate

    async def start_server(self, host="0.0.0.0", port=5000, debug=False, ssl=None):
        async def serve(reader, writer):
            try:
                await self._handle(reader, writer)
            except OSError:
                pass
            writer.close()
            await writer.wait_closed()

        self._server = await asyncio.start_server(serve, host, port, ssl=ssl)
        while True:
            try:
                await self._server.wait_closed()
                break
            except AttributeError:
                # The task of an older asyncio's server.
                await asyncio.sleep(0.1)

    async def _handle(self, reader, writer):
        line = await reader.readline()
        if not line:
            return
        while (await reader.readline()) not in (b"", b"\r\n"):
            pass
        text = self._routes[str(line.split()[1], "utf-8")](None)
        writer.write(b"HTTP/1.0 200 OK\r\n\r\n" + text.encode())
        await writer.drain()

    def shutdown(self):
        self._server.close()
