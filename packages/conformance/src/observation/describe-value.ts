import { FIELD_WORDS } from './field-words.ts';
import { type Intermittent, isIntermittent } from './intermittent.ts';
import { isLost, isUnavailable } from './not-observed.ts';
import { describeError, type ObservedError } from './observed-error.ts';

type Fields = Readonly<Record<string, unknown>>;

function isFields(value: unknown): value is Fields {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

const WORDS = new Map<unknown, string>([
  [null, 'nothing'],
  [true, 'yes'],
  [false, 'no'],
]);

/** As Python shows it: what a step on the board gave. */
const PYTHON = new Map<unknown, string>([
  [null, 'None'],
  [true, 'True'],
  [false, 'False'],
]);

function list(items: readonly unknown[], words: ReadonlyMap<unknown, string>): string {
  return items.length === 0 ? 'none' : items.map((item) => words.get(item) ?? describeValue(item)).join(', ');
}

/** `read: b'ping'`, `read raises OSError -110 ETIMEDOUT`; what gives nothing, as close(), is only named. */
function describeStep(step: Fields): string {
  const [[name = '', value] = []] = Object.entries(step);
  if (isFields(value) && 'raises' in value) return `${name} raises ${describeRaised(value.raises)}`;
  if (value === null && (name === 'close' || name === 'setblocking')) return name;
  return `${name}: ${list([value].flat(), PYTHON)}`;
}

function describeRaised(error: unknown): string {
  return typeof error === 'string' ? error : describeError(error as ObservedError);
}

function describeFields(value: Fields, said: readonly string[] = []): string {
  const { steps, error, ...rest } = value;
  const order = [...Object.keys(FIELD_WORDS), ...Object.keys(rest)];
  const names = [...new Set(order)].filter((name) => name in rest && !said.includes(name));
  return [
    ...names.map((name) => FIELD_WORDS[name]?.(rest[name]) ?? `${name} ${describeValue(rest[name])}`),
    isFields(error) && !said.includes('error') ? describeRaised(error) : '',
    Array.isArray(steps) ? steps.map((step) => describeStep(step)).join(', ') : '',
  ]
    .filter((text) => text !== '')
    .join(', ');
}

function describeEnd({ end, error, type, at, hello }: Fields): string {
  if (end !== 'fails') return String(end);
  const what = describeRaised(error ?? type ?? 'fails');
  return `${what}${at === undefined ? '' : ` in ${at}`}${hello === false ? ' before a ClientHello' : ''}`;
}

/** How a connection ended, and what was seen of it. Crash cases say that and no more. */
function describeHandshake(value: Fields): string {
  if (value.end === 'crashes') return 'the board crashes';
  return [
    describeEnd(value),
    value.boardAlert ? `board's alert ${value.boardAlert}` : '',
    value.peerAlert ? `host's alert ${value.peerAlert}` : '',
    describeFields(value, ['end', 'at', 'error', 'type', 'hello', 'boardAlert', 'peerAlert']),
  ]
    .filter((text) => text !== '')
    .join(', ');
}

/** `intermittent: 4 of 5 completes; 1 of 5 OSError -104 in wrap`. */
function describeIntermittent({ intermittent }: Intermittent): string {
  const runs = intermittent.reduce((sum, { times }) => sum + times, 0);
  const parts = intermittent.map(({ times, value }) => `${times} of ${runs} ${describeValue(value)}`);
  return `intermittent: ${parts.join('; ')}`;
}

/**
 * One observed value in a few words, for readers: no field names of ours, no JSON.
 *
 * @example describeValue({ raises: { type: 'OSError', code: 2, name: 'ENOENT' } }); // 'OSError 2 ENOENT'
 */
export function describeValue(value: unknown): string {
  if (value === null || typeof value !== 'object') return WORDS.get(value) ?? String(value);
  if (Array.isArray(value)) {
    const steps = value.length > 0 && value.every((item) => isFields(item) && Object.keys(item).length === 1);
    return steps ? value.map((step) => describeStep(step)).join(', ') : list(value, WORDS);
  }
  if (isUnavailable(value))
    return value.limit === 'peer' ? value.unavailable : `not possible here: ${value.unavailable}`;
  if (isLost(value)) return `lost: ${value.detail ?? value.lost}`;
  if (isIntermittent(value)) return describeIntermittent(value);
  if ('raises' in value) return describeRaised(value.raises);
  return 'end' in value ? describeHandshake(value as Fields) : describeFields(value as Fields);
}
