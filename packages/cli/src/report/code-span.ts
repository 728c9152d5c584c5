import { cutText } from './cut-text.ts';

/** Bytes of a text before what is marked in it. */
const SPAN_BYTES = 600;

/**
 * Text of a board, a test or a user as a code span of Markdown. In it GitHub takes nothing for its own: no mark-up, no HTML, no
 * link, and no @name that somebody would be told of. Line breaks become spaces; characters that are not seen or turn the
 * direction of writing become U+FFFD.
 *
 * @example codeSpan('@everyone <b>'); // '`@everyone <b>`'
 */
export function codeSpan(text: string): string {
  const line = cutText(text, SPAN_BYTES)
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/\p{Cc}|\p{Cf}|\p{Cs}/gu, '\ufffd');
  if (line === '') return '` `';
  // A span ends at as many backticks as it began with (CommonMark 6.1).
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return longest === 0 ? `${fence}${line}${fence}` : `${fence} ${line} ${fence}`;
}
