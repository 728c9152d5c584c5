import type { CorrectReaction, CorrectResult, Fault } from '@wirewrap/tls-lab';
import { type FaultVersion, faultsOf, precedesVersion } from '../cases/fault-row.ts';
import { type CaseQuestion, endOf, type Safety } from './safety.ts';
import { SECOND_ORACLE } from './second-oracle.ts';

const RESULTS: Readonly<Record<CorrectResult, string>> = {
  completes: 'goes on as if nothing had happened',
  ended: 'takes it as the end of the connection',
  aborts: 'gives the connection up',
  waits: 'waits for the rest',
  truncated: 'tells its program that the message may be cut short',
};

/** What a board showed that gave an error: any of these is the right thing to do with it. */
const STOPPING: readonly CorrectResult[] = ['aborts', 'waits', 'truncated', 'ended'];
/** The same of a board whose program saw no error. */
const GOING_ON: readonly CorrectResult[] = ['completes', 'ended'];

function judge({ results }: CorrectReaction, value: unknown): Safety {
  const end = endOf(value);
  if (end === 'crashed') return 'crash';
  // A fault that never found its place says nothing about the board.
  if (end === null || (value as { faultHappened?: boolean }).faultHappened === false) return 'open';
  const right = end === 'accepted' ? GOING_ON : STOPPING;
  if (results.some((result) => right.includes(result))) return 'safe';
  return end === 'accepted' ? 'unsafe' : 'strict';
}

/** What a fault poses that this end commits in this version. */
export function faultQuestion(fault: Fault, version: FaultVersion, sender: 'server' | 'client'): CaseQuestion {
  const reaction =
    (sender === 'client' ? fault.correctServer : undefined) ?? fault.correctIn?.[version] ?? fault.correct;
  const words = reaction.results.map((result) => RESULTS[result]).join(', or ');
  const board = sender === 'server' ? 'client' : 'server';
  return {
    posed: `The board is ${board}, in ${version}. The ${sender} on the host breaks the protocol: ${fault.does}`,
    wrong: null,
    careful: `It ${words}: ${reaction.why}.`,
    judge: (value) => judge(reaction, value),
  };
}

/** The judgement of a suite of others beside ours, where ours ends at its own Finished. */
function withOthers(id: string, question: CaseQuestion): CaseQuestion {
  const said = SECOND_ORACLE.filter(({ fault }) => fault === id).map(
    ({ bogo, sees }) => `BoGo (${bogo}), with the TLS options of an ESP32: ${sees}.`,
  );
  return said.length === 0 ? question : { ...question, others: said.join(' ') };
}

/** What the peer does wrong, for every fault case. */
export const FAULT_QUESTIONS: ReadonlyMap<string, CaseQuestion> = new Map(
  (
    [
      ['server', 'TLSv1.2', 'fault/'],
      ['server', 'TLSv1.3', 'fault/tls13/'],
      ['client', 'TLSv1.2', 'fault/server/'],
      ['client', 'TLSv1.3', 'fault/server/tls13/'],
    ] as const
  ).flatMap(([sender, version, prefix]) =>
    faultsOf(sender, version)
      .filter((fault) => version === 'TLSv1.2' || !precedesVersion(fault))
      .map((fault): [string, CaseQuestion] => {
        const id = `${prefix}${fault.name}`;
        return [id, withOthers(id, faultQuestion(fault, version, sender))];
      }),
  ),
);
