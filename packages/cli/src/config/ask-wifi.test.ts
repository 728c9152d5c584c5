import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { askWifi } from './ask-wifi.ts';

function terminal() {
  const input = new PassThrough();
  const output = new PassThrough();
  const prompt = {
    input: input as unknown as NodeJS.ReadStream,
    output: output as unknown as NodeJS.WriteStream,
    signal: new AbortController().signal,
  };
  return { input, output, prompt, shown: () => String(output.read() ?? '') };
}

test('asks for the network, and does not show the password', async () => {
  const { input, output, prompt } = terminal();
  let shown = '';
  output.on('data', (chunk) => {
    shown += chunk;
  });
  const asking = askWifi('ttyUSB0', prompt);
  await expect.poll(() => shown).toContain('Wi-Fi name');
  input.write('lab\n');
  await expect.poll(() => shown).toContain('Wi-Fi password');
  input.write(' hunter2 \n');
  expect(await asking).toEqual({ ssid: 'lab', password: ' hunter2 ' });
  expect(shown).toContain('ttyUSB0 is not connected');
  expect(shown).not.toContain('hunter2');
});

test('an empty name leaves it', async () => {
  const { input, prompt } = terminal();
  const asking = askWifi('ttyUSB0', prompt);
  input.write('\n');
  expect(await asking).toBeUndefined();
});
