import { expect, test } from 'vitest';
import { type EngineOutput, FrameParser } from './frame-parser.ts';

const stream = Buffer.concat([
  Buffer.from('text\n'),
  Buffer.from([0xff, 0x42, 3, 0, 0xff, 0x0a, 0xff]),
  Buffer.from([0xff, 0x4b, 0, 0]),
  Buffer.from('é'),
]);

function collect(size: number): { text: string; frames: string[] } {
  const parser = new FrameParser();
  let text = '';
  const frames: string[] = [];
  for (let at = 0; at < stream.length; at += size) {
    for (const output of parser.push(stream.subarray(at, at + size)) as Iterable<EngineOutput>) {
      if (output.kind === 'text') text += output.bytes.toString('latin1');
      else frames.push(`${output.name}:${output.payload.toString('hex')}`);
    }
  }
  return { text, frames };
}

test.for([1, 2, 3, 5, 100])('in chunks of %i', (size) => {
  expect(collect(size)).toEqual({
    text: Buffer.from('text\né').toString('latin1'),
    frames: ['B:ff0aff', 'K:'],
  });
});
