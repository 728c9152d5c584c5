import { ByteReader } from './byte-reader.ts';

export interface Extension {
  readonly type: number;
  readonly data: Uint8Array;
}

/** Reads a list of extensions with its length; what is cut off is left out. */
export function readExtensions(reader: ByteReader): Extension[] {
  if (reader.left < 2) return [];
  const list = new ByteReader(reader.vector(2));
  const extensions: Extension[] = [];
  while (list.left > 0) {
    const type = list.number(2);
    const data = list.vector(2);
    if (list.short) break;
    extensions.push({ type, data });
  }
  return extensions;
}

/** The protocol names of an ALPN extension. */
export function readAlpn(data: Uint8Array | undefined): string[] {
  if (data === undefined) return [];
  const list = new ByteReader(new ByteReader(data).vector(2));
  const protocols: string[] = [];
  while (list.left > 0) {
    const protocol = list.vector(1);
    if (list.short) break;
    protocols.push(Buffer.from(protocol).toString('latin1'));
  }
  return protocols;
}
