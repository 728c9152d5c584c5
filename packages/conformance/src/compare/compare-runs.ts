import { equalBehaviour } from '../observation/equal-behaviour.ts';
import { hostLimitOf } from '../observation/host-limit.ts';
import type { RunRecord } from '../run-record.ts';
import { wasNotAsked } from '../verdict/judge-claim.ts';
import { compareMeasurements, type MeasurementChange } from './compare-measurements.ts';

export interface ObservationChange {
  readonly case: string;
  readonly change: 'changed' | 'appeared' | 'vanished';
  /** Undefined when it appeared. */
  readonly before?: unknown;
  /** Undefined when it vanished. */
  readonly after?: unknown;
}

/** A case that one of the hosts could not pose. */
export interface NotCompared {
  readonly case: string;
  readonly reason: string;
}

export interface VerdictChange {
  readonly id: string;
  readonly statement: string;
  readonly before: string | null;
  readonly after: string | null;
}

export interface Comparison {
  readonly before: string;
  readonly after: string;
  /** Behaviour: any entry here is a change. */
  readonly observations: readonly ObservationChange[];
  /** What only the host or the way to the board kept from being asked, in either run: no behaviour of the firmware. */
  readonly notCompared: readonly NotCompared[];
  /** What the changes mean for the claims. */
  readonly verdicts: readonly VerdictChange[];
  /** Apart from behaviour; significant ones only. */
  readonly measurements: readonly MeasurementChange[];
  readonly same: number;
  /** True when an observation changed, appeared or vanished. */
  readonly changed: boolean;
}

export interface CompareOptions {
  /** A measurement's median may move by this part before it is called a change. Default 0.25. */
  readonly tolerance?: number;
  /** Compare only cases that both records hold: for a run that a file filter cut short. Default false. */
  readonly common?: boolean;
}

/** `MicroPython 1.26.1 on linux, Mbed TLS 3.6.3`. */
export function recordName(record: RunRecord): string {
  const { version, platform, machine, capabilities } = record.board as Record<string, unknown>;
  const { engine, shape } = (capabilities ?? {}) as { engine?: string | null; shape?: string | null };
  return [
    `MicroPython ${version ?? 'unknown'}`,
    ` on ${machine ?? platform ?? 'an unknown board'}`,
    engine == null ? '' : `, Mbed TLS ${engine}`,
    shape == null ? '' : `, shown as ${shape}`,
  ].join('');
}

function compareObservations(before: RunRecord, after: RunRecord, common: boolean) {
  const old = new Map(before.observations.map((item) => [item.case, item.value]));
  const now = new Map(after.observations.map((item) => [item.case, item.value]));
  const changes: ObservationChange[] = [];
  const notCompared: NotCompared[] = [];
  let same = 0;
  for (const name of [...new Set([...old.keys(), ...now.keys()])].sort()) {
    const reason = hostLimitOf(now.get(name)) ?? hostLimitOf(old.get(name));
    if (reason !== null && !equalBehaviour(old.get(name), now.get(name))) notCompared.push({ case: name, reason });
    else if (!old.has(name)) {
      if (!common) changes.push({ case: name, change: 'appeared', after: now.get(name) });
    } else if (!now.has(name)) {
      if (!common) changes.push({ case: name, change: 'vanished', before: old.get(name) });
    } else if (equalBehaviour(old.get(name), now.get(name))) same += 1;
    else changes.push({ case: name, change: 'changed', before: old.get(name), after: now.get(name) });
  }
  return { changes, notCompared, same };
}

function compareVerdicts(before: RunRecord, after: RunRecord, common: boolean): VerdictChange[] {
  const old = new Map(before.claims.map((claim) => [claim.id, claim]));
  const now = new Map(after.claims.map((claim) => [claim.id, claim]));
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((id) => {
    const [a, b] = [old.get(id), now.get(id)];
    if (a?.verdict === b?.verdict) return [];
    if (common && [a, b].some((claim) => claim === undefined || wasNotAsked(claim))) return [];
    return [{ id, statement: (b ?? a)?.statement ?? '', before: a?.verdict ?? null, after: b?.verdict ?? null }];
  });
}

/** What changed from one run to another: observations first, then verdicts, measurements apart. */
export function compareRuns(before: RunRecord, after: RunRecord, options: CompareOptions = {}): Comparison {
  const { changes, notCompared, same } = compareObservations(before, after, options.common ?? false);
  return {
    before: recordName(before),
    after: recordName(after),
    observations: changes,
    notCompared,
    verdicts: compareVerdicts(before, after, options.common ?? false),
    measurements: compareMeasurements(before.measurements, after.measurements, options.tolerance ?? 0.25),
    same,
    changed: changes.length > 0,
  };
}
