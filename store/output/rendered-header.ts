/** How every rendered `Chart.yaml` begins, every rendered file of a chart's values, and every record. */
export const renderedHeader = '# Rendered by cdk8s-fleet';

/** How the `values.yaml` of every target began before records were files of their own. */
export const formerRecordHeader = '# Resolved values, and the layer that set each.';

/** How every file of a chart's values began then. */
export const formerValuesHeader = `${renderedHeader}: the values of a chart, and the layer that set each.`;

/** How every file begins that says what Helm checks at deploy time. */
export const renderedChecks = '{{- /* Rendered by cdk8s-fleet';
