import { type Measurement, median } from '@wirewrap/conformance';
import type { ReportRun } from '../../report-run.ts';
import type { HistoryRun } from '../../verdict/night-trend.ts';
import type { Distribution, RunView, Series } from './page-model.ts';

interface Column {
  readonly label: string;
  readonly run: number | null;
  readonly measurements: readonly Measurement[];
}

function columnsOf(runs: readonly ReportRun[], views: readonly RunView[], history: readonly HistoryRun[]): Column[] {
  return [
    ...history.map(({ record }, index) => ({
      label: `earlier run ${index + 1}, ${record.board.version ?? 'unknown version'}`,
      run: null,
      measurements: record.measurements,
    })),
    ...runs.map(({ record }, run) => ({ label: views[run]?.name ?? '', run, measurements: record.measurements })),
  ];
}

/** Every measurement of every case as a line over the runs: earlier ones first. Several values of one run become their median. */
export function buildSeries(
  runs: readonly ReportRun[],
  views: readonly RunView[],
  history: readonly HistoryRun[],
): Series[] {
  const all = columnsOf(runs, views, history).flatMap(({ label, run, measurements }, column) =>
    measurements.map((item) => ({ ...item, label, run, column })),
  );
  const groups = Map.groupBy(all, (item) => JSON.stringify([item.case, item.name, item.unit]));
  return [...groups.values()].flatMap((items) => {
    const [first] = items;
    if (!first || items.every(({ run }) => run === null)) return [];
    const points = [...Map.groupBy(items, (item) => item.column).values()].flatMap((same) => {
      const [one] = same;
      return one ? [{ value: median(same.map(({ value }) => value)), run: one.run, label: one.label }] : [];
    });
    return [{ case: first.case, name: first.name, unit: first.unit, points }];
  });
}

/** All cases of a measurement, one row for each run; the last five earlier runs are enough to see a trend. */
export function buildDistributions(
  runs: readonly ReportRun[],
  views: readonly RunView[],
  history: readonly HistoryRun[],
): Distribution[] {
  const columns = columnsOf(runs, views, history);
  const shown = [...columns.filter(({ run }) => run === null).slice(-5), ...columns.filter(({ run }) => run !== null)];
  const kinds = Map.groupBy(
    runs.flatMap(({ record }) => record.measurements),
    ({ name, unit }) => JSON.stringify([name, unit]),
  );
  return [...kinds].flatMap(([key, items]) => {
    const [first] = items;
    if (!first) return [];
    const rows = shown.map(({ label, run, measurements }) => {
      const values = measurements
        .filter(({ name, unit }) => JSON.stringify([name, unit]) === key)
        .map(({ case: id, value }) => ({ case: id, value }));
      return { label, run, values, median: median(values.map(({ value }) => value)) };
    });
    return [{ name: first.name, unit: first.unit, rows: rows.filter(({ values }) => values.length > 0) }];
  });
}
