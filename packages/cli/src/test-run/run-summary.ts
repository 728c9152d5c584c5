import { readRunRecord, runVerdict, scopeOf } from '@wirewrap/conformance';

/** `wirewrap test --profile --json`: each board's record, verdict and times. */
export async function formatRunSummary(records: readonly string[]): Promise<string> {
  const runs = await Promise.all(
    records.map(async (path) => {
      const record = await readRunRecord(path);
      const { red, sentence } = runVerdict(record);
      return { record: path, red, sentence, profile: scopeOf(record).profile ?? null };
    }),
  );
  return `${JSON.stringify({ runs }, null, 2)}\n`;
}
