import type { HandshakeDetail, StepDetail, WireDetail } from '@wirewrap/conformance';
import { html, type Markup } from '../markup.ts';
import { formatMeasured } from './format-number.ts';
import { pythonValue } from './python-value.ts';
import { formatMs } from './sequence/sequence-layout.ts';

function raised({ type, args, errnoName }: NonNullable<StepDetail['error']>): string {
  const shown = args.map(pythonValue).join(', ');
  return `${type}(${shown})${errnoName && !shown.includes(errnoName) ? ` ${errnoName}` : ''}`;
}

function step({ step: name, value, error, ms }: StepDetail): Markup {
  return html`<li class="${error ? 'failed' : ''}"><span class="step-name">${name}</span><code>${error ? raised(error) : pythonValue(value)}</code><span class="note">${formatMeasured(ms, 'ms')}</span></li>`;
}

function boardSide({ board, role }: HandshakeDetail): Markup {
  const { wrap, steps, heapBefore, heapAfter, crash } = board;
  const kept = heapBefore !== null && heapAfter !== null ? heapBefore - heapAfter : null;
  return html`<section class="side"><h3>What the board's Python saw</h3>
<ol class="steps">${step(wrap)}${steps.map(step)}</ol>
${crash && html`<p class="crash"><b>The board crashed.</b> ${crash}</p>`}
<p class="note">TLS ${role}${heapBefore !== null && ` · heap free before ${formatMeasured(heapBefore, 'bytes')}`}${kept !== null && `, kept ${formatMeasured(kept, 'bytes')}`}</p></section>`;
}

/** OpenSSL's message without the thread and the file that it came from: `ssl/tls alert certificate expired, SSL alert number 45`. */
function shortError(message: string): string {
  const parts = /^[0-9A-F]+:error:[0-9A-F]+:[^:]*:[^:]*:([^:]+):[^:]*:\d+:(.*)$/s.exec(message.trim());
  return parts ? [parts[1], parts[2]?.replace(/:$/, '')].filter(Boolean).join(', ') : message;
}

const ENDINGS = { fin: 'FIN', rst: 'RST', open: 'still open' } as const;

function closing({ close, closedAtMs }: WireDetail): string {
  const first =
    close.by === null
      ? 'Neither end closed'
      : `${close.by === 'board' ? 'Board' : 'Host'} first, by ${close.how === 'close_notify' ? 'close_notify' : ENDINGS[close.how]}`;
  const notify = (['board', 'peer'] as const)
    .filter((end) => close.closeNotify[end])
    .map((end) => (end === 'board' ? 'board' : 'host'));
  const who = notify.length === 0 ? 'nobody' : notify.join(' and ');
  return `${first}; close_notify from ${who}; TCP: board ${ENDINGS[close.tcp.board]}, host ${ENDINGS[close.tcp.peer]}${closedAtMs === null ? '' : ` after ${formatMs(closedAtMs)}`}`;
}

function wireSide({ wire, certificate }: HandshakeDetail): Markup {
  if (wire === null) {
    return html`<section class="side"><h3>What crossed the wire</h3><p class="empty">No connection came about.</p></section>`;
  }
  const alerts = wire.alerts.filter(({ number }) => number !== 0);
  const { peerError, bytes, received } = wire;
  return html`<section class="side"><h3>What crossed the wire</h3><dl>
${certificate && html`<div><dt>certificate</dt><dd>${certificate.profile}, for ${certificate.host}, presented by the ${certificate.by === 'board' ? 'board' : 'host'}</dd></div>`}
<div><dt>alerts</dt><dd>${alerts.length === 0 ? 'none' : html`<ul>${alerts.map(({ sender, number, name, level, encrypted }) => html`<li class="${level === 'fatal' ? 'fatal' : ''}">${sender === 'board' ? 'board' : 'host'}: ${number} ${name}, ${level}${encrypted && ', encrypted'}</li>`)}</ul>`}</dd></div>
<div><dt>handshake</dt><dd>${wire.handshakeCompleted ? `completed${wire.timings.toFinishedMs === null ? '' : ` after ${formatMs(wire.timings.toFinishedMs)}`}` : 'not completed'}</dd></div>
<div><dt>closing</dt><dd>${closing(wire)}</dd></div>
<div><dt>host's error</dt><dd>${peerError === null ? 'none' : html`<code>${shortError(peerError.message)}</code>`}</dd></div>
<div><dt>host received</dt><dd><code>${pythonValue(received)}</code></dd></div>
<div><dt>bytes</dt><dd>${bytes.board.toLocaleString('en')} from the board, ${bytes.peer.toLocaleString('en')} from the host</dd></div>
</dl></section>`;
}

/** Both ends of one connection side by side. */
export function twoSides(handshake: HandshakeDetail): Markup {
  return html`<div class="sides">${boardSide(handshake)}${wireSide(handshake)}</div>`;
}
