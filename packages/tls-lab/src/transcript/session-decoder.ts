import { ContentType } from '../tls/content-type.ts';
import { HandshakeType } from '../tls/handshake-type.ts';
import { parseClientHello } from './client-hello.ts';
import { type HandshakeMessage, HandshakeStream } from './handshake-stream.ts';
import { expandLabel, keyBlock, trafficKeys } from './key-derivation.ts';
import type { KeyLog } from './key-log.ts';
import { type Content, RecordProtection } from './record-protection.ts';
import type { WireRecord } from './record-stream.ts';
import { parseServerHello, type ServerHello } from './server-hello.ts';
import { type SuiteParameters, suiteParameters } from './suite-parameters.ts';
import type { Sender } from './transcript.ts';

export interface DecodedRecord {
  readonly sender: Sender;
  readonly record: WireRecord;
  readonly encrypted: boolean;
  /** Null when the record could not be decrypted. */
  readonly content: Content | null;
  /** Handshake messages that this record completed. */
  readonly messages: readonly HandshakeMessage[];
}

type Role = 'client' | 'server';

/** One direction: what protects it now. */
interface Direction {
  readonly role: Role;
  readonly handshake: HandshakeStream;
  epoch: 'plain' | 'tls12' | 'handshake' | 'application';
  generation: number;
  protection: RecordProtection | null;
  sequence: number;
  /** The keys before these: mbedTLS 3.6 as server sends its alerts under them after its Finished (TLS 1.3). */
  previous: { readonly protection: RecordProtection; readonly sequence: number } | null;
}

/** A damaged, replayed or dropped record must not hide the ones after it. */
const SEQUENCE_GUESSES = [0, 1, -1, 2, -2, 3];

/** Follows one TLS session record by record and decrypts it with the key log, as far as the keys are known. */
export class SessionDecoder {
  readonly #keyLog: KeyLog;
  readonly #directions: Readonly<Record<Sender, Direction>>;
  #clientRandom: Uint8Array | null = null;
  #server: ServerHello | null = null;

  constructor(client: Sender, keyLog: KeyLog) {
    this.#keyLog = keyLog;
    const direction = (sender: Sender): Direction => ({
      role: sender === client ? 'client' : 'server',
      handshake: new HandshakeStream(),
      epoch: 'plain',
      generation: 0,
      protection: null,
      sequence: 0,
      previous: null,
    });
    this.#directions = { board: direction('board'), peer: direction('peer') };
  }

  get serverHello(): ServerHello | null {
    return this.#server;
  }

  get tls13(): boolean {
    return (this.#server?.version ?? 0) >= 0x0304;
  }

  /** Whether this direction is protected now, and by what: null when it is not, or when the keys are not known yet. */
  protection(sender: Sender): { readonly protection: RecordProtection; readonly sequence: number } | null {
    const direction = this.#directions[sender];
    const protection = this.#protection(direction);
    return protection === null ? null : { protection, sequence: direction.sequence };
  }

  encrypted(sender: Sender): boolean {
    return this.#directions[sender].epoch !== 'plain';
  }

  /**
   * Whether the keys of this direction become known only after its Finished has arrived: OpenSSL writes the secret of
   * TLS 1.2 into its key log when it sends its own Finished, which as a server is after the client's.
   */
  finishesBeforeKeys(sender: Sender): boolean {
    return !this.tls13 && this.#directions[sender].role === 'client';
  }

  push(sender: Sender, record: WireRecord): DecodedRecord {
    const direction = this.#directions[sender];
    const encrypted = direction.epoch !== 'plain' && !(this.tls13 && record.type !== ContentType.application_data);
    const content = encrypted
      ? this.#open(direction, record)
      : { type: record.type, bytes: Buffer.from(record.fragment) };
    const messages = content?.type === ContentType.handshake ? direction.handshake.push(content.bytes) : [];
    for (const message of messages) this.#follow(direction, message);
    // One before the ServerHello changes nothing: there are no keys to change to.
    if (record.type === ContentType.change_cipher_spec && this.#server !== null && !this.tls13)
      this.#start(direction, 'tls12');
    return { sender, record, encrypted, content, messages };
  }

  #open(direction: Direction, record: WireRecord): Content | null {
    const protection = this.#protection(direction);
    if (protection === null) {
      direction.sequence += 1;
      return null;
    }
    for (const guess of SEQUENCE_GUESSES) {
      const sequence = direction.sequence + guess;
      if (sequence < 0) continue;
      const content = protection.open(sequence, record.type, record.version, record.fragment);
      if (content === null) continue;
      direction.sequence = Math.max(direction.sequence, sequence + 1);
      return content;
    }
    return this.#openWithPrevious(direction, record);
  }

  #openWithPrevious({ previous }: Direction, record: WireRecord): Content | null {
    return previous?.protection.open(previous.sequence, record.type, record.version, record.fragment) ?? null;
  }

  #follow(direction: Direction, message: HandshakeMessage): void {
    if (message.type === HandshakeType.client_hello)
      this.#clientRandom = parseClientHello(message.body)?.random ?? null;
    if (message.type === HandshakeType.server_hello) {
      this.#server = parseServerHello(message.body);
      if (this.tls13 && this.#server?.helloRetryRequest === false) {
        for (const each of Object.values(this.#directions)) this.#start(each, 'handshake');
      }
    }
    if (!this.tls13) return;
    if (message.type === HandshakeType.finished) this.#start(direction, 'application');
    if (message.type === HandshakeType.key_update) this.#start(direction, 'application', direction.generation + 1);
  }

  #start(direction: Direction, epoch: Direction['epoch'], generation = 0): void {
    const { protection, sequence } = direction;
    const previous = protection === null ? null : { protection, sequence };
    Object.assign(direction, { epoch, generation, protection: null, sequence: 0, previous });
  }

  #protection(direction: Direction): RecordProtection | null {
    if (direction.protection !== null) return direction.protection;
    const suite = this.#server === null ? null : suiteParameters(this.#server.cipherSuite);
    if (suite === null || this.#server === null || this.#clientRandom === null) return null;
    const keys =
      direction.epoch === 'tls12'
        ? this.#tls12Keys(suite, this.#server, this.#clientRandom)?.[direction.role]
        : this.#tls13Keys(suite, direction, this.#clientRandom);
    if (!keys) return null;
    direction.protection = new RecordProtection(this.#server.version, suite, keys, this.#server.encryptThenMac);
    return direction.protection;
  }

  #tls12Keys(suite: SuiteParameters, server: ServerHello, clientRandom: Uint8Array) {
    const master = this.#keyLog.secret('CLIENT_RANDOM', clientRandom);
    return master === null ? null : keyBlock(server.version, suite, master, clientRandom, server.random);
  }

  #tls13Keys(suite: SuiteParameters, direction: Direction, clientRandom: Uint8Array) {
    if (direction.epoch === 'plain') return null;
    const label = direction.epoch === 'handshake' ? 'HANDSHAKE_TRAFFIC_SECRET' : 'TRAFFIC_SECRET_0';
    let secret = this.#keyLog.secret(`${direction.role.toUpperCase()}_${label}`, clientRandom);
    for (let at = 0; secret !== null && at < direction.generation; at += 1) {
      secret = expandLabel(suite.prfHash, secret, 'traffic upd', secret.length);
    }
    return secret === null ? null : trafficKeys(suite, secret);
  }
}
