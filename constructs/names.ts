/** What a kind of name may look like, and the rule in words. */
interface NameRule {
  readonly pattern: RegExp;
  readonly rule: string;
}

/** Cluster types and apps: names of objects and of Helm charts (RFC 1123 label; Helm releases allow 53 characters). */
export const objectName: NameRule = {
  pattern: /^(?=.{1,53}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?$/,
  rule: "at most 53 lower-case letters, digits and '-', starting and ending with a letter or digit",
};

/** Nodes of the hierarchy: folders, and values of the labels that clusters are selected by. */
export const nodeName: NameRule = {
  pattern: /^(?=.{1,63}$)(?!.*\.\.)[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/,
  rule: "at most 63 letters, digits, '-', '_' and '.', starting and ending with a letter or digit, without '..'",
};

/** Patches: in YAML fleets they are file names. */
export const patchName: NameRule = nodeName;

/** The prefix of a label: a DNS subdomain. */
export const labelPrefix: NameRule = {
  pattern: /^(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/,
  rule: 'a DNS subdomain, such as fleet.example.com',
};
