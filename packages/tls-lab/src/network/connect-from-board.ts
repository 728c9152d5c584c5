import { type Board, py } from '@wirewrap/repl-driver';

/** What a server sends to show that it is the one that was meant. */
export const greeting = 'wirewrap';

/** The board opens a plain connection and waits for the greeting. Null when it came, otherwise what happened instead. */
export async function connectFromBoard(
  board: Board,
  address: string,
  port: number,
  timeoutMs: number,
): Promise<string | null> {
  const printed = await board.exec(
    py`
    try:
        import socket
    except ImportError:
        import usocket as socket
    s = socket.socket()
    try:
        s.settimeout(${timeoutMs / 1000})
        s.connect(socket.getaddrinfo(${address}, ${port})[0][-1])
        print(s.recv(8))
    except Exception as e:
        print(repr(e))
    s.close()
    `,
    { deadlineMs: timeoutMs + 10_000 },
  );
  return printed.trim() === `b'${greeting}'` ? null : printed.trim();
}
