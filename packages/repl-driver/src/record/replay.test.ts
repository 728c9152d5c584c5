import { describe, expect, test } from 'vitest';
import { Line } from '../line/line.ts';
import { RawRepl } from '../repl/raw-repl.ts';
import { Deadline } from '../time/deadline.ts';
import { ReplayTransport } from './replay-transport.ts';
import { parseSession, readSession, sectionOf } from './session-file.ts';

const sessions = new URL('../../../../fixtures/sessions/', import.meta.url);
const versions = ['1.18', '1.20', '1.23', '1.26.1'] as const;
const deadline = () => new Deadline(2_000);

function replay(version: string, section: string) {
  const entries = sectionOf(readSession(new URL(`esp32-${version}.jsonl`, sessions).pathname), section);
  const transport = new ReplayTransport('replay:', entries);
  return { transport, repl: new RawRepl(new Line(transport)) };
}

describe.for(versions)('real ESP32 firmware %s, replayed', (version) => {
  test('raw exec', async () => {
    const { repl } = replay(version, 'raw exec');
    await expect(repl.run("print('hello', 1+1)", deadline())).resolves.toEqual({
      output: 'hello 2\r\n',
      traceback: '',
    });
  });

  test('raw exec, exception', async () => {
    const { repl } = replay(version, 'raw exec, exception');
    const { traceback } = await repl.run("def f():\n raise OSError(116,'ETIMEDOUT')\nf()", deadline());
    expect(traceback).toContain('OSError: [Errno 116] ETIMEDOUT: ETIMEDOUT');
  });

  test('raw-paste in two windows', async () => {
    const { repl, transport } = replay(version, 'raw-paste, 300');
    const source = `x = 0\n${Array.from({ length: 34 }, (_, index) => `x += ${index}\n`).join('')}print('sum', x)\n`;
    await expect(repl.run(source, deadline())).resolves.toEqual({ output: 'sum 561\r\n', traceback: '' });
    expect(repl.rawPaste).toBe(true);
    expect(transport.finished).toBe(true);
  });

  test('soft reset', async () => {
    const { repl } = replay(version, 'soft reset');
    await expect(repl.softReset(deadline())).resolves.toContain('MPY: soft reboot');
  });
});

test('a host that sends something else is told what was recorded', async () => {
  const { repl } = replay('1.18', 'raw exec');
  await expect(repl.run('print(2)', deadline())).rejects.toThrow(/where the recorded session has/);
});

test('what differs is shown, also far behind the beginning, with its time', async () => {
  const long = 'a'.repeat(200);
  const entry = { ms: 12.5, dir: 'host' as const, hex: Buffer.from(`${long}recorded`).toString('hex') };
  const transport = new ReplayTransport('replay:', [entry]);
  await expect(transport.write(Buffer.from(`${long}sent`))).rejects.toThrow(
    /^The host sent "…a{40}sent" where the recorded session has "…a{40}recorded" \(at 12\.5 ms\); .*\.$/,
  );
});

test('a host that differs while the board still speaks ends the connection, and not the process', async () => {
  const unhandled: unknown[] = [];
  const note = (reason: unknown) => unhandled.push(reason);
  process.on('unhandledRejection', note);
  try {
    const entries = parseSession('{"ms":0,"dir":"board","hex":"41"}\n{"ms":1,"dir":"host","hex":"42"}\n');
    const transport = new ReplayTransport('replay:', entries);
    await transport.write(Buffer.from('C'));
    await expect(transport.closed).resolves.toMatchObject({ message: expect.stringMatching(/"C" where .* has "B"/) });
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(unhandled).toEqual([]);
  } finally {
    process.off('unhandledRejection', note);
  }
});

test.for([
  '{',
  '[]',
  'null',
  '{"ms":0,"dir":"host","hex":"0"}',
  '{"ms":0,"dir":"up","hex":"00"}',
  '{"dir":"host","hex":"00"}',
])('refuses the entry %s and names its line', (line) => {
  expect(() => parseSession(`{"ms":0,"note":"x"}\n${line}\n`, 'x.jsonl')).toThrow(/Line 2 of x\.jsonl/);
});
