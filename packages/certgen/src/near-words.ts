/**
 * The words that were probably meant by one that does not exist, up to three; none when nothing is close.
 *
 * @example nearWords(['expired', 'good'], 'expird'); // ['expired']
 */
export function nearWords(words: Iterable<string>, typed: string): string[] {
  const wanted = simple(typed);
  if (wanted === '') return [];
  // Once: an iterator gives its words only once.
  const all = [...words];
  const whole = all.filter((word) => simple(word).includes(wanted));
  const near = whole.length > 0 ? whole : all.filter((word) => isNear(simple(word), wanted));
  return near.slice(0, 3);
}

/**
 * The words that were probably meant, as a question; null when nothing is close.
 *
 * @example didYouMean(['expired', 'good'], 'expird'); // 'did you mean expired?'
 */
export function didYouMean(words: Iterable<string>, typed: string): string | null {
  const near = nearWords(words, typed);
  return near.length === 0 ? null : `did you mean ${near.join(' or ')}?`;
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
