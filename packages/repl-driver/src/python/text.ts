import { ReplDriverError } from '../errors.ts';

/** Source text as a Python string literal that costs few bytes: line feeds and UTF-8 go as they are. */
export function encodePythonText(text: string): string {
  if (!text.isWellFormed()) {
    throw new ReplDriverError(
      'BAD_VALUE',
      'The code holds half a surrogate pair, which is not valid UTF-8; remove it or write it as an escape.',
    );
  }
  const quote = text.includes('"') && !text.includes("'") ? "'" : '"';
  const multiline = text.includes('\n');
  const delimiter = multiline ? quote.repeat(3) : quote;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what the raw REPL would act on
  const escaped = text.replace(/[\\\x00-\x08\x0b-\x1f\x7f]/g, escapeOne);
  const quoted = multiline
    ? escaped.replace(quote === '"' ? /"(?="|$)/g : /'(?='|$)/g, `\\${quote}`)
    : escaped.replaceAll(quote, `\\${quote}`);
  return delimiter + quoted + delimiter;
}

function escapeOne(character: string): string {
  if (character === '\\') return '\\\\';
  if (character === '\r') return '\\r';
  return `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
}
