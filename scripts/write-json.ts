import { writeWhole } from '@wirewrap/repl-driver/basics';

/** What `--json FILE` asks for; nothing without a file. */
export async function writeJson(file: string | undefined, value: unknown): Promise<void> {
  if (file !== undefined) await writeWhole(file, `${JSON.stringify(value, null, 2)}\n`);
}
