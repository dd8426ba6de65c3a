/** What a kind of name may look like, and the rule in words. */
interface NameRule {
  readonly pattern: RegExp;
  readonly rule: string;
}

/**
 * Names become folders and files, and Windows keeps some of them for devices, in any case and with any ending: a fleet with
 * one could not be checked out there (learn.microsoft.com/windows/win32/fileio/naming-a-file).
 */
const noDevice = '(?!([cC][oO][nN]|[pP][rR][nN]|[aA][uU][xX]|[nN][uU][lL]|([cC][oO][mM]|[lL][pP][tT])[1-9])(\\.|$))';
const noDeviceRule = 'and no device of Windows (con, prn, aux, nul, com1, lpt1, …)';

/** Cluster types and apps: names of objects and of Helm charts (RFC 1123 label; Helm releases allow 53 characters). */
export const objectName: NameRule = {
  pattern: new RegExp(`^${noDevice}(?=.{1,53}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?$`),
  rule: `at most 53 lower-case letters, digits and '-', starting and ending with a letter or digit, ${noDeviceRule}`,
};

/** Nodes of the hierarchy: folders, and values of the labels that clusters are selected by. */
export const nodeName: NameRule = {
  pattern: new RegExp(`^${noDevice}(?=.{1,63}$)(?!.*\\.\\.)[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$`),
  rule: `at most 63 letters, digits, '-', '_' and '.', starting and ending with a letter or digit, without '..', ${noDeviceRule}`,
};

/** Patches: in YAML fleets they are file names. */
export const patchName: NameRule = nodeName;

/** The prefix of a label: a DNS subdomain. */
export const labelPrefix: NameRule = {
  pattern: /^(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/,
  rule: 'a DNS subdomain, such as fleet.example.com',
};
