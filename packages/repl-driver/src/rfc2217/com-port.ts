/** The COM-PORT option and its client commands. Source: RFC 2217, section 3; a server answers with the code plus 100. */
export const COM_PORT = 44;
export const SERVER_OFFSET = 100;

export interface ComPortCommand {
  readonly name: string;
  readonly code: number;
  readonly value: Uint8Array;
}

export const SIGNATURE = 0;
export const FLOW_CONTROL_SUSPEND = 8;
export const FLOW_CONTROL_RESUME = 9;
export const OUR_SIGNATURE: Uint8Array = Uint8Array.of(SIGNATURE, ...Buffer.from('wirewrap'));

const one = (name: string, code: number, value: number): ComPortCommand => ({
  name,
  code,
  value: Uint8Array.of(value),
});

export function setBaudRate(baudRate: number): ComPortCommand {
  const value = Buffer.alloc(4);
  value.writeUInt32BE(baudRate);
  return { name: `baud rate ${baudRate}`, code: 1, value };
}

/** The speed in a server's answer; 0 when it tells none. */
export function baudRateOf(answer: Uint8Array): number {
  return answer.length < 4 ? 0 : Buffer.from(answer).readUInt32BE();
}

export const EIGHT_BITS: ComPortCommand = one('eight data bits', 2, 8);
export const NO_PARITY: ComPortCommand = one('no parity', 3, 1);
export const ONE_STOP_BIT: ComPortCommand = one('one stop bit', 4, 1);
export const NO_FLOW_CONTROL: ComPortCommand = one('no flow control', 5, 1);
export const PURGE_BOTH: ComPortCommand = one('purge', 12, 3);

export function setDtr(on: boolean): ComPortCommand {
  return on ? one('DTR on', 5, 8) : one('DTR off', 5, 9);
}

export function setRts(on: boolean): ComPortCommand {
  return on ? one('RTS on', 5, 11) : one('RTS off', 5, 12);
}
