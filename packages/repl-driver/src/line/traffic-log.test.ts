import { describe, expect, test } from 'vitest';
import { encodeValue } from '../python/encode.ts';
import { Concealer } from './concealer.ts';
import { TrafficLog } from './traffic-log.ts';

const LINE = 'TUlJRXB3SUJBQUtDQVFFQTBaM1ZTNUpKY2RzM3hmbi95Z1d5RjhQYm5HeTBBSEI3\n';
const key = (lines: number) => `-----BEGIN EC PRIVATE KEY-----\n${LINE.repeat(lines)}-----END EC PRIVATE KEY-----\n`;
const bytes = (text: string) => Buffer.from(text, 'utf8');

describe('a private key', () => {
  test.for<[string, string, string]>([
    ['whole', 'a', 'z'],
    ['begun before what is shown', 'a', 'z'.repeat(1_000)],
    ['behind much else', 'a'.repeat(3_000), 'z'],
  ])('%s', ([, before, after]) => {
    const log = new TrafficLog();
    log.add('host', bytes(before + key(20) + after));
    expect(log.toString()).not.toContain('TUlJ');
    expect(log.toString()).toContain('(private key)');
    expect(log.toString()).toContain('z');
  });

  test('longer than what is shown, and not at its end yet', () => {
    const log = new TrafficLog();
    log.add('host', bytes(key(90).slice(0, 4_000)));
    expect(log.toString()).toBe('> (private key)');
  });

  test("in pieces between the board's grants", () => {
    const log = new TrafficLog();
    const text = bytes(`k = ${encodeValue(key(20))}\nprint(1)`);
    for (let at = 0; at < text.length; at += 128) {
      log.add('host', text.subarray(at, at + 128));
      log.add('board', Buffer.of(1));
    }
    expect(log.toString()).not.toMatch(/TUlJ|QUtD|yRjhQ/);
    expect(log.toString()).toMatch(/print\(1\)\n< \\x01$/);
  });

  test('of which only the end is remembered', () => {
    expect(new Concealer([]).text(`QUtDQVFF\n-----END PRIVATE KEY-----\nrest`)).toBe('(private key)\nrest');
  });
});

describe('a secret', () => {
  const SECRET = `pa55"w'örd\\😀\n`;
  const ways: [string, string][] = [
    ['as it is', SECRET],
    ['as a literal', encodeValue(SECRET)],
    ['in source that is a literal itself', encodeValue(`k = ${encodeValue(SECRET)}`)],
    ['as the repr of its bytes', `b'pa55"w\\'\\xc3\\xb6rd\\\\\\xf0\\x9f\\x98\\x80\\n'`],
  ];
  test.for(ways)('%s', ([, text]) => {
    const log = new TrafficLog();
    log.add('board', bytes(`before ${text} after`));
    expect(log.toString(new Concealer([SECRET]))).toMatch(/^< before \W*(k = )?\W*b?\W*\(secret\)\W* after$/);
    expect(new Concealer([SECRET]).text(text)).not.toMatch(/pa55|rd/);
  });

  test('in two pieces, with the other direction between them', () => {
    const log = new TrafficLog();
    log.add('host', bytes('x = hunter'));
    log.add('board', bytes('\x01'));
    log.add('host', bytes('2secret; y'));
    expect(log.toString(new Concealer(['hunter2secret', '']))).toBe('> x = (secret)\n< \\x01\n> (secret); y');
  });

  test('as long as a key', () => {
    const secret = `${LINE}é`.repeat(200);
    const concealer = new Concealer([secret]);
    const text = bytes(`x = ${encodeValue(secret)}; y`).toString('latin1');
    expect(concealer.text(text)).toBe("x = '(secret)'; y");
    for (const end of [5, 6, 80, 5_000, text.length - 5]) expect(concealer.certain(text.slice(0, end))).toBe(5);
    expect(concealer.certain(text)).toBe(text.length);
  });

  test('that breaks off in the middle of a character', () => {
    const concealer = new Concealer(['a\\\nb€😀']);
    const literal = encodeValue('a\\\nb').slice(1, -1);
    for (const half of [
      '\xe2',
      '\xe2\x82',
      String.raw`\xe2`,
      String.raw`\xe2\x8`,
      String.raw`\xe2\x82\xac\xf0\x9f\x98\x`,
      '\\',
      '\\u20',
    ])
      expect([half, concealer.certain(`-${literal}${half}`)]).toEqual([half, 1]);
    expect(concealer.certain(`-${literal}-`)).toBe(literal.length + 2);
  });

  test('of which what is shown holds only the end', () => {
    const log = new TrafficLog();
    log.add('host', bytes(`hunter2secret${'z'.repeat(2_045)}`));
    expect(log.toString(new Concealer(['hunter2secret']))).toMatch(/^> \(secret\)z+$/);
  });
});

test('the last 2 KiB of both directions are shown', () => {
  const log = new TrafficLog();
  log.add('host', bytes('h'.repeat(3_000)));
  log.add('board', bytes('b'.repeat(48)));
  expect(log.toString()).toBe(`> ${'h'.repeat(2_000)}\n< ${'b'.repeat(48)}`);
});

test('the last bytes of one direction begin with no half of a secret', () => {
  const log = new TrafficLog();
  log.add('board', Buffer.from('a hunt'));
  log.add('host', Buffer.from('print'));
  log.add('board', Buffer.from('er2\r\n'));
  expect(log.lastOf('board', 4, new Concealer(['hunter2']))).toBe('(secret)\\r\\n');
  expect(log.lastOf('board', 200, new Concealer([]))).toBe('a hunter2\\r\\n');
});
