import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect } from 'node:net';
import { py } from '@wirewrap/repl-driver';
import { ignored, instead } from '../debug.ts';
import type { CaseBench } from './conformance-case.ts';

/** Milliseconds for one control connection: TCP repeats a lost SYN after one second. */
const CONTROL_MS = 4_000;

const WORD = 'wirewrap';

/** On the board: a server without TLS that says one word and ends. */
const PLAIN_SERVER = `
def _wwplain(address, port, seconds):
    try:
        import usocket as socket
    except ImportError:
        import socket
    s = socket.socket()
    s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    s.bind(socket.getaddrinfo(address, port)[0][-1])
    s.listen(1)
    s.settimeout(seconds)
    print('listening')
    c = s.accept()[0]
    c.send(b'${WORD}')
    c.close()
    s.close()
`;

/** On the board: sends a datagram and waits for it to come back, or waits for one and sends it back. */
const DATAGRAM = `
def _wwdatagram(address, port, seconds, first):
    try:
        import usocket as socket
    except ImportError:
        import socket
    s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    s.settimeout(seconds)
    a = socket.getaddrinfo(address, port)[0][-1]
    try:
        if first:
            s.sendto(b'${WORD}', a)
            return s.recvfrom(8)[0] == b'${WORD}'
        s.bind(a)
        print('listening')
        data, peer = s.recvfrom(8)
        s.sendto(data, peer)
        return True
    except OSError:
        return False
    finally:
        s.close()
`;

/** Reads what a TCP server says first; empty when it could not be reached. */
async function firstWord(host: string, port: number): Promise<string> {
  const socket = connect({ host, port });
  const signal = AbortSignal.timeout(CONTROL_MS);
  try {
    const [data] = (await once(socket, 'data', { signal })) as [Buffer];
    return data.toString('latin1');
  } catch (error) {
    return instead('', 'waiting for the first word')(error);
  } finally {
    socket.destroy();
  }
}

/**
 * Whether the host reaches a server on the board that has nothing of TLS: when it does, a TLS server that is not reached is
 * the firmware's doing, and no fault of the way. False too when the board cannot even run the plain one.
 */
export async function reachesPlainServer({ board, network }: CaseBench): Promise<boolean> {
  try {
    const port = await network.boardPort();
    const at = network.boardAt(port);
    await board.exec(PLAIN_SERVER);
    const call = py`_wwplain(${network.bindAddress}, ${port}, ${CONTROL_MS / 1000})`;
    await using stream = await board.stream(call, { deadlineMs: CONTROL_MS * 2 });
    stream.finished.catch(ignored('the program of the control connection'));
    await stream.waitFor('listening', { deadlineMs: CONTROL_MS });
    return (await firstWord(at.host, at.port)) === WORD;
  } catch (error) {
    return instead(false, 'the control connection')(error);
  }
}

/** Whether a datagram of the board comes to the host and back. */
export async function datagramsReachHost({ board, network }: CaseBench): Promise<boolean> {
  const socket = createSocket('udp4');
  try {
    socket.on('message', (data, peer) => socket.send(data, peer.port, peer.address));
    socket.bind(0, network.listenAddress);
    await once(socket, 'listening', { signal: AbortSignal.timeout(CONTROL_MS) });
    const { address, port } = socket.address();
    await board.exec(DATAGRAM);
    return (
      (await board.evaluate(py`_wwdatagram(${network.hostFor(address)}, ${port}, ${CONTROL_MS / 1000}, True)`)) === true
    );
  } catch (error) {
    return instead(false, 'the control connection')(error);
  } finally {
    socket.close();
  }
}

/** Whether a datagram of the host comes to the board and back. */
export async function datagramsReachBoard({ board, network }: CaseBench): Promise<boolean> {
  const socket = createSocket('udp4');
  try {
    const port = await network.boardPort();
    const at = network.boardAt(port);
    await board.exec(DATAGRAM);
    const call = py`_wwdatagram(${network.bindAddress}, ${port}, ${CONTROL_MS / 1000}, False)`;
    await using stream = await board.stream(call, { deadlineMs: CONTROL_MS * 2 });
    stream.finished.catch(ignored('the program of the control connection'));
    await stream.waitFor('listening', { deadlineMs: CONTROL_MS });
    const answer = once(socket, 'message', { signal: AbortSignal.timeout(CONTROL_MS) });
    socket.send(WORD, at.port, at.host);
    const [data] = (await answer) as [Buffer];
    return data.toString('latin1') === WORD;
  } catch (error) {
    return instead(false, 'the control connection')(error);
  } finally {
    socket.close();
  }
}
