import { parseAst } from 'rolldown/parseAst';

const FUNCTIONS = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression']);

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
}

/**
 * Lines of each function, method and arrow function of a TypeScript file, from its first line to its last, those of the
 * functions within it included.
 *
 * @example functionLengths('const one = () => 1;\nfunction two() {\n  return 2;\n}\n'); // [1, 3]
 */
export function functionLengths(text: string): number[] {
  const found: number[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    if (!isNode(value)) return;
    if (FUNCTIONS.has(value.type)) found.push(text.slice(value.start, value.end).split('\n').length);
    Object.values(value).forEach(visit);
  };
  visit(parseAst(text, { lang: 'ts' }).body);
  return found;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}
