/**
 * Labels that differ: the second of two twins is `name#2`.
 *
 * @example uniqueLabels(['desk', 'desk']); // ['desk', 'desk#2']
 */
export function uniqueLabels(labels: readonly string[]): string[] {
  const unique: string[] = [];
  for (const label of labels) {
    const twins = unique.filter((other) => other === label || other.startsWith(`${label}#`)).length;
    unique.push(twins === 0 ? label : `${label}#${twins + 1}`);
  }
  return unique;
}

/**
 * The label as part of a file name.
 *
 * @example fileNameOf('desk#2'); // 'desk-2'
 */
export function fileNameOf(label: string): string {
  return label.replace(/[^A-Za-z0-9._-]+/g, '-');
}
