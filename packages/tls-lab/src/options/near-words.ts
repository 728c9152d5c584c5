/** The words that are meant by a slip of the pen, up to three; empty when none comes near. */
export function nearWords(words: Iterable<string>, typed: string): string[] {
  const wanted = simple(typed);
  if (wanted === '') return [];
  const whole = [...words].filter((word) => simple(word).includes(wanted));
  const near = whole.length > 0 ? whole : [...words].filter((word) => isNear(simple(word), wanted));
  return near.slice(0, 3);
}

function simple(word: string): string {
  return word.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}

/** One letter changed, left out, doubled or swapped: what is before and after it is the same. */
function isNear(word: string, typed: string): boolean {
  if (Math.abs(word.length - typed.length) > 1) return false;
  let head = 0;
  while (head < word.length && word[head] === typed[head]) head += 1;
  let tail = 0;
  const most = Math.min(word.length, typed.length) - head;
  while (tail < most && word.at(-1 - tail) === typed.at(-1 - tail)) tail += 1;
  return Math.max(word.length, typed.length) - head - tail <= 2;
}
