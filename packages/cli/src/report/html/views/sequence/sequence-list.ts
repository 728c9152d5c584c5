import type { HandshakeDetail } from '@wirewrap/conformance';
import { html, type Markup } from '../../markup.ts';
import { sequenceEvents } from './sequence-events.ts';
import { formatMs } from './sequence-layout.ts';

/** The diagram for narrow screens: one line a record, an arrow for its direction, a mark on a bar that is linear in time. */
export function sequenceList(handshake: HandshakeDetail): Markup {
  const events = sequenceEvents(handshake);
  if (events.length === 0)
    return html`<p class="empty">No connection came about, so there is nothing on the wire to draw.</p>`;
  const whole = Math.max(...events.map(({ atMs }) => atMs)) || 1;
  return html`<p class="note">→ from the board, ← from the host</p><ol class="sequence-list">${events.map(
    ({ sender, atMs, title, note, encrypted, fatal }) => {
      const toPeer = sender === 'board';
      return html`<li class="${toPeer ? 'from-board' : 'from-host'}${fatal && ' is-fatal'}">
<span class="time">${formatMs(atMs)}</span><span class="way"><span aria-hidden="true">${toPeer ? '→' : '←'}</span><span class="hidden-word">${toPeer ? 'board to host' : 'host to board'}</span></span><span class="what">${title}${note !== '' && html` <span class="note">${note}${encrypted && ', encrypted'}</span>`}</span>
<svg class="moment" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true"><path d="M0 2H100"/><rect x="${((atMs / whole) * 98).toFixed(1)}" y="0" width="2" height="4"/></svg></li>`;
    },
  )}</ol>`;
}
