import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises';
import { settlesWithin } from '../time/wait.ts';
import { AlertDescription } from '../tls/alert-description.ts';
import { ContentType } from '../tls/content-type.ts';
import { HandshakeType } from '../tls/handshake-type.ts';
import type { KeyLog } from '../transcript/key-log.ts';
import { RecordStream, type WireRecord } from '../transcript/record-stream.ts';
import type { DecodedRecord, SessionDecoder } from '../transcript/session-decoder.ts';
import type { Sender } from '../transcript/transcript.ts';
import type { Fault, Step } from './fault.ts';
import { type Stage, stages } from './stage.ts';
import { bytesItem, connectItems } from './wire-acts.ts';
import { NO_STEPS, type WireItem } from './wire-item.ts';

/** Where a lane leads to. */
export interface Outlet {
  write(bytes: Uint8Array): Promise<void>;
  fin(): void;
  rst(): void;
}

export interface LaneContext {
  readonly sender: Sender;
  readonly decoder: SessionDecoder;
  readonly keyLog: KeyLog;
  readonly outlet: Outlet;
  /** Milliseconds of a monotonic clock. */
  readonly now: () => number;
  /** Aborts pauses when the connection is over. */
  readonly signal: AbortSignal;
  /** Called when the lane itself broke: then nothing more comes out of it. */
  readonly failed: (error: unknown) => void;
  /** Called with each fault that acts. */
  readonly happened: (name: string) => void;
  /** Called with every record that was decoded on its way; then records wait for their keys. */
  readonly decoded?: (record: DecodedRecord) => void;
}

/** How long a record waits for the keys that protect it; in TLS 1.2 the client's Finished can be ahead of them. */
const KEYS_MS = 2000;

const MESSAGE_STEPS: Readonly<Record<number, Step>> = {
  [HandshakeType.client_hello]: 'hello',
  [HandshakeType.server_hello]: 'hello',
  [HandshakeType.encrypted_extensions]: 'encrypted-extensions',
  [HandshakeType.certificate_request]: 'certificate-request',
  [HandshakeType.certificate]: 'certificate',
  [HandshakeType.certificate_verify]: 'certificate-verify',
  [HandshakeType.server_key_exchange]: 'key-exchange',
  [HandshakeType.client_key_exchange]: 'key-exchange',
  [HandshakeType.server_hello_done]: 'hello-done',
  [HandshakeType.new_session_ticket]: 'session-ticket',
  [HandshakeType.finished]: 'finished',
};

/** One direction of a connection, with the faults that happen in it. */
export class Lane {
  readonly #context: LaneContext;
  readonly #stages: readonly Stage[];
  readonly #records = new RecordStream();
  #work: Promise<void>;
  #over = false;
  #stalled = false;
  #queued = 0;

  constructor(context: LaneContext, faults: readonly Fault[]) {
    this.#context = context;
    this.#stages = faults.length === 0 ? [] : stages(faults, context.happened);
    const first = faults.filter((fault) => fault.step === 'connect' || fault.act.act === 'application');
    for (const fault of first) context.happened(fault.name);
    this.#work = this.#send(first.flatMap((fault) => connectItems(fault.act)));
  }

  /** Bytes that wait for their turn. */
  get queued(): number {
    return this.#queued;
  }

  /** True once nothing will ever come out again, although TCP stays open. */
  get stalled(): boolean {
    return this.#stalled;
  }

  push(chunk: Uint8Array, atMs: number): Promise<void> {
    this.#queued += chunk.length;
    return this.#then(async () => {
      this.#queued -= chunk.length;
      await this.#pass(chunk, atMs);
    });
  }

  /** The source has ended: what is left goes out, then FIN. */
  end(): Promise<void> {
    return this.#then(async () => {
      if (this.#stages.length > 0) await this.#send([bytesItem(Buffer.from(this.#records.rest))]);
      await this.#send([{ kind: 'fin' }]);
    });
  }

  #then(work: () => Promise<void>): Promise<void> {
    this.#work = this.#work.then(work).catch((error: unknown) => {
      if (!this.#context.signal.aborted) this.#context.failed(error);
    });
    return this.#work;
  }

  async #pass(chunk: Uint8Array, atMs: number): Promise<void> {
    const { sender, decoder } = this.#context;
    if (this.#stages.length === 0) {
      await this.#context.outlet.write(chunk);
      for (const record of this.#records.push(chunk, atMs)) {
        if (this.#context.decoded !== undefined && this.#lacksKeys()) await this.#waitForKeys();
        const decoded = decoder.push(sender, record);
        this.#context.decoded?.(decoded);
      }
      return;
    }
    if (this.#records.opaque) return this.#run([bytesItem(Buffer.from(chunk))]);
    let items: WireItem[] = [];
    for (const record of this.#records.push(chunk, atMs)) {
      if (this.#lacksKeys()) {
        await this.#run(items);
        items = [];
        await this.#waitForKeys();
      }
      items.push(this.#item(record));
    }
    if (this.#records.opaque) items.push(bytesItem(Buffer.from(this.#records.rest)));
    await this.#run(items);
  }

  #lacksKeys(): boolean {
    const { sender, decoder } = this.#context;
    return decoder.encrypted(sender) && decoder.protection(sender) === null && !this.#holdsFinished();
  }

  /** With faults a record would be held back for keys that come only after it. */
  #holdsFinished(): boolean {
    return this.#stages.length > 0 && this.#context.decoder.finishesBeforeKeys(this.#context.sender);
  }

  async #waitForKeys(): Promise<void> {
    const { now, signal, keyLog } = this.#context;
    const untilMs = now() + KEYS_MS;
    while (this.#lacksKeys() && now() < untilMs && !signal.aborted) {
      await settlesWithin(keyLog.changed, untilMs - now());
    }
  }

  #item(record: WireRecord): WireItem {
    const { sender, decoder } = this.#context;
    const state = decoder.protection(sender);
    const decoded = decoder.push(sender, record);
    this.#context.decoded?.(decoded);
    const original = Buffer.from(record.raw);
    const steps = stepsOf(decoded);
    if (decoded.content === null) return { kind: 'bytes', steps, bytes: original };
    return {
      kind: 'content',
      steps,
      type: decoded.content.type,
      version: record.version,
      content: decoded.content.bytes,
      state: decoded.encrypted ? state : null,
      next: decoder.protection(sender),
      original,
    };
  }

  async #run(items: readonly WireItem[]): Promise<void> {
    await this.#send(this.#stages.reduce<readonly WireItem[]>((all, stage) => stage(all), items));
  }

  async #send(items: readonly WireItem[]): Promise<void> {
    const { outlet, signal } = this.#context;
    for (const item of items) {
      if (this.#over || signal.aborted) return;
      if (item.kind === 'bytes' && item.bytes.length > 0) await outlet.write(item.bytes);
      if (item.kind === 'pause') await (item.ms > 0 ? sleep(item.ms, undefined, { signal }) : turn());
      if (item.kind === 'fin') outlet.fin();
      if (item.kind === 'rst') outlet.rst();
      this.#stalled ||= item.kind === 'stall';
      this.#over = this.#stalled || item.kind === 'fin' || item.kind === 'rst';
    }
  }
}

function stepsOf({ record, content, messages }: DecodedRecord): ReadonlySet<Step> {
  if (record.type === ContentType.change_cipher_spec) return new Set(['change-cipher-spec'] as const);
  // In TLS 1.2 the first protected handshake record is the Finished.
  if (content === null) return record.type === ContentType.handshake ? new Set(['finished'] as const) : NO_STEPS;
  if (content.type === ContentType.application_data && content.bytes.length > 0) return new Set(['data'] as const);
  if (content.type === ContentType.alert && content.bytes[1] === AlertDescription.close_notify)
    return new Set(['close-notify'] as const);
  if (content.type === ContentType.alert && content.bytes[1] === AlertDescription.no_renegotiation)
    return new Set(['no-renegotiation'] as const);
  return new Set(messages.flatMap(({ type }) => MESSAGE_STEPS[type] ?? []));
}
