#!/usr/bin/env node
// Behaves at the process level like esp-emu 0.45 (its README): options, the UART's TCP server, a forwarded port.
import { createServer } from 'node:net';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    chip: { type: 'string' },
    firmware: { type: 'string' },
    'uart-tcp': { type: 'string' },
    net: { type: 'string' },
  },
});
if (!['esp32c3', 'esp32c6', 'esp32s3'].includes(values.chip)) {
  console.error(`Error: unknown chip '${values.chip}'`);
  process.exit(1);
}
const [host, port] = values['uart-tcp'].split(':');
const [, forwardHost, forwardPort] = /^user,hostfwd=tcp:([^:]*):(\d+)-:(\d+)$/.exec(values.net);
// A program does not end because a client was gone before it was greeted.
const greeter = (text) => createServer((socket) => socket.on('error', () => {}).end(text));
// The serial port last: whoever waits for it finds everything else in place.
setTimeout(() => {
  greeter('guest').listen(Number(forwardPort), forwardHost || '0.0.0.0', () => {
    greeter(`${JSON.stringify(values)}\r\n>>> `).listen(Number(port), host);
  });
}, 300);
