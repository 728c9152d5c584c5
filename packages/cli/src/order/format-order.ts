import type { OrderResult } from './order-result.ts';
import type { Shown } from './shown.ts';

/** The answer, and what it rests on. */
export function formatOrder(result: OrderResult): string {
  const { case: name, verdict, why, neither } = result;
  const others = [...new Set(neither.map(({ text }) => text))];
  const lines = [
    ...(verdict === 'found' ? found(result) : []),
    ...(verdict === 'independent' ? [`${name} shows the same alone and after what runs before it.`] : []),
    ...(verdict === 'intermittent' ? [`${name} is intermittent, and no order makes it so: ${why}.`] : []),
    ...(verdict === 'not-repeated' ? [`Whether ${name} depends on what ran before is not certain: ${why}.`] : []),
    ...(others.length === 0 ? [] : [`After some of them it shows neither: ${others.join('; ')}.`]),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

function found({ case: name, after, order, alone, together }: OrderResult): string[] {
  const [first, then] = [alone[0] as Shown, together[0] as Shown];
  const both = after.length > 1 ? ' (each of them is needed)' : '';
  return [
    `${name} ${whatItDoes(first, then)} only after ${after.join(' and ')}${both}, in ${order}.`,
    `  alone: ${first.text}`,
    `  after ${after.length > 1 ? 'them' : 'it'}: ${then.text}`,
  ];
}

function whatItDoes(alone: Shown, together: Shown): string {
  if (alone.verdict === 'fails' && together.verdict === 'passes') return 'passes';
  if (alone.verdict === 'passes' && together.verdict === 'fails') return 'fails';
  return 'shows something else';
}
