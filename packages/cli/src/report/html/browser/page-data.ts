import type { PageData } from '../model/page-model.ts';

async function unpack(base64: string): Promise<PageData> {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return (await new Response(stream).json()) as PageData;
}

/** The data that the page carries, unpacked when it is first needed: the matrix is there without it. */
export function createPageData(): () => Promise<PageData> {
  let data: Promise<PageData> | undefined;
  return () => {
    data ??= unpack(document.getElementById('data')?.textContent ?? '');
    return data;
  };
}
