/** Telnet bytes (RFC 854) that matter here. */
const IAC = 255;
export const DONT = 254;
export const DO = 253;
export const WONT = 252;
export const WILL = 251;
const SB = 250;
const SE = 240;

export type TelnetEvent =
  | { readonly kind: 'option'; readonly verb: number; readonly option: number }
  | { readonly kind: 'subnegotiation'; readonly option: number; readonly payload: Uint8Array };

type State = 'data' | 'command' | 'option' | 'subnegotiation' | 'subnegotiation-command';

/** A subnegotiation longer than this is noise; RFC 2217's longest is a signature text. */
const LONGEST = 4096;

/** Takes telnet apart, in any chunking. */
export class TelnetDecoder {
  #state: State = 'data';
  #verb = 0;
  #sub: number[] = [];

  push(chunk: Uint8Array): { data: Buffer; events: TelnetEvent[] } {
    const data: number[] = [];
    const events: TelnetEvent[] = [];
    for (const byte of chunk) this.#byte(byte, data, events);
    return { data: Buffer.from(data), events };
  }

  #byte(byte: number, data: number[], events: TelnetEvent[]): void {
    switch (this.#state) {
      case 'data':
        if (byte === IAC) this.#state = 'command';
        else data.push(byte);
        return;
      case 'command':
        this.#command(byte, data);
        return;
      case 'option':
        events.push({ kind: 'option', verb: this.#verb, option: byte });
        this.#state = 'data';
        return;
      case 'subnegotiation':
        if (byte === IAC) this.#state = 'subnegotiation-command';
        else if (this.#sub.length < LONGEST) this.#sub.push(byte);
        return;
      case 'subnegotiation-command':
        this.#subnegotiationCommand(byte, events);
    }
  }

  #command(byte: number, data: number[]): void {
    this.#state = 'data';
    if (byte === IAC) data.push(IAC);
    else if (byte >= WILL && byte <= DONT) {
      this.#verb = byte;
      this.#state = 'option';
    } else if (byte === SB) {
      this.#sub = [];
      this.#state = 'subnegotiation';
    }
  }

  #subnegotiationCommand(byte: number, events: TelnetEvent[]): void {
    if (byte === IAC) {
      this.#sub.push(IAC);
      this.#state = 'subnegotiation';
      return;
    }
    this.#state = 'data';
    const [option, ...payload] = this.#sub;
    if (byte === SE && option !== undefined)
      events.push({ kind: 'subnegotiation', option, payload: Uint8Array.from(payload) });
  }
}

/** Data with each IAC doubled. */
export function escapeIac(bytes: Uint8Array): Buffer {
  if (!bytes.includes(IAC)) return Buffer.from(bytes);
  return Buffer.from([...bytes].flatMap((byte) => (byte === IAC ? [IAC, IAC] : [byte])));
}

export function optionCommand(verb: number, option: number): Buffer {
  return Buffer.from([IAC, verb, option]);
}

export function subnegotiation(option: number, payload: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from([IAC, SB, option]), escapeIac(payload), Buffer.from([IAC, SE])]);
}
