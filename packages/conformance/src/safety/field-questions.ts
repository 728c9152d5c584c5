import { FLIGHTS } from '../cases/fields/flight-cases.ts';
import type { FlightRow } from '../cases/fields/flight-row.ts';
import { HELLO_ROWS } from '../cases/fields/hello-cases.ts';
import type { HelloAnswer, HelloRow } from '../cases/fields/hello-row.ts';
import { MESSAGE_FAULTS_BY_CASE } from '../cases/fields/message-cases.ts';
import { RESUMPTION_ID, RESUMPTION_QUESTION } from '../cases/fields/resumption-case.ts';
import { faultQuestion } from './fault-questions.ts';
import type { CaseQuestion, Safety } from './safety.ts';

const CAREFUL = {
  serves: 'It serves',
  'goes on': 'It goes on',
  refuses: 'It gives the connection up',
  either: 'It may go on or give the connection up',
} as const;

/** What an end that was to stop, or to go on, did. */
function judge(careful: keyof typeof CAREFUL, wentOn: boolean, right = true): Safety {
  if (careful === 'either') return 'open';
  if (careful === 'refuses') return wentOn ? 'unsafe' : 'safe';
  if (!wentOn) return 'strict';
  return right ? 'safe' : 'open';
}

function helloQuestion(row: HelloRow): CaseQuestion {
  return {
    posed: `The board is server, in ${row.version}. The client on the host: ${row.does}`,
    wrong: null,
    careful: `${CAREFUL[row.careful]}: ${row.why}.`,
    judge: (value) => {
      const answer = value as HelloAnswer;
      const last = row.afterwards === undefined ? answer.says : (answer.afterwards ?? answer.says);
      // After the bytes of a row silence is a server that waits for more of the same handshake.
      const wentOn = row.afterwards === undefined ? /^(server_hello|hello_retry)/.test(last) : last === 'silence';
      return judge(row.careful, wentOn, row.right?.(answer));
    },
  };
}

function flightQuestion(row: FlightRow): CaseQuestion {
  return {
    posed: `The board is client, in ${row.version}. The server on the host: ${row.does}`,
    wrong: null,
    careful: `${CAREFUL[row.careful]}: ${row.why}.`,
    judge: (value) => {
      const { control, reaction } = value as { readonly control: string; readonly reaction: string };
      return judge(row.careful, reaction === control);
    },
  };
}

const RESUMPTION: CaseQuestion = {
  posed: `The board is server, in TLSv1.2. The client on the host: ${RESUMPTION_QUESTION.does}`,
  wrong: null,
  careful: `${CAREFUL[RESUMPTION_QUESTION.careful]}: ${RESUMPTION_QUESTION.why}.`,
  judge: (value) => judge(RESUMPTION_QUESTION.careful, Array.isArray((value as { answers?: unknown }).answers)),
};

/** What is posed by each case of the suite `fields`. */
export const FIELD_QUESTIONS: ReadonlyMap<string, CaseQuestion> = new Map<string, CaseQuestion>([
  ...[...HELLO_ROWS].map(([id, row]): [string, CaseQuestion] => [id, helloQuestion(row)]),
  ...[...FLIGHTS].map(([id, row]): [string, CaseQuestion] => [id, flightQuestion(row)]),
  ...[...MESSAGE_FAULTS_BY_CASE].map(([id, { fault, version, sender }]): [string, CaseQuestion] => [
    id,
    faultQuestion(fault, version, sender),
  ]),
  [RESUMPTION_ID, RESUMPTION],
]);
