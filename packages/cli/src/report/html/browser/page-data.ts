import type { PageData } from '../model/page-model.ts';
import { type PackedModel, unpack } from '../packed.ts';

/** The data that the page carries: details of every case, and what the table of cases is drawn from. */
export async function loadPageData(): Promise<PageData> {
  const base64 = document.getElementById('data')?.textContent ?? '';
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return unpack((await new Response(stream).json()) as PackedModel) as PageData;
}
