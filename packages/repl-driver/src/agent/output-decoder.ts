/** Turns a program's output bytes into text: UTF-8 across chunk borders, CRLF back into LF. */
export class OutputDecoder {
  readonly #utf8 = new TextDecoder('utf-8', { ignoreBOM: true });
  #heldReturn = '';

  push(bytes: Uint8Array): string {
    return this.#lineFeeds(this.#utf8.decode(bytes, { stream: true }), false);
  }

  end(): string {
    return this.#lineFeeds(this.#utf8.decode(), true);
  }

  #lineFeeds(decoded: string, last: boolean): string {
    let text = this.#heldReturn + decoded;
    this.#heldReturn = '';
    if (!last && text.endsWith('\r')) {
      text = text.slice(0, -1);
      this.#heldReturn = '\r';
    }
    return text.replaceAll('\r\n', '\n');
  }
}
