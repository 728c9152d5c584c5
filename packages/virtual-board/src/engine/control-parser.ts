/** A message of the firmware on its control channel: see firmware/wirewrap_link.py. */
export interface ControlMessage {
  readonly name: string;
  readonly payload: Buffer;
}

/** Kind, then the payload's length as u16-LE. */
const HEAD_BYTES = 3;

/** Splits the bytes of the control channel into messages, in any chunking. */
export class ControlParser {
  #rest: Buffer = Buffer.alloc(0);

  *push(chunk: Buffer): Generator<ControlMessage> {
    let data = this.#rest.length > 0 ? Buffer.concat([this.#rest, chunk]) : chunk;
    while (data.length >= HEAD_BYTES) {
      const end = HEAD_BYTES + data.readUInt16LE(1);
      if (data.length < end) break;
      const message = data;
      data = data.subarray(end);
      yield { name: String.fromCharCode(message[0] ?? 0), payload: message.subarray(HEAD_BYTES, end) };
    }
    this.#rest = data;
  }
}
