#!/usr/bin/env node
// A board at a TCP port whose firmware is the image that the stand-in for esptool wrote: a MicroPython by the word that the
// image holds (WORD=PATH, one an argument), or, with another word, one that says nothing.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { autoDetect } from '@serialport/bindings-cpp';
import { SerialPortStream } from '@serialport/stream';
import { startVirtualBoard } from '@wirewrap/virtual-board';

const [flash, ...engines] = process.argv.slice(2);
const byWord = Object.fromEntries(engines.map((engine) => engine.split('=')));
let running;

async function run(word) {
  if (running?.word === word) return running.uart;
  running?.uart?.close();
  await running?.board.close();
  running = undefined;
  if (!byWord[word]) return undefined;
  const board = await startVirtualBoard({ micropython: byWord[word] });
  const uart = new SerialPortStream({ binding: autoDetect(), path: board.path, baudRate: 115_200 });
  running = { word, board, uart };
  return uart;
}

const server = createServer(async (socket) => {
  socket.on('error', () => {});
  const image = readFileSync(flash, 'latin1');
  const word = ['trixie', 'forky', 'dead'].find((each) => image.includes(each));
  const uart = await run(word);
  const forward = (chunk) => socket.write(chunk);
  uart?.on('data', forward);
  socket.on('data', (chunk) => uart?.write(chunk));
  socket.once('close', () => uart?.off('data', forward));
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
process.on('SIGTERM', async () => {
  await running?.board.close();
  process.exit(0);
});
