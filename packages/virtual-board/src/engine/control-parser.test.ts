import { expect, test } from 'vitest';
import { ControlParser } from './control-parser.ts';

const stream = Buffer.from([0x51, 2, 0, 0xff, 0x51, 0x4b, 0, 0, 0x55, 1, 0, 0]);

test.for([1, 2, 3, 5, 100])('in chunks of %i', (size) => {
  const parser = new ControlParser();
  const messages: string[] = [];
  for (let at = 0; at < stream.length; at += size) {
    for (const { name, payload } of parser.push(stream.subarray(at, at + size))) {
      messages.push(`${name}:${payload.toString('hex')}`);
    }
  }
  expect(messages).toEqual(['Q:ff51', 'K:', 'U:00']);
});
