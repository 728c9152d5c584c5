import type { FirmwareImage } from './firmware-image.ts';

/** `1.26.1` or `1.27.0-preview.12.gabcdef` out of a build as the board reports it; empty without one. */
export function versionOf(build: string | null): string {
  return build?.split(' ')[0]?.replace(/^v/, '') ?? '';
}

/** Below 0 where `a` is the older firmware, 0 where their builds do not tell them apart. */
export function compareAge(a: Pick<FirmwareImage, 'build'>, b: Pick<FirmwareImage, 'build'>): number {
  const [left, right] = [ageOf(a.build), ageOf(b.build)];
  const index = left.findIndex((part, at) => part !== right[at]);
  return index < 0 ? 0 : (left[index] ?? 0) - (right[index] ?? 0);
}

/** Version, how far on the way to it (a release is after its previews), and the day of the build. */
function ageOf(build: string | null): readonly number[] {
  const [, major, minor, patch, preview] = /(\d+)\.(\d+)(?:\.(\d+))?(?:-preview\.(\d+))?/.exec(versionOf(build)) ?? [];
  const day = /on (\d{4}-\d{2}-\d{2})/.exec(build ?? '')?.[1] ?? '';
  const before = preview === undefined ? Number.MAX_SAFE_INTEGER : Number(preview);
  return [Number(major ?? 0), Number(minor ?? 0), Number(patch ?? 0), before, Date.parse(day) || 0];
}
