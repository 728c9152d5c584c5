import { ContentType } from '../tls/content-type.ts';
import { HandshakeType } from '../tls/handshake-type.ts';
import { parseClientHello } from './client-hello.ts';
import { DtlsHandshakeStream } from './dtls-handshake-stream.ts';
import { type DtlsRecord, dtlsRecords, underlyingVersion } from './dtls-record.ts';
import { keyBlock } from './key-derivation.ts';
import type { KeyLog } from './key-log.ts';
import { type Content, RecordProtection } from './record-protection.ts';
import { parseServerHello, type ServerHello } from './server-hello.ts';
import type { DecodedRecord } from './session-decoder.ts';
import { suiteParameters } from './suite-parameters.ts';
import type { Sender } from './transcript.ts';

/** The 64-bit number of a record is its epoch and its sequence number; as a double it is exact up to epoch 31. */
const EPOCH = 2 ** 48;

/** Follows one DTLS 1.0 or 1.2 session datagram by datagram and decrypts it with the key log. */
export class DtlsDecoder {
  readonly #client: Sender;
  readonly #keyLog: KeyLog;
  readonly #handshake = { board: new DtlsHandshakeStream(), peer: new DtlsHandshakeStream() };
  /** By sender and epoch. */
  readonly #protections = new Map<string, RecordProtection>();
  #clientRandom: Uint8Array | null = null;
  #server: ServerHello | null = null;

  constructor(client: Sender, keyLog: KeyLog) {
    this.#client = client;
    this.#keyLog = keyLog;
  }

  datagram(sender: Sender, bytes: Uint8Array, atMs: number): DecodedRecord[] {
    return dtlsRecords(bytes, atMs).map((record) => this.push(sender, record));
  }

  push(sender: Sender, record: DtlsRecord): DecodedRecord {
    const encrypted = record.epoch > 0;
    const content = encrypted ? this.#open(sender, record) : { type: record.type, bytes: Buffer.from(record.fragment) };
    const messages = content?.type === ContentType.handshake ? this.#handshake[sender].push(content.bytes) : [];
    for (const { type, body } of messages) {
      if (type === HandshakeType.client_hello) this.#clientRandom = parseClientHello(body, 'dtls')?.random ?? null;
      if (type === HandshakeType.server_hello) this.#server = parseServerHello(body);
    }
    return { sender, record, encrypted, content, messages };
  }

  /** Whether the record is protected by keys that are not known (yet). */
  lacksKeys(sender: Sender, { epoch }: DtlsRecord): boolean {
    return epoch > 0 && this.#protection(sender, epoch) === null;
  }

  #open(sender: Sender, { epoch, sequence, type, version, fragment }: DtlsRecord): Content | null {
    return this.#protection(sender, epoch)?.open(epoch * EPOCH + sequence, type, version, fragment) ?? null;
  }

  #protection(sender: Sender, epoch: number): RecordProtection | null {
    const key = `${sender} ${epoch}`;
    const known = this.#protections.get(key);
    if (known !== undefined) return known;
    const [server, clientRandom] = [this.#server, this.#clientRandom];
    const suite = server === null ? null : suiteParameters(server.cipherSuite);
    if (server === null || clientRandom === null || suite === null) return null;
    const master = this.#keyLog.secret('CLIENT_RANDOM', clientRandom);
    if (master === null) return null;
    const version = underlyingVersion(server.version);
    const keys = keyBlock(version, suite, master, clientRandom, server.random);
    const mine = sender === this.#client ? keys.client : keys.server;
    const protection = new RecordProtection(version, suite, mine, server.encryptThenMac);
    this.#protections.set(key, protection);
    return protection;
  }
}
