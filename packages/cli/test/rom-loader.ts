import { createHash } from 'node:crypto';
import { inflateSync } from 'node:zlib';
import { systemClock } from '../../virtual-board/src/line/clock.ts';
import { PseudoTerminal } from '../../virtual-board/src/pty/pseudo-terminal.ts';

const op = {
  memEnd: 0x06,
  sync: 0x08,
  readReg: 0x0a,
  deflateBegin: 0x10,
  deflateData: 0x11,
  flashMd5: 0x13,
  securityInfo: 0x14,
  eraseFlash: 0xd0,
} as const;

/**
 * The ROM loader of an ESP32-C3 on a pseudo-terminal, as far as esptool talks to it ("Serial Protocol" of esptool's
 * documentation): SLIP frames, eight answers to SYNC, a stub that greets with OHAI, deflated blocks, MD5 of the flash.
 */
export class RomLoader implements AsyncDisposable {
  readonly flash = new Map<number, Buffer>();
  erased = false;
  readonly #chipId: number;
  #pty: PseudoTerminal | undefined;
  #frame: number[] | null = null;
  #stub = false;
  #write: { address: number; blocks: Buffer[] } = { address: 0, blocks: [] };

  private constructor(chipId: number) {
    this.#chipId = chipId;
  }

  static async start(chipId: number): Promise<RomLoader> {
    const loader = new RomLoader(chipId);
    loader.#pty = await PseudoTerminal.open({
      clock: systemClock,
      onData: (bytes) => loader.#receive(bytes),
      onDrain: () => {},
    });
    return loader;
  }

  get path(): string {
    return this.#pty?.path ?? '';
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#pty?.close();
  }

  #receive(bytes: Buffer): void {
    for (const byte of bytes) {
      if (byte !== 0xc0) this.#frame?.push(byte);
      else if (this.#frame && this.#frame.length > 0) {
        this.#answer(unslip(this.#frame));
        this.#frame = null;
      } else this.#frame = [];
    }
  }

  #answer(request: Buffer): void {
    const command = request[1] ?? 0;
    const data = request.subarray(8);
    switch (command) {
      case op.sync:
        for (let i = 0; i < 8; i += 1) this.#reply(command, Buffer.alloc(0), 0x20120707);
        return;
      case op.readReg:
        // The SPI controller's busy bits read as 0, so its commands are done at once.
        this.#reply(command, Buffer.alloc(0), 0);
        return;
      case op.securityInfo: {
        const info = Buffer.alloc(20);
        info.writeUInt32LE(this.#chipId, 12);
        this.#reply(command, info);
        return;
      }
      case op.memEnd:
        this.#reply(command, Buffer.alloc(0));
        this.#stub = true;
        this.#send(Buffer.from('OHAI'));
        return;
      case op.eraseFlash:
        this.erased = true;
        this.flash.clear();
        this.#reply(command, Buffer.alloc(0));
        return;
      case op.deflateBegin:
        this.#write = { address: data.readUInt32LE(12), blocks: [] };
        this.#reply(command, Buffer.alloc(0));
        return;
      case op.deflateData:
        this.#write.blocks.push(Buffer.from(data.subarray(16)));
        this.#reply(command, Buffer.alloc(0));
        return;
      case op.flashMd5: {
        const content = inflateSync(Buffer.concat(this.#write.blocks));
        this.flash.set(this.#write.address, content);
        const asked = content.subarray(0, data.readUInt32LE(4));
        this.#reply(command, createHash('md5').update(asked).digest());
        return;
      }
      default:
        this.#reply(command, Buffer.alloc(0));
    }
  }

  #reply(command: number, data: Buffer, value = 0): void {
    const status = Buffer.alloc(this.#stub ? 2 : 4);
    const header = Buffer.from([1, command, (data.length + status.length) & 0xff, 0, 0, 0, 0, 0]);
    header.writeUInt32LE(value, 4);
    this.#send(Buffer.concat([header, data, status]));
  }

  #send(packet: Buffer): void {
    const body = [...packet].flatMap((byte) => (byte === 0xc0 ? [0xdb, 0xdc] : byte === 0xdb ? [0xdb, 0xdd] : [byte]));
    this.#pty?.write(Buffer.from([0xc0, ...body, 0xc0]));
  }
}

function unslip(frame: readonly number[]): Buffer {
  const bytes: number[] = [];
  for (let i = 0; i < frame.length; i += 1) {
    if (frame[i] !== 0xdb) bytes.push(frame[i] ?? 0);
    else bytes.push(frame[++i] === 0xdc ? 0xc0 : 0xdb);
  }
  return Buffer.from(bytes);
}
