import { type Board, firmwareModule, py } from '@wirewrap/repl-driver';

/** What a server sends to show that it is the one that was meant. */
export const GREETING = 'wirewrap';

/**
 * The board opens a plain connection and waits for the greeting. Null when it came, otherwise what happened instead. The
 * socket does not block while it connects: `connect` of ESP32 firmware before 1.22 knows neither time-out nor Ctrl-C and waits
 * 18 s where a firewall swallows its SYN (`socket_connect` in ports/esp32/modsocket.c, micropython #8326). 115 and 119
 * are EINPROGRESS on Linux and in newlib.
 *
 * @example await connectFromBoard(board, '192.168.4.2', 8443, 5_000); // null when the greeting came
 */
export async function connectFromBoard(
  board: Board,
  address: string,
  port: number,
  timeoutMs: number,
): Promise<string | null> {
  const printed = await board.exec(
    py`
    def _wwprobe(address, port, ms):
        socket = ${firmwareModule('socket')}
        s = socket.socket()
        try:
            s.setblocking(False)
            try:
                s.connect(socket.getaddrinfo(address, port)[0][-1])
            except OSError as e:
                if e.args[0] not in (115, 119):
                    raise
            p = ${firmwareModule('select')}.poll()
            p.register(s, 4)
            if p.poll(ms):
                s.settimeout(ms / 1000)
                print(s.recv(8))
            else:
                print('OSError: no answer within', ms, 'ms')
        except Exception as e:
            print(repr(e))
        s.close()
    _wwprobe(${address}, ${port}, ${timeoutMs})
    del _wwprobe
    `,
    { deadlineMs: timeoutMs + 10_000 },
  );
  return printed.trim() === `b'${GREETING}'` ? null : printed.trim();
}
