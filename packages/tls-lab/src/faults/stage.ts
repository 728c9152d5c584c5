import type { RecordProtection } from '../transcript/record-protection.ts';
import { record } from '../transcript/record-stream.ts';
import { changeOf } from './change-of.ts';
import type { Change, Matcher } from './content-acts.ts';
import type { Fault, Step } from './fault.ts';
import type { BytesItem, WireItem } from './wire-item.ts';

/** One step of the way from records as they came to bytes as they go out. */
export type Stage = (items: readonly WireItem[]) => WireItem[];

/** Faults in their order: first those on contents, then protection, then those on bytes. */
export function stages(faults: readonly Fault[], happened: (name: string) => void): Stage[] {
  const acts = faults.flatMap(({ name, step, every = false, act, also }) => [
    { name, step, every, act },
    ...(also === undefined ? [] : [{ ...also, name, every: false }]),
  ]);
  const changes = acts.flatMap((placed) => {
    const change = changeOf(placed.act);
    return change === null ? [] : [{ layer: change.layer, stage: stage(placed, change.change, happened) }];
  });
  const of = (layer: 'content' | 'wire') => changes.filter((each) => each.layer === layer).map((each) => each.stage);
  const sequences: Sequences = new WeakMap();
  return [begin(sequences), ...of('content'), seal(sequences), ...of('wire')];
}

/** The number of the next record under each protection. */
type Sequences = WeakMap<RecordProtection, number>;

interface PlacedAct {
  readonly name: string;
  readonly step: Step;
  readonly every: boolean;
}

function stage({ name, step, every }: PlacedAct, change: Change, happened: (name: string) => void): Stage {
  let fired = false;
  const matches: Matcher = (item) => {
    if (fired && !every) return false;
    if (item.kind !== 'content' && item.kind !== 'bytes') return false;
    const found = step === 'any' || item.steps.has(step);
    fired ||= found;
    if (found) happened(name);
    return found;
  };
  return (items) => change(items, matches);
}

/** Numbers begin with the first record that came, also when that one does not go out. */
function begin(sequences: Sequences): Stage {
  return (items) => {
    for (const item of items) {
      if (item.kind !== 'content' || item.state === null || sequences.has(item.state.protection)) continue;
      sequences.set(item.state.protection, item.state.sequence);
    }
    return [...items];
  };
}

/** Puts contents into records. A record that nothing changed goes out as it came, as long as its number still holds. */
function seal(sequences: Sequences): Stage {
  const sealed = (item: WireItem): WireItem => {
    if (item.kind !== 'content') return item;
    const { state, steps, original } = item;
    if (state === null) return bytes(steps, original ?? record(item.type, item.content, item.version));
    const { protection } = state;
    const sequence = sequences.get(protection) ?? state.sequence;
    sequences.set(protection, sequence + 1);
    if (original !== null && sequence === state.sequence) {
      protection.sent(original.subarray(5));
      return bytes(steps, original);
    }
    const fragment = protection.seal(sequence, item.type, item.version, item.content);
    return bytes(steps, record(protection.outerType(item.type), fragment, item.version));
  };
  return (items) => items.map(sealed);
}

function bytes(steps: BytesItem['steps'], content: Buffer): BytesItem {
  return { kind: 'bytes', steps, bytes: content };
}
