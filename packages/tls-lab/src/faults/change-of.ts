import { type Change, contentAct } from './content-acts.ts';
import type { Act } from './fault.ts';
import { wireAct } from './wire-acts.ts';

/** Where an act changes the stream: in the content of records, or in what is already protected. */
export interface PlacedChange {
  readonly layer: 'content' | 'wire';
  readonly change: Change;
}

/** The one place that takes the union of acts apart. Null for what the host's own end does, which changes nothing here. */
export function changeOf(act: Act): PlacedChange | null {
  switch (act.act) {
    case 'split':
    case 'interleave':
    case 'merge':
    case 'drop':
    case 'edit':
    case 'certificate':
    case 'flip-content':
    case 'insert':
      return { layer: 'content', change: contentAct(act) };
    case 'flip-wire':
    case 'truncate':
    case 'replay':
    case 'reorder':
    case 'header':
    case 'replace':
    case 'raw':
    case 'fin':
    case 'rst':
    case 'stall':
    case 'pause':
    case 'fragments':
      return { layer: 'wire', change: wireAct(act) };
    case 'application':
      return null;
  }
}
