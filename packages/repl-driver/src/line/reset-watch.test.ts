import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readSession, sectionOf } from '../record/session-file.ts';
import { ResetWatch } from './reset-watch.ts';

const sessions = new URL('../../../../fixtures/sessions/', import.meta.url);
const panics: Record<string, Record<string, { hex: string }>> = JSON.parse(
  readFileSync(new URL('panics.json', sessions), 'utf8'),
);
const cases = Object.entries(panics).flatMap(([firmware, programs]) =>
  Object.entries(programs).map(([program, { hex }]): [string, string, string] => [firmware, program, hex]),
);

describe('panics of real firmware', () => {
  test.for(cases)('%s: %s', ([, , hex]) => {
    const watch = new ResetWatch();
    const bytes = Buffer.from(hex, 'hex');
    for (let at = 0; at < bytes.length; at += 7) watch.add(bytes.subarray(at, at + 7));
    expect(watch.signs()).toBe('certain');
    const error = watch.error(Buffer.alloc(0), '');
    expect(error.code).toBe('BOARD_PANIC');
    expect(error.reason).toMatch(/Guru Meditation Error: Core\s+\d panic'ed \(\w+\)/);
  });
});

/** Why the board reset, where it is not a panic. */
const CAUSES: Readonly<Record<string, string>> = {
  'brown-out': 'brown-out',
  'a brown-out that the ROM names': 'brown-out',
  watchdog: 'watchdog',
  'task watchdog': 'watchdog',
};

describe('resets of real firmware', () => {
  test.for(['1.18', '1.20', '1.23', '1.26.1'])('machine.reset() on %s', (version) => {
    const watch = new ResetWatch();
    const entries = sectionOf(readSession(new URL(`esp32-${version}.jsonl`, sessions).pathname), 'hard reset');
    for (const entry of entries) if ('hex' in entry && entry.dir === 'board') watch.add(Buffer.from(entry.hex, 'hex'));
    expect(watch.signs()).toBe('certain');
    expect(watch.error(Buffer.alloc(0), '')).toMatchObject({
      code: 'BOARD_RESET',
      reason: 'hard reset, 0xc SW_CPU_RESET',
      resetCause: 'hard reset',
    });
  });

  const others: [string, string, string][] = [
    [
      'brown-out',
      'Brownout detector was triggered\r\n\r\nets Jul 29 2019 12:21:46\r\n\r\nrst:0xc (SW_CPU_RESET),boot:0x13 (SPI_FAST_FLASH_BOOT)\r\n',
      'brown-out',
    ],
    [
      'abort',
      '\r\nabort() was called at PC 0x40132e2f on core 0\r\n\r\nrst:0xc (SW_CPU_RESET),boot:0x13 (X)\r\n',
      'abort() was called at PC 0x40132e2f',
    ],
    ['watchdog', 'rst:0x8 (TG1WDT_SYS_RESET),boot:0x13 (SPI_FAST_FLASH_BOOT)\r\n', 'watchdog reset TG1WDT_SYS_RESET'],
    [
      'task watchdog',
      'E (10) task_wdt: Task watchdog got triggered. The following tasks\r\n',
      'Task watchdog got triggered',
    ],
  ];
  const restart = '\r\nrst:0xc (SW_CPU_RESET),boot:0x13 (SPI_FAST_FLASH_BOOT)\r\n';
  others.push(
    [
      'a brown-out that the ROM names',
      'rst:0xf (RTCWDT_BROWN_OUT_RESET),boot:0x13 (SPI_FAST_FLASH_BOOT)\r\n',
      'BROWN_OUT_RESET',
    ],
    ['nowhere to jump', `NLR jump failed, val=0x3ffb1234\r\n${restart}`, 'NLR jump failed, val=0x3ffb1234'],
    ['no heap at boot', `mp_task_heap allocation failed!\r\n${restart}`, 'mp_task_heap allocation failed!'],
    [
      'a heap that is broken, which tells more than the assertion that follows',
      `CORRUPT HEAP: Bad head at 0x3ffb3d68. Expected 0xabba1234 got 0xbaad5678\r\nassert failed: multi_heap_free multi_heap_poisoning.c:259 (head != NULL)\r\n${restart}`,
      'CORRUPT HEAP: Bad head at 0x3ffb3d68.',
    ],
    [
      'an error of ESP-IDF, which tells more than the abort that follows',
      `ESP_ERROR_CHECK failed: esp_err_t 0x101 (ESP_ERR_NO_MEM) at 0x40088334\r\nabort() was called at PC 0x40088337 on core 0\r\n${restart}`,
      'ESP_ERROR_CHECK failed: esp_err_t 0x101 (ESP_ERR_NO_MEM)',
    ],
  );
  test.for(others)('%s', ([what, text, reason]) => {
    const watch = new ResetWatch();
    watch.add(Buffer.from(text));
    expect(watch.signs()).not.toBe('none');
    const error = watch.error(Buffer.alloc(0), '');
    expect(error.code).toBe('BOARD_PANIC');
    expect(error.reason).toContain(reason);
    expect(error.resetCause).toBe(CAUSES[what] ?? 'panic');
  });

  test('a program that prints such words alone did not reset', () => {
    const watch = new ResetWatch();
    watch.add(Buffer.from('Guru Meditation Error\r\nMPY: soft reboot\r\nrst: none\r\n>>> '));
    expect(watch.signs()).toBe('alarm');
  });
});
