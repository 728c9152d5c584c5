import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { KeyLog } from '../transcript/key-log.ts';

/** How often the file is looked at while someone waits for a secret. */
const POLL_MS = 5;

/** The key log that another process writes; read again whenever a secret is not known yet. */
export class KeyLogFile extends KeyLog {
  readonly #path: string;

  constructor(path: string) {
    super();
    this.#path = path;
  }

  override get changed(): Promise<void> {
    return sleep(POLL_MS);
  }

  override secret(label: string, clientRandom: Uint8Array): Buffer | null {
    const known = super.secret(label, clientRandom);
    if (known !== null) return known;
    this.read();
    return super.secret(label, clientRandom);
  }

  override text(clientRandom?: Uint8Array): string {
    this.read();
    return super.text(clientRandom);
  }

  /** A file that is not there yet holds no secrets yet. */
  read(): void {
    try {
      this.add(readFileSync(this.#path, 'latin1'));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
}
