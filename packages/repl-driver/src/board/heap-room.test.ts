import { expect, test } from 'vitest';
import { parseHeapRoom } from './heap-room.ts';

/** As `micropython.mem_info()` of an ESP32 prints it: 1.20, and 1.26 whose heap grows. */
const OLD = `python 94912 16\r
stack: 736 out of 15360\r
GC: total: 111168, used: 16256, free: 94912\r
 No. of 1-blocks: 203, 2-blocks: 58, max blk sz: 264, max free sz: 4702\r
`;
const GROWING = `native 171000 110592\r
python 158912 16\r
stack: 736 out of 15360\r
GC: total: 64000, used: 14976, free: 49024, max new split=110592\r
 No. of 1-blocks: 203, 2-blocks: 58, max blk sz: 264, max free sz: 2700\r
`;

test('the largest block is told in blocks', () => {
  expect(parseHeapRoom(OLD)).toEqual({ free: 94_912, largest: 4_702 * 16, native: null });
});

test('a heap that grows can make a larger one, and ESP-IDF has a heap of its own', () => {
  expect(parseHeapRoom(GROWING)).toEqual({
    free: 158_912,
    largest: 110_592,
    native: { free: 171_000, largest: 110_592 },
  });
});

test('half an answer is no answer', () => {
  expect(parseHeapRoom(OLD.slice(0, 60))).toBeNull();
  expect(parseHeapRoom('')).toBeNull();
});
