import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { openTransport, type Transport } from '../src/index.ts';
import { openBench } from './helpers.ts';

interface FlippingLine {
  /** The next window of content that passes has one byte changed. */
  armed: boolean;
  readonly open: (url: string) => Promise<Transport>;
}

function flippingLine(): FlippingLine {
  const line: FlippingLine = {
    armed: false,
    async open(url) {
      const inner = await openTransport(url);
      return {
        url,
        closed: inner.closed,
        onData: (listener) => inner.onData(listener),
        write(bytes) {
          const isContent = bytes.length % 128 === 0 && !Buffer.from(bytes).includes('_ww');
          if (!line.armed || !isContent) return inner.write(bytes);
          line.armed = false;
          const changed = Buffer.from(bytes);
          changed[60] = (changed[60] ?? 0) ^ 0xff;
          return inner.write(changed);
        },
        close: () => inner.close(),
        [Symbol.asyncDispose]: () => inner.close(),
      };
    },
  };
  return line;
}

const contents: [string, Buffer][] = [
  ['random bytes', randomBytes(3_000)],
  [
    'bytes that go deflated',
    Buffer.from(Array.from({ length: 900 }, (_, index) => `line ${index * index}\n`).join('')),
  ],
];

describe('content that the line changed', () => {
  test.for(contents)('%s: the old file stays, the error names the line, the next try works', async ([, bytes]) => {
    const line = flippingLine();
    await using bench = await openBench({}, { open: line.open });
    const { board } = bench;
    await board.files.write('/installs-the-receiver', 'x');
    line.armed = true;
    await board.exec("with open('/kept.bin','w') as f: f.write('old')");
    await expect(board.files.write('/kept.bin', bytes)).rejects.toMatchObject({
      code: 'PROTOCOL',
      message: expect.stringMatching(/arrived damaged .*; the line lost or changed bytes, so try again\.$/s),
    });
    expect(await board.evaluate("open('/kept.bin').read()")).toBe('old');
    expect((await board.files.list('/')).map(({ path }) => path)).not.toContain('/kept.bin.ww~');
    await board.files.write('/kept.bin', bytes);
    expect(Buffer.from(await board.files.read('/kept.bin')).equals(bytes)).toBe(true);
  });

  test.for(contents)('%s for a variable: it is not set', async ([, bytes]) => {
    const line = flippingLine();
    await using bench = await openBench({}, { open: line.open });
    await bench.board.files.upload('installs_the_receiver', Buffer.from('x'));
    line.armed = true;
    await expect(bench.board.files.upload('blob', bytes)).rejects.toMatchObject({ code: 'PROTOCOL' });
    await expect(bench.board.evaluate('blob')).rejects.toMatchObject({ type: 'NameError' });
    await bench.board.files.upload('blob', bytes);
    expect(Buffer.from(await bench.board.evaluate<Uint8Array>('blob')).equals(bytes)).toBe(true);
  });
});
