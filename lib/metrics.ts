/** What is measured, with CloudWatch's unit. */
export const units = {
  /** Calls that came in. */
  Calls: 'Count',
  /** Webhooks that a flow answered. */
  Steps: 'Count',
  /** From the arrival of a webhook to its answer. */
  ResponseMs: 'Milliseconds',
  /** Calls that ended with the system's apology, and agents who heard it. */
  Apologies: 'Count',
  /** Errors of the system, by code. */
  Errors: 'Count',
  /** How long callers waited in a queue, whatever came of it. */
  QueueWait: 'Seconds',
  /** How long those waited who were connected with an agent. */
  TimeToAnswer: 'Seconds',
  Answered: 'Count',
  AnsweredWithin20s: 'Count',
  AnsweredWithin180s: 'Count',
  /** Callers who hung up while they waited. */
  Abandoned: 'Count',
  /** Rings that an agent did not take. */
  Missed: 'Count',
  /** Rings that the carrier did not begin. */
  RefusedRings: 'Count',
  /** The circuit breaker of a connection opened: it is not asked for 30 s. `code` is its id. */
  PausedConnections: 'Count',
  /** The breaker closed again: a request has succeeded. `code` is the id of the connection. */
  ResumedConnections: 'Count',
} as const;

/** The name of something measured. */
export type MetricName = keyof typeof units;

/** Measured values by their names. */
export type Measured = Readonly<Partial<Record<MetricName, number>>>;

/** What a line says beside its values; no number of a caller and nothing that they typed. */
export type About = Readonly<Record<string, string | number | undefined>>;

/** Writes metrics as one line of the log. A `code` in `about` divides the values by it as well. */
export type Measure = (values: Measured, about?: About) => void;

/** Measures nothing. */
export const measureNothing: Measure = () => undefined;

/** Where measured values go. */
export interface MetricsNeeds {
  /** CloudWatch's namespace. */
  readonly namespace: string;
  /** The stage, by which all values are divided. */
  readonly stage: string;
  readonly now: () => Date;
  readonly write: (line: string) => void;
}

/**
 * Measures by lines in CloudWatch's embedded metric format, from which CloudWatch takes the values: no request is made
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html).
 */
export function createMeasure({ namespace, stage, now, write }: MetricsNeeds): Measure {
  const directives = new Map<string, string>();
  const directiveOf = (names: readonly string[], byCode: boolean) => {
    const key = `${names.join()} ${byCode}`;
    const known = directives.get(key);
    if (known !== undefined) return known;
    const directive = JSON.stringify({
      Namespace: namespace,
      Dimensions: byCode ? [['stage'], ['stage', 'code']] : [['stage']],
      Metrics: names.map((name) => ({ Name: name, Unit: units[name as MetricName] })),
    });
    directives.set(key, directive);
    return directive;
  };
  return (values, about = {}) => {
    const at = now();
    const directive = directiveOf(Object.keys(values), about.code !== undefined);
    const line = JSON.stringify({ level: 'info', at: at.toISOString(), ...about, stage, ...values });
    write(`${line.slice(0, -1)},"_aws":{"Timestamp":${at.getTime()},"CloudWatchMetrics":[${directive}]}}`);
  };
}
