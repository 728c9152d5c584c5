/** Bytes of a text in UTF-8. */
export function byteLength(text: string): number {
  return Buffer.byteLength(text);
}

const LEFT_OUT = ' [cut: the report has the rest]';

/** The text when it has at most so many bytes in UTF-8, else its beginning and the word that it was cut. */
export function cutText(text: string, bytes: number): string {
  if (byteLength(text) <= bytes) return text;
  const room = Math.max(0, bytes - byteLength(LEFT_OUT));
  // A character that the cut went through is left out.
  const kept = new TextDecoder().decode(Buffer.from(text).subarray(0, room), { stream: true });
  return `${kept}${LEFT_OUT}`;
}
