import { expect, test } from 'vitest';
import { canonicalValue } from './canonical-json.ts';
import { isObservation } from './is-observation.ts';

test.for([0, false, 'None', [], ['wrap_socket'], { end: 'completes' }, { version: undefined, end: 'fails' }])(
  '%j is an observation',
  (value) => {
    expect(canonicalValue(value)).toSatisfy(isObservation);
  },
);

test.for([undefined, null, '', {}, { version: undefined }])('%j is no observation', (value) => {
  expect(canonicalValue(value)).not.toSatisfy(isObservation);
});
