/** NSS key log lines, by client random and label. Lines that are no secrets are passed over. */
export class KeyLog {
  readonly #lines: string[] = [];
  #changed = Promise.withResolvers<void>();
  readonly #secrets = new Map<string, Buffer>();

  /** Resolves when the next secret arrives. */
  get changed(): Promise<void> {
    return this.#changed.promise;
  }

  add(text: string): void {
    for (const line of text.split('\n')) {
      const match = /^([A-Z0-9_]+) ([0-9a-f]{64}) ([0-9a-f]+)\s*$/i.exec(line);
      if (match === null) continue;
      const [, label = '', random = '', secret = ''] = match;
      const key = `${label} ${random.toLowerCase()}`;
      if (this.#secrets.has(key)) continue;
      this.#secrets.set(key, Buffer.from(secret, 'hex'));
      this.#lines.push(`${label} ${random.toLowerCase()} ${secret.toLowerCase()}`);
      this.#changed.resolve();
      this.#changed = Promise.withResolvers<void>();
    }
  }

  secret(label: string, clientRandom: Uint8Array): Buffer | null {
    return this.#secrets.get(`${label} ${Buffer.from(clientRandom).toString('hex')}`) ?? null;
  }

  /** All lines, or those of one connection. */
  text(clientRandom?: Uint8Array): string {
    const random = clientRandom === undefined ? null : Buffer.from(clientRandom).toString('hex');
    const lines = this.#lines.filter((line) => random === null || line.split(' ')[1] === random);
    return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
  }
}
