import type { HandshakeDetail } from '@wirewrap/conformance';
import { html, type Markup } from '../../markup.ts';
import { formatMs, layOutSequence, type SequenceArrow, type SequenceLayout } from './sequence-layout.ts';

const WIDTH = 940;
const BOARD_X = 330;
const PEER_X = 785;
/** The scale that is linear in time, and where the lines from it to the rows end. */
const SCALE_X = 12;
const LEADER_X = 34;
const MIDDLE = (BOARD_X + PEER_X) / 2;

/** A padlock of 9 by 11, its top left at the origin. */
const LOCK = html`<path class="shackle" d="M2 5.5V3.5a2.5 2.5 0 0 1 5 0v2"/><path d="M0.5 5h8v6h-8z"/>`;

function arrowClass({ kind, encrypted, fatal }: SequenceArrow): string {
  return ['arrow', `is-${kind}`, encrypted ? 'is-encrypted' : '', fatal ? 'is-fatal' : ''].filter(Boolean).join(' ');
}

function drawArrow(arrow: SequenceArrow): Markup {
  const toPeer = arrow.sender === 'board';
  const [from, to] = toPeer ? [BOARD_X + 5, PEER_X - 6] : [PEER_X - 5, BOARD_X + 6];
  const back = toPeer ? -9 : 9;
  // Long titles are cut; the tooltip has the whole text.
  const title = arrow.title.length > 56 ? `${arrow.title.slice(0, 55)}…` : arrow.title;
  return html`<g class="${arrowClass(arrow)}" transform="translate(0 ${arrow.y})">
<title>${formatMs(arrow.atMs)}: ${toPeer ? 'board to host' : 'host to board'}: ${arrow.title} ${arrow.note}${arrow.encrypted ? ', encrypted' : ''}</title>
${arrow.showTime && html`<text class="time" x="${LEADER_X + 4}" y="4">${formatMs(arrow.atMs)}</text>`}
<line x1="${from}" y1="0" x2="${to - Math.sign(back) * -6}" y2="0"/>
<path class="head" d="M${to} 0l${back} -4.5v9z"/>
${arrow.encrypted && html`<g class="lock" transform="translate(${toPeer ? BOARD_X + 13 : PEER_X - 22} -15)">${LOCK}</g>`}
<text class="title" x="${MIDDLE}" y="-6" text-anchor="middle">${title}<tspan class="note" dx="7">${arrow.note}</tspan></text>
</g>`;
}

function drawSteps({ steps }: SequenceLayout): Markup {
  return html`${steps.map(
    (step) => html`<g class="step${step.failed ? ' is-failed' : ''}">
<rect x="${BOARD_X - 4}" y="${step.top}" width="8" height="${step.bottom - step.top}" rx="2"/>
<path class="leader" d="M${BOARD_X - 6} ${step.top + 2}L${BOARD_X - 16} ${step.textY - 4}"/>
<text x="${BOARD_X - 20}" y="${step.textY}" text-anchor="end">${step.label}</text>
${step.lines.map((line, index) => html`<text class="note" x="${BOARD_X - 20}" y="${step.textY + 13 * (index + 1)}" text-anchor="end">${line}<title>${step.note}</title></text>`)}
</g>`,
  )}`;
}

/** Rows have room for their text, so their distances are not the times: this scale is, and leads to the rows. */
function drawScale({ arrows, scale }: SequenceLayout): Markup {
  return html`<g class="scale"><path class="axis" d="M${SCALE_X} ${scale.top}V${scale.bottom}"/>${arrows.map(
    ({ y, scaleY, showTime }) =>
      showTime && html`<path d="M${SCALE_X - 4} ${scaleY}H${SCALE_X + 4}L${LEADER_X} ${y}"/>`,
  )}</g>`;
}

function describe({ arrows }: SequenceLayout): string {
  const listed = arrows.map(({ sender, title }) => `${sender === 'board' ? 'board' : 'host'}: ${title}`);
  return `Sequence diagram, top to bottom: ${listed.join('; ')}.`;
}

/** The handshake as a sequence diagram: the board's line on the left, the host's on the right, time running down. */
export function drawSequence(handshake: HandshakeDetail): Markup {
  const layout = layOutSequence(handshake);
  if (layout.arrows.length === 0) {
    return html`<p class="empty">No connection came about, so there is nothing on the wire to draw.</p>`;
  }
  const end = layout.height - 14;
  return html`<svg class="sequence" viewBox="0 0 ${WIDTH} ${layout.height}" role="img" aria-label="${describe(layout)}">
<g class="ends">
<text x="${BOARD_X}" y="20" text-anchor="middle">Board</text><text class="note" x="${BOARD_X}" y="36" text-anchor="middle">TLS ${handshake.role}</text>
<text x="${PEER_X}" y="20" text-anchor="middle">Host</text><text class="note" x="${PEER_X}" y="36" text-anchor="middle">TLS ${handshake.role === 'client' ? 'server' : 'client'}</text>
<line class="life" x1="${BOARD_X}" y1="44" x2="${BOARD_X}" y2="${end}"/><line class="life" x1="${PEER_X}" y1="44" x2="${PEER_X}" y2="${end}"/>
</g>
${layout.gaps.map(
  ({ y, ms }) =>
    html`<g class="gap"><path d="M${BOARD_X + 22} ${y}H${MIDDLE - 60}M${MIDDLE + 60} ${y}H${PEER_X - 22}"/><text x="${MIDDLE}" y="${y + 4}" text-anchor="middle">${formatMs(ms)} pass</text></g>`,
)}
${drawScale(layout)}
${drawSteps(layout)}
${layout.arrows.map(drawArrow)}
</svg>`;
}
