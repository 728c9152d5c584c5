import type { Socket } from 'node:net';

/** How long a socket whose write failed may still deliver what it had received. */
const LAST_READS_MS = 100;

/**
 * Keeps a socket readable after a failed write. A board that aborts sends its alert and resets; node destroys a socket
 * at the first failed write (EPIPE, ECONNRESET) and the alert, already received by the kernel, would be lost.
 */
export function keepReadingAfterFailedWrite(socket: Socket): void {
  const destroy = socket.destroy.bind(socket);
  let failed: NodeJS.Timeout | undefined;
  socket.once('close', () => clearTimeout(failed));
  socket.destroy = (error?: Error & { readonly syscall?: string }) => {
    if (error?.syscall !== 'write' || failed !== undefined || socket.readableEnded) {
      clearTimeout(failed);
      return destroy(error);
    }
    failed = setTimeout(() => destroy(error), LAST_READS_MS);
    socket.once('end', () => destroy(error));
    socket.resume();
    return socket;
  };
}
