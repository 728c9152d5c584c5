import { readdir } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { CliError, isExpectedError } from '../errors.ts';
import { type FirmwareImage, readFirmwareImage } from './firmware-image.ts';
import { compareAge, versionOf } from './firmware-version.ts';

export interface FindFirmwareOptions {
  /** Chip of the board (`ESP32-C3`), asked for only where images for several chips have the version. Null: it does not say. */
  readonly chip: () => Promise<string | null>;
}

/** Finds the firmware of a MicroPython version (`1.26.1`) in a folder of the user's, by what the files hold, not by their names. */
export async function findFirmware(
  folder: string,
  version: string,
  { chip }: FindFirmwareOptions,
): Promise<FirmwareImage> {
  const wanted = version.replace(/^v/, '');
  if (!/^\d+\.\d+/.test(wanted)) {
    throw new CliError(
      'BAD_USAGE',
      `'${version}' is not a version; write it as 1.26.1, or name a file by --firmware=FILE.`,
    );
  }
  const { images, refused } = await readFolder(folder);
  const same = images.filter(({ build }) => isVersion(build, wanted));
  if (same.length === 0) throw notFound(folder, wanted, images, refused);
  if (new Set(same.map((image) => image.chip)).size === 1) return onlyOne(same, wanted);
  const own = await chip();
  const fitting = same.filter((image) => image.chip === own);
  if (fitting.length > 0) return onlyOne(fitting, wanted);
  const chips = [...new Set(same.map((image) => image.chip))].join(', ');
  const board = own === null ? 'the board does not say what chip it has' : `the board has an ${own}`;
  throw new CliError(
    'BAD_FILE',
    `${folder} has MicroPython ${wanted} for ${chips}, and ${board}; name one by --firmware=FILE.`,
  );
}

/**
 * The firmwares of a folder from one to another, oldest first, or newest first where `from` is the newer one; those for
 * another chip are left out. Fails with `BAD_FILE` where two have one version.
 */
export async function firmwaresBetween(
  folder: string,
  from: FirmwareImage,
  to: FirmwareImage,
): Promise<readonly FirmwareImage[]> {
  const { images } = await readFolder(folder);
  const direction = compareAge(from, to) <= 0 ? 1 : -1;
  const order = (a: FirmwareImage, b: FirmwareImage): number => direction * compareAge(a, b);
  const between = images.filter(
    (image) => image.chip === from.chip && image.build !== null && order(from, image) < 0 && order(image, to) < 0,
  );
  const byVersion = Map.groupBy(between, ({ build }) => versionOf(build));
  return [...byVersion].map(([version, same]) => onlyOne(same, version)).toSorted(order);
}

async function readFolder(folder: string): Promise<{ images: FirmwareImage[]; refused: Error[] }> {
  const names = await readdir(folder, { recursive: true }).catch((cause: Error) => {
    throw new CliError('BAD_FILE', `The folder of firmwares ${resolve(folder)} cannot be read: ${cause.message}.`, {
      cause,
    });
  });
  const images: FirmwareImage[] = [];
  const refused: Error[] = [];
  for (const name of names.filter((each) => each.endsWith('.bin')).sort()) {
    try {
      images.push(await readFirmwareImage(join(folder, name)));
    } catch (error) {
      if (!isExpectedError(error)) throw error;
      refused.push(error);
    }
  }
  return { images, refused };
}

/** `1.26` is 1.26.0; a preview has its whole name, `1.27.0-preview.12.gabcdef`. */
function isVersion(build: string | null, wanted: string): boolean {
  const own = versionOf(build);
  return own === wanted || own === `${wanted}.0` || `${own}.0` === wanted;
}

function onlyOne(images: readonly FirmwareImage[], version: string): FirmwareImage {
  const [image, ...more] = images;
  if (image && more.length === 0) return image;
  const names = images.map(({ path }) => basename(path)).join(', ');
  throw new CliError(
    'BAD_FILE',
    `Several firmwares are MicroPython ${version} (${names}); name one by --firmware=FILE.`,
  );
}

function notFound(
  folder: string,
  wanted: string,
  images: readonly FirmwareImage[],
  refused: readonly Error[],
): CliError {
  const versions = [...new Set(images.map(({ build }) => versionOf(build)))].filter((word) => word !== '');
  const known = versions.length === 0 ? 'no firmware of MicroPython at all' : versions.join(', ');
  // A damaged download of the very version is what somebody looks for.
  const broken = refused.length === 0 ? '' : ` Left out: ${refused.map(({ message }) => message).join(' ')}`;
  return new CliError('BAD_FILE', `${folder} has no firmware of MicroPython ${wanted}; it has ${known}.${broken}`);
}
