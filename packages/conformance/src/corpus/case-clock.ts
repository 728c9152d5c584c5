import { X509Certificate } from 'node:crypto';
import { instead } from '../debug.ts';
import type { CorpusCase } from './corpus-case.ts';

/** Validities that `X509Certificate` shows are rounded to the second. */
const EDGE_MS = 1_000;

/** In which of the certificates' validities a moment lies; null when it is on an edge or one cannot be read. */
function validities(item: CorpusCase, moment: Date): string | null {
  try {
    const edges = [item.leaf, ...item.intermediates, ...item.trusted].flatMap((pem) => {
      const { validFrom, validTo } = new X509Certificate(pem);
      return [Date.parse(validFrom), Date.parse(validTo)];
    });
    if (edges.some((edge) => Math.abs(edge - moment.getTime()) < EDGE_MS)) return null;
    return edges.map((edge) => moment.getTime() < edge).join(',');
  } catch (error) {
    return instead(null, 'reading the dates of a certificate')(error);
  }
}

/** The moment that the board's clock must be set to, or null when now does as well: all validities read the same. */
export function neededTime(item: CorpusCase, now: Date): Date | null {
  if (item.time === null) return null;
  const [then, today] = [validities(item, item.time), validities(item, now)];
  return then !== null && then === today ? null : item.time;
}
