#!/usr/bin/env node
// Behaves at the process level like labgrid-client 0.4.1 (remote/client.py): output, exit codes, one holder per place.
// The coordinator's state is the folder LABGRID_STATE; the exporter's serial port is LABGRID_PORT.
import { appendFileSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [flag, place, command] = process.argv.slice(2);
const acquired = join(process.env.LABGRID_STATE, `${place}.acquired`);
appendFileSync(join(process.env.LABGRID_STATE, 'calls'), `${process.argv.slice(2).join(' ')}\n`);

function fail(message) {
  console.error(`labgrid-client: error: ${message}`);
  process.exit(1);
}

if (flag !== '-p') fail('place pattern not specified');
if (!process.env.LABGRID_PLACES.split(',').includes(place)) fail(`place pattern ${place} matches nothing`);
if (process.env.LABGRID_HANG === command) setInterval(() => {}, 1000);
else if (command === 'acquire') {
  if (existsSync(acquired)) fail(`place ${place} is already acquired by host/ann`);
  writeFileSync(acquired, '');
  setTimeout(() => console.log(`acquired place ${place}`), Number(process.env.LABGRID_ACQUIRE_MS ?? 0));
} else if (!existsSync(acquired)) fail(`place ${place} is not acquired`);
else if (command === 'release') {
  rmSync(acquired);
  console.log(`released place ${place}`);
} else if (command === 'env') {
  const resources = process.env.LABGRID_RESOURCES ?? '';
  const port = `    - NetworkSerialPort:
        host: 127.0.0.1
        port: ${process.env.LABGRID_PORT}
        speed: 115200
        protocol: rfc2217
        extra:
          path: /dev/ttyUSB0
`;
  console.log(`targets:\n  ${place}:\n    resources:\n${resources || port}`);
} else fail('unknown command');
