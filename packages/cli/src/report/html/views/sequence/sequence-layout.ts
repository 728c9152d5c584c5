import type { HandshakeDetail, WireDetail } from '@wirewrap/conformance';
import { type SequenceEvent, sequenceEvents } from './sequence-events.ts';

export interface SequenceArrow extends SequenceEvent {
  readonly y: number;
  /** Its place on the scale that is linear in time. */
  readonly scaleY: number;
  /** Whether the time in the margin differs from the arrow above. */
  readonly showTime: boolean;
}

interface PlacedEvent extends SequenceEvent {
  readonly y: number;
  readonly showTime: boolean;
}

/** What the board's Python did meanwhile, as a bar beside its line. */
export interface SequenceStep {
  readonly label: string;
  readonly note: string;
  /** The note broken into at most three lines. */
  readonly lines: readonly string[];
  readonly failed: boolean;
  readonly top: number;
  readonly bottom: number;
  /** Baseline of the text; bars may be shorter than a line. */
  readonly textY: number;
}

export interface SequenceLayout {
  readonly height: number;
  /** From the first arrow's time to the last one's. */
  readonly scale: { readonly top: number; readonly bottom: number };
  readonly arrows: readonly SequenceArrow[];
  readonly steps: readonly SequenceStep[];
  /** Stretches in which nothing crossed the wire, longer than drawn. */
  readonly gaps: readonly { readonly y: number; readonly ms: number }[];
}

const TOP = 66;
const ROW = 34;
const TEXT_LINE = 13;
const NOTE_LETTERS = 36;
const NOTE_LINES = 3;
/** A longer pause is written in words and takes no more height. */
const GAP_MS = 100;
const GAP_HEIGHT = 30;

/** Longer pauses get more room, up to `GAP_HEIGHT` more: the order and the rhythm stay readable on one page. */
function pauseHeight(ms: number): number {
  return ms >= GAP_MS ? GAP_HEIGHT : ms <= 1 ? 0 : Math.log10(ms) * 8;
}

/** Height of a moment between the arrows around it. */
function heightAt(arrows: readonly PlacedEvent[], atMs: number): number {
  const next = arrows.findIndex((arrow) => arrow.atMs > atMs);
  const before = arrows[next < 0 ? arrows.length - 1 : next - 1];
  const after = next < 0 ? undefined : arrows[next];
  if (!before) return TOP;
  if (!after) return before.y + Math.min(18, (atMs - before.atMs) * 2);
  return before.y + ((after.y - before.y) * (atMs - before.atMs)) / (after.atMs - before.atMs);
}

function errorText(error: HandshakeDetail['board']['error']): string {
  if (error === null) return '';
  const name =
    error.errnoName ??
    error.args
      .map((item) => String(item))
      .join(', ')
      .trim();
  return [error.type, name].filter(Boolean).join(': ');
}

/** Breaks at spaces, and inside of words that are too long (names of errors are). */
function breakLines(text: string): string[] {
  const pieces = text.match(/\S{1,34}\s*/g) ?? [];
  const lines: string[] = [];
  for (const piece of pieces) {
    const last = lines.at(-1);
    if (last !== undefined && (last + piece).trimEnd().length <= NOTE_LETTERS) lines[lines.length - 1] = last + piece;
    else lines.push(piece);
  }
  const kept = lines.slice(0, NOTE_LINES).map((line) => line.trimEnd());
  return lines.length > NOTE_LINES ? [...kept.slice(0, -1), `${kept.at(-1)}…`] : kept;
}

/** The last moment of the handshake itself: what follows is data, or nothing. */
function handshakeEnd(wire: WireDetail, sender: 'board' | 'peer'): number | null {
  return wire.messages.findLast((message) => message.sender === sender)?.atMs ?? null;
}

/**
 * When `wrap` began, on the host's clock. The board's clock tells lengths only, so the start is fitted: `wrap` had begun
 * when its first record came, and had not ended before its last one went, which is its Finished, or the alert with which
 * it gave up. A `wrap` that was too short for a round trip deferred the handshake, and ended before the first record.
 */
function boardStart({ role, board, wire }: HandshakeDetail): number {
  const first = wire?.records.find(({ sender }) => sender === 'board');
  if (!wire || !first) return 0;
  const answer = wire.records.find(({ sender, atMs }) => sender === 'peer' && atMs >= first.atMs);
  const { ms, error } = board.wrap;
  const deferred = role === 'client' && error === null && answer !== undefined && ms < answer.atMs - first.atMs - 1;
  if (deferred) return Math.max(0, first.atMs - ms);
  const alert = wire.alerts.find(({ sender, level }) => sender === 'board' && level === 'fatal');
  const last = error === null ? handshakeEnd(wire, 'board') : (alert?.atMs ?? null);
  return last === null ? first.atMs : Math.max(0, Math.min(first.atMs, last - ms));
}

/** Steps are laid end to end; their lengths are the board's own. */
function layOutSteps(handshake: HandshakeDetail, arrows: readonly PlacedEvent[]): SequenceStep[] {
  const { wrap, steps } = handshake.board;
  let atMs = boardStart(handshake);
  let free = Number.NEGATIVE_INFINITY;
  return [wrap, ...steps].map((step) => {
    const top = heightAt(arrows, atMs);
    atMs += step.ms;
    const bottom = Math.max(heightAt(arrows, atMs), top + 4);
    const textY = Math.max(top + 4, free);
    const failed = step.error !== null;
    const note = failed ? errorText(step.error) : `${Math.round(step.ms)} ms`;
    const lines = breakLines(note);
    free = textY + TEXT_LINE * (lines.length + 1) + 4;
    return { label: step.step, note, lines, failed, top, bottom, textY };
  });
}

/** The places of everything in the drawing of one handshake, top to bottom; widths are the drawing's own. */
export function layOutSequence(handshake: HandshakeDetail): SequenceLayout {
  let y = TOP;
  let lastMs = 0;
  let lastTime = '';
  const gaps: { y: number; ms: number }[] = [];
  const arrows = sequenceEvents(handshake).map((event, index) => {
    const pause = event.atMs - lastMs;
    if (index > 0) {
      const extra = pauseHeight(pause);
      if (pause >= GAP_MS) gaps.push({ y: y + 24, ms: pause });
      y += ROW + extra;
    }
    lastMs = event.atMs;
    const time = formatMs(event.atMs);
    const showTime = time !== lastTime;
    lastTime = time;
    return { ...event, y, showTime };
  });
  const steps = layOutSteps(handshake, arrows);
  const lowest = Math.max(
    y,
    ...steps.map(({ bottom, textY, lines }) => Math.max(bottom, textY + TEXT_LINE * lines.length)),
  );
  const scale = { top: TOP, bottom: y };
  const whole = arrows.at(-1)?.atMs || 1;
  const scaled = arrows.map((arrow) => ({ ...arrow, scaleY: TOP + ((y - TOP) * arrow.atMs) / whole }));
  return { height: lowest + 34, scale, arrows: scaled, steps, gaps };
}

export function formatMs(ms: number): string {
  if (ms >= 9_999.5) return `${(ms / 1000).toFixed(1)} s`;
  return ms >= 99.95 ? `${Math.round(ms)} ms` : `${ms.toFixed(1)} ms`;
}
