/** A part of typedoc's JSON, as far as it is looked at. */
interface Reflection {
  readonly name: string;
  readonly kind: number;
  readonly comment?: Comment;
  readonly signatures?: readonly Reflection[];
  readonly children?: readonly Reflection[];
  readonly type?: TypeReflection;
  readonly flags?: { readonly isOptional?: boolean };
}

interface TypeReflection {
  readonly type: string;
  readonly name?: string;
  readonly types?: readonly TypeReflection[];
  readonly declaration?: Reflection;
}

interface Comment {
  readonly summary?: readonly { readonly text: string }[];
  readonly blockTags?: readonly { readonly tag: string; readonly content: readonly { readonly text: string }[] }[];
}

/** typedoc's numbers for what names something of another package again. */
const reExport = 4_194_304;
/** What is called: functions and classes. */
const called: readonly number[] = [64, 128];

const units =
  /millisecond|\bms\b|second|bytes?\b|bit|number|port|chance|factor|how many|times|lines?\b|columns|most|part|width|percent/i;
const defaults = /default|absent|without it|unless/i;
/** vitest's own, handed on. */
const foreign: ReadonlySet<string> = new Set(['matchers/src: expect']);

const options = /(Options|Settings|Config|Extras|Behaviour|Request)$/;

/**
 * What docstrings of exported things lack, a line each: a sentence that says what it is; of functions and classes, an example;
 * of numbers that are options, unit and default.
 */
export function lackingDocstrings(project: Reflection): string[] {
  return (project.children ?? []).flatMap((entry) =>
    (entry.children ?? []).filter(({ kind }) => kind !== reExport).flatMap((item) => lackingOf(entry.name, item)),
  );
}

function lackingOf(entry: string, item: Reflection): string[] {
  const name = `${entry}: ${item.name}`;
  const sources = item.signatures ?? [item];
  const comment = (each: Reflection): string => textOf(each.comment) || textOf(each.type?.declaration?.comment);
  const undescribed =
    !foreign.has(name) && sources.every((each) => comment(each) === '') ? [`${name} has no docstring`] : [];
  const unshown = called.includes(item.kind) && !sources.some(hasExample) ? [`${name} has no @example`] : [];
  const fields = options.test(item.name) ? (item.children ?? item.type?.declaration?.children ?? []) : [];
  return [...undescribed, ...unshown, ...fields.filter(isNumber).flatMap((field) => lackingOfNumber(name, field))];
}

function hasExample({ comment }: Reflection): boolean {
  return (comment?.blockTags ?? []).some(({ tag, content }) => tag === '@example' && content.length > 0);
}

function lackingOfNumber(owner: string, field: Reflection): string[] {
  const text = textOf(field.comment);
  return [
    ...(units.test(text) ? [] : [`${owner}.${field.name} does not say its unit`]),
    ...(field.flags?.isOptional && !defaults.test(text) ? [`${owner}.${field.name} does not say its default`] : []),
  ];
}

function isNumber({ type }: Reflection): boolean {
  const isNumeric = ({ type: kind, name, types = [] }: TypeReflection): boolean =>
    (kind === 'intrinsic' && name === 'number') || types.some(isNumeric);
  return type !== undefined && isNumeric(type);
}

function textOf(comment: Comment | undefined): string {
  const tags = (comment?.blockTags ?? []).flatMap(({ content }) => content);
  return [...(comment?.summary ?? []), ...tags]
    .map(({ text }) => text)
    .join(' ')
    .trim();
}
